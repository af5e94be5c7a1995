import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lexicographicSortSchema, printSchema } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/database.ts';
import { schema } from '../../src/schema.ts';
import { isPostgres, makeDataFolder } from '../support/database.ts';
import { urlOf } from '../support/template.ts';
import { ask, build, cli, type Desk, type Ended, endAll, openDesk, refusalOf, start, temporaryFolder, verbatim } from './program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const secret = /^vbt_[\w-]{43}\n$/;
const whoAmI = '{ viewer { account role } }';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
/** Names the database: a data folder, or a database on the server of the tests. */
let database: Record<string, string>;
let drop = async () => {};
let desk: Desk;

beforeAll(async () => {
  await build();
  folder = await temporaryFolder();
  desk = openDesk();
  if (isPostgres) await makeDatabase();
  else {
    database = { DATA_DIR: join(folder.path, 'data') };
    await makeDataFolder(join(folder.path, 'data'));
  }
}, 300_000);

afterAll(async () => {
  endAll();
  await drop();
  await folder?.remove();
});

async function makeDatabase(): Promise<void> {
  const template = inject('template') as { url: string; database: string };
  const name = `${template.database}_${randomBytes(4).toString('hex')}`;
  const administer = async (statement: string) => {
    const client = new pg.Client(template.url);
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await administer(`CREATE DATABASE ${name}`);
  drop = () => administer(`DROP DATABASE ${name} WITH (FORCE)`);
  database = { DATABASE_URL: urlOf(template.url, name) };
}

const quiet = () => ({ ...database, LOG_LEVEL: 'silent' });
const run = (...args: string[]) => desk.run(quiet(), ...args);

/** What it printed, and nothing else. */
function printed({ code, stdout, stderr }: Ended): string {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('verbatim token', () => {
  it.runIf(isPostgres)(
    'is how the first one is made on a server of PostgreSQL: none is printed there',
    async () => {
      const program = start(quiet());
      await program.listening;
      expect(program.stdout()).toMatch(/\nRecords: .*\n$/);
      expect(printed(await run('token', 'list')).split('\n')).toHaveLength(2);
      program.process.kill('SIGTERM');
      await program.ended;
    },
    300_000,
  );

  it('creates, lists and revokes tokens that `serve` takes and refuses, and says what can be done meanwhile', async () => {
    const created = await verbatim(quiet(), 'token', 'create', '--role', 'editor', '--name', 'desk', '--expires', '90d');
    expect(created).toMatchObject({ code: 0, stdout: expect.stringMatching(secret) });
    expect(created.stderr).toMatch(
      /^This is the token of the account token:desk, with the role EDITOR; it is shown this once\. It expires at \S+Z\.\n$/,
    );
    const token = created.stdout.trim();
    expect(created.stderr).not.toContain(token);

    const program = start(quiet());
    const address = await program.listening;
    // There is a token already, so none is made for an administrator.
    expect(program.stdout()).not.toContain('vbt_');
    expect(await ask(address, whoAmI, token)).toEqual({ data: { viewer: { account: 'token:desk', role: 'EDITOR' } } });
    program.process.kill('SIGTERM');
    await program.ended;

    const list = printed(await run('token', 'list'));
    expect(list.split('\n')).toHaveLength(3);
    expect(list).toMatch(/^NAME +ROLE +CREATED +CREATED BY +EXPIRES +REVOKED +LAST USED\ndesk +EDITOR +\S+Z +- +\S+Z +- +\S+Z\n$/);
    expect(list).not.toContain(token);

    expect(await run('token', 'revoke', 'desk')).toMatchObject({ code: 0, stdout: '', stderr: 'The token "desk" is revoked.\n' });
    expect(refusalOf(await run('token', 'revoke', 'desk'))).toBe('There is no token "desk" that is not revoked.');
    const again = await run('token', 'create', '--role', 'CONTRIBUTOR', '--name', 'desk');
    expect(again.stdout).toMatch(secret);
    expect(again.stdout.trim()).not.toBe(token);
    expect(printed(await run('token', 'list'))).toMatch(/\ndesk +EDITOR .*\ndesk +CONTRIBUTOR .*\n$/);

    // Both hold on a server that starts later.
    const later = start(quiet(), cli, 'serve');
    expect(await ask(await later.listening, whoAmI, token)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await ask(await later.listening, whoAmI, again.stdout.trim())).toMatchObject({ data: { viewer: { role: 'CONTRIBUTOR' } } });
    // While it runs, nobody else opens the embedded database.
    if (!isPostgres) {
      expect(refusalOf(await run('token', 'list'))).toMatch(
        /^The data folder .* is used by process \d+\. Stop that process, .* an administrator can create and revoke tokens through GraphQL \(createToken, revokeToken\), and an editor can import native records \(importRecords\)\.$/,
      );
    }
    later.process.kill('SIGTERM');
    expect(await later.ended).toMatchObject({ code: 0, stderr: '' });
  }, 300_000);

  it.runIf(isPostgres)(
    'works while the server runs',
    async () => {
      const program = start(quiet());
      const address = await program.listening;
      const { stdout } = await run('token', 'create', '--role', 'READER', '--name', 'meanwhile');
      expect(await ask(address, whoAmI, stdout.trim())).toMatchObject({ data: { viewer: { account: 'token:meanwhile' } } });
      await run('token', 'revoke', 'meanwhile');
      expect(await ask(address, whoAmI, stdout.trim())).toHaveProperty('errors');
      program.process.kill('SIGTERM');
      await program.ended;
    },
    300_000,
  );
});

describe('verbatim', () => {
  it('brings the tables up to date', async () => {
    expect(await run('migrate')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^The tables are up to date\. Database: .*PostgreSQL .*\n$/),
    });
  }, 300_000);

  it('prints the schema, and needs no database for it', async () => {
    const printedSchema = printed(await desk.run({ DATABASE_URL: 'nonsense' }, 'schema'));
    expect(printedSchema).toBe(`${printSchema(lexicographicSortSchema(schema))}
`);
  }, 300_000);

  it('prints what a gateway composes, as it is set', async () => {
    const sdl = (node: string) => verbatim({ DATABASE_URL: 'nonsense', FEDERATION_NODE: node }, 'schema', '--federation').then(printed);
    const [own, off] = [await sdl('own'), await sdl('off')];
    expect(own).toBe(await readFile(new URL('../../subgraph.graphql', import.meta.url), 'utf8'));
    expect([/^ {2}nodes\(/m.test(own), /^ {2}nodes\(/m.test(off)]).toEqual([true, false]);
  }, 300_000);

  it('tells how it is used', async () => {
    const help = printed(await verbatim({}, '--help'));
    for (const command of ['serve', 'migrate', 'schema', 'token']) expect(help).toMatch(new RegExp(`^ +${command} `, 'm'));
    expect(printed(await verbatim({}, 'token', 'create', '--help'))).toContain('--expires <when>');
  });

  it.each<[args: string[], says: string]>([
    [[], 'Name a command; "verbatim --help" lists them.'],
    [['token'], 'Name a command; "verbatim --help" lists them.'],
    [['sevre'], 'Unknown command \'sevre\' (Did you mean serve?) See "verbatim --help".'],
    [['token', 'make'], 'Unknown command \'make\'. See "verbatim --help".'],
    [['--port', '80'], 'Unknown option \'--port\'. See "verbatim --help".'],
    [['serve', '--port', '80'], 'Unknown option \'--port\'. See "verbatim --help".'],
    [['token', 'create'], 'Required option \'--name <name>\' not specified. See "verbatim --help".'],
    [['token', 'create', '--name', 'desk'], 'Required option \'--role <role>\' not specified. See "verbatim --help".'],
    [['token', 'revoke'], 'Missing required argument \'name\'. See "verbatim --help".'],
    [['token', 'list', 'desk'], 'Too many arguments for \'list\'. Expected 0 arguments but got 1. See "verbatim --help".'],
    [
      ['token', 'create', '--name', 'desk', '--role', 'OWNER'],
      "Option '--role <role>' argument 'OWNER' is invalid. Choose one of READER, CONTRIBUTOR, EDITOR, ADMIN. See \"verbatim --help\".",
    ],
    [
      ['token', 'create', '--name', 'desk', '--role', 'ADMIN', '--expires', 'tomorrow'],
      "Option '--expires <when>' argument 'tomorrow' is invalid. Write it like 90d (up to 36500d) or 2027-01-01. See \"verbatim --help\".",
    ],
  ])('refuses %j', async (args, says) => {
    expect(refusalOf(await desk.run({ DATABASE_URL: 'nonsense' }, ...args))).toBe(says);
  });

  it('refuses a wrong configuration as the server does', async () => {
    expect(refusalOf(await desk.run({ DATABASE_URL: 'nonsense' }, 'token', 'list'))).toMatch(
      /^Wrong configuration: DATABASE_URL must start/,
    );
    expect(refusalOf(await run('token', 'create', '--role', 'ADMIN', '--name', 'My desk'))).toMatch(/^"My desk" can’t name a token\./);
  });

  it('runs from a clone as the README says', async () => {
    const { stdout } = await promisify(execFile)(
      'npm',
      ['run', '--silent', 'verbatim', '--', 'token', 'create', '--name=clone', '--role=READER'],
      {
        cwd: root,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...database },
      },
    );
    expect(stdout).toMatch(secret);
  }, 300_000);
});

describe('verbatim verify', () => {
  it('says what holds, and ends with 1 when something does not', async () => {
    const sound = printed(await run('verify'));
    expect(sound).toMatch(/^(\d[\d,]* [^\n]+\.\n){13}The record is sound\.\n$/);

    const { prisma, close } = await openDatabase(readConfig(database));
    const id = randomUUID();
    // As if the table had been written to without its triggers.
    await prisma.$transaction([
      prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      prisma.place.create({ data: { id, name: 'Lisbon' } }),
    ]);
    await close();
    const { code, stdout, stderr } = await run('verify');
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'The record is not sound: 2 things are wrong.\n' });
    expect(stdout).toBe(
      `Place ${id}: The table has it, and the history does not.\nPlace ${id}: Its names are not prepared for comparison as they are.\n`,
    );
  }, 300_000);
});
