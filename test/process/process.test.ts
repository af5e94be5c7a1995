import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { WebSocket } from 'ws';
import { isPostgres } from '../support/database.ts';
import { ask, build, type Desk, endAll, openDesk, refusal, refusalOf, start, temporaryFolder } from './program.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** A data folder that a program has made and left in order. */
let made: string;
let desk: Desk;

beforeAll(async () => {
  await build();
  folder = await temporaryFolder();
  made = join(folder.path, 'made');
  desk = openDesk();
}, 300_000);

afterAll(async () => {
  endAll();
  await folder?.remove();
});

/** What comes in time is not a matter of these tests. */
const patiently = { timeout: 60_000 };

const counted = '{ events { totalCount } statements { totalCount } people { totalCount nodes { id name } } }';

const whoAmI = '{ viewer { account role } }';

/** The one line in which a start is refused before anything is served, without a process of its own. */
const refusalToServe = async (variables: Record<string, string>) => refusalOf(await desk.run(variables, 'serve'));

/** A copy of the data folder, to spoil. */
async function copy(name: string): Promise<string> {
  const path = join(folder.path, name);
  await cp(made, path, { recursive: true });
  return path;
}

describe('the life of a process', () => {
  let record: unknown;
  /** The administrator's, from the first start. */
  let token: string;

  it('makes a database with the demo record and a token, says where it is, and serves it', async () => {
    const program = start({ DATA_DIR: made });
    const address = await program.listening;
    expect(program.stdout()).toMatch(
      /^Verbatim listens at http:\/\/localhost:\d+\/graphql\nDatabase: embedded PostgreSQL in .*made\nRecords: \d+ events, \d+ statements, \d+ people, \d+ organizations, \d+ places, \d+ documents\nAdministrator’s token, shown this once: vbt_[\w-]{43}\nSend it as the header "Authorization: Bearer <token>"; in the playground, put \{"Authorization":"Bearer vbt_[\w-]{43}"\} into the pane "Headers"\.\n$/,
    );
    token = /once: (\S+)/.exec(program.stdout())?.[1] ?? '';
    expect(program.stdout().split(token)).toHaveLength(3);
    expect(await ask(address, whoAmI, token)).toEqual({ data: { viewer: { account: 'token:admin', role: 'ADMIN' } } });
    const { data, errors } = await ask(address, counted);
    expect(errors).toBeUndefined();
    const [, events, statements, people] = /Records: (\d+) events, (\d+) statements, (\d+) people/.exec(program.stdout()) ?? [];
    expect(data).toMatchObject({
      events: { totalCount: Number(events) },
      statements: { totalCount: Number(statements) },
      people: { totalCount: Number(people) },
    });
    expect(Number(statements)).toBeGreaterThan(5);
    record = data;

    // Another process can't have the folder meanwhile, and does it no harm.
    expect(await readFile(join(made, 'lock'), 'utf8')).toBe(`${program.process.pid}\n`);
    const second = await refusal({ DATA_DIR: made });
    expect(second).toMatch(
      new RegExp(
        `^The data folder .*made is used by process ${program.process.pid}\\. Stop that process, or name another folder in DATA_DIR\\.`,
      ),
    );
    expect(await ask(address, counted)).toEqual({ data: record });

    // Those who listen are told, by WebSocket and by event stream.
    const changes = 'subscription { recordChanged { id } }';
    const listener = new WebSocket(address.replace('http', 'ws'), 'graphql-transport-ws');
    const listened = once(listener, 'close');
    const heard: string[] = [];
    listener.on('message', (message) => heard.push(String(message)));
    await once(listener, 'open');
    listener.send('{"type":"connection_init"}');
    await expect.poll(() => heard, patiently).toEqual(['{"type":"connection_ack"}']);
    listener.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: changes } }));
    await expect.poll(program.stderr, patiently).toMatch('"transport":"websocket"');
    // Over a connection that nothing else can be asked on.
    const streaming = get(`${address}?query=${encodeURIComponent(changes)}`, { agent: false, headers: { accept: 'text/event-stream' } });
    const [stream] = (await once(streaming, 'response')) as [IncomingMessage];
    const streamed = text(stream);

    // A request that runs when it is told to stop is answered.
    const body = JSON.stringify({ query: counted });
    const { port, hostname } = new URL(address);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    const idle = connect(Number(port), hostname);
    await Promise.all([once(idle, 'connect'), ask(address, '{ __typename }')]);
    // So that it has begun, also where the machine is busy.
    await expect.poll(() => answer, patiently).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    answer = '';
    socket.write(body.slice(0, 10));
    program.process.kill('SIGTERM');
    await expect.poll(program.stderr, patiently).toMatch('"stopping"');
    await expect(ask(address, '{ __typename }')).rejects.toThrow();
    socket.write(body.slice(10));
    const { code, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain(token.slice('vbt_'.length));
    expect([(await listened)[0], heard.slice(1).join('\n')]).toEqual([1001, expect.stringMatching(/RESUME.*\n.*complete/)]);
    expect(await streamed).toMatch(/event: next\ndata: .*RESUME.*\n\nevent: complete\n/);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({ data: record });
    const log = stderr
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { msg: string; time: number });
    expect(log.at(-1)?.msg).toBe('stopped');
    // The connection could be used again for more than five seconds; nobody waits for that.
    expect((log.at(-1)?.time ?? 0) - (log.findLast(({ msg }) => msg === 'request')?.time ?? 0)).toBeLessThan(5_000);
    expect(existsSync(join(made, 'lock'))).toBe(false);
    socket.destroy();
    idle.destroy();
  }, 300_000);

  it('keeps its data when it starts again, also after it was killed', async () => {
    const killed = start({ DATA_DIR: await copy('killed'), LOG_LEVEL: 'silent' });
    const address = await killed.listening;
    expect(await ask(address, counted)).toEqual({ data: record });
    // Nobody but the one who saw it then knows the token.
    expect(killed.stdout()).toMatch(/\nRecords: .*\n$/);
    expect(killed.stdout()).not.toContain('vbt_');
    expect(await ask(address, whoAmI, token)).toMatchObject({ data: { viewer: { role: 'ADMIN' } } });
    killed.process.kill('SIGKILL');
    expect((await killed.ended).signal).toBe('SIGKILL');
    const data = join(folder.path, 'killed');
    expect(existsSync(join(data, 'lock'))).toBe(true);

    const again = start({ DATA_DIR: data, LOG_LEVEL: 'silent' });
    expect(await ask(await again.listening, counted)).toEqual({ data: record });
    again.process.kill('SIGINT');
    expect(await again.ended).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(data, 'lock'))).toBe(false);
  }, 300_000);

  it('answers a short question between the statements of a long one', async () => {
    const program = start({ DATA_DIR: made });
    const address = await program.listening;
    const many = Array.from({ length: 20 }, (_, i) => `s${i}: search(query: "minister ${i}") { totalCount nodes { score } }`);
    const order: string[] = [];
    const asked = async (name: string, query: string) => {
      const { data, errors } = await ask(address, query);
      expect(errors).toBeUndefined();
      order.push(name);
      return data;
    };
    await Promise.all([asked('long', `{ ${many.join(' ')} }`), asked('short', '{ people(first: 1) { nodes { name } } }')]);
    expect(order).toEqual(['short', 'long']);
    program.process.kill();
    await program.ended;
  });

  it('refuses a port that is in use, and gives its folder back', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await refusal({ DATA_DIR: await copy('used'), PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop the program that uses it, or choose another with PORT.`,
    );
    expect(existsSync(join(folder.path, 'used/lock'))).toBe(false);
    other.close();
  }, 300_000);
});

describe('a data folder that can’t be used', () => {
  const kinds: Record<string, { prepare(path: string): Promise<unknown>; says: RegExp }> = {
    'a file in its place': { prepare: (path) => writeFile(path, ''), says: /^The data folder .* can't be used \(EEXIST/ },
    'another PostgreSQL’s files': {
      prepare: async (path) => {
        await mkdir(join(path, 'postgres'), { recursive: true });
        await writeFile(join(path, 'postgres/PG_VERSION'), '17\n');
      },
      says: /^The data folder .* was written by PostgreSQL 17, and this Verbatim reads PostgreSQL 18\./,
    },
    'a control file that is gone': {
      prepare: async (path) => {
        await cp(made, path, { recursive: true });
        await rm(join(path, 'postgres/global/pg_control'));
      },
      says: /^The embedded database in .* can't be opened \(/,
    },
  };

  it.each(Object.entries(kinds))('%s', async (name, { prepare, says }) => {
    const path = join(folder.path, `no ${name}`);
    await prepare(path);
    const line = await refusalToServe({ DATA_DIR: path });
    expect(line).toMatch(says);
    expect(line).toContain(path);
    if (name !== 'a file in its place') expect(existsSync(join(path, 'lock'))).toBe(false);
  });
});

/** Whether the server lets this user in: one that trusts its users takes any password. */
async function takes(url: URL): Promise<boolean> {
  const client = new pg.Client(url.href);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

describe('a database server that can’t be used', () => {
  const secret = 'hunter2';

  it('is named without the secret of the connection', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    const line = await refusalToServe({ DATABASE_URL: `postgresql://someone:${secret}@127.0.0.1:${port}/verbatim?password=${secret}` });
    expect(line).toBe(
      `The PostgreSQL at 127.0.0.1:${port}/verbatim can't be reached (connect ECONNREFUSED 127.0.0.1:${port}). Check that it runs and that DATABASE_URL is right, or unset DATABASE_URL to use the embedded database.`,
    );
  });

  it.runIf(isPostgres)('refuses the password', async ({ skip }) => {
    const wrong = new URL((inject('template') as { url: string }).url);
    wrong.password = secret;
    skip(await takes(wrong), 'This server takes any password.');
    const line = await refusalToServe({ DATABASE_URL: wrong.href });
    expect(line).toMatch(/^The PostgreSQL at \S+ can't be reached \(.*\)\. Check that it runs and that DATABASE_URL is right/);
    expect(line).not.toContain(secret);
  });

  it.runIf(isPostgres)('does not have the database', async () => {
    const right = new URL((inject('template') as { url: string }).url);
    const absent = new URL(right);
    absent.pathname = '/verbatim_test_that_is_not_there';
    const database = await refusalToServe({ DATABASE_URL: absent.href });
    expect(database).toMatch(/can't be reached \(database "verbatim_test_that_is_not_there" does not exist\)/);
    if (right.password) expect(database).not.toContain(right.password);
  });
});

describe('a wrong configuration', () => {
  it('is refused on one line that names every wrong variable', async () => {
    const line = await refusal({
      PORT: 'http',
      LOG_LEVEL: 'loud',
      LIMIT_DEPTH: '0',
      LIMIT_TIMEOUT_MS: '1e9',
      DATABASE_URL: 'mysql://root:hunter2@localhost/db',
    });
    expect(line).toMatch(/^Wrong configuration: .*\.$/);
    for (const name of ['PORT', 'LOG_LEVEL', 'LIMIT_DEPTH', 'LIMIT_TIMEOUT_MS', 'DATABASE_URL'])
      expect(line).toMatch(new RegExp(`\\b${name} must `));
    expect(line).not.toContain('hunter2');
  });

  it('is refused before a database is opened, when persisted documents can’t be read', async () => {
    const data = join(folder.path, 'never');
    const line = await refusal({ DATA_DIR: data, PERSISTED_DOCUMENTS: join(folder.path, 'absent.json') });
    expect(line).toMatch(/^PERSISTED_DOCUMENTS: .*absent\.json can’t be read: ENOENT/);
    expect(existsSync(data)).toBe(false);
  });
});
