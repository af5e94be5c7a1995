import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askMerge, idOf } from '../merge/ask-merge.ts';
import { type RunningServer, startServer } from '../server/start.ts';
import { run } from '../support/ask.ts';
import { isPostgres, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { codesOf, type Heard, type Result, subscribe } from './subscribe.ts';

let database: TestDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer(database, { subscriptionsPerIdentity: 50 });
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const query = `subscription ($types: [RecordModel!], $ids: [ID!], $after: String) {
  recordChanged(types: $types, ids: $ids, after: $after) { cursor id type action revision }
}`;

interface Told {
  cursor: string;
  id: string;
  type: string;
  action: string;
  revision: number;
}

const toldOf = (results: readonly Result[]) => results.map(({ data }) => data?.recordChanged as Told);
const inShort = (told: readonly Told[]) => told.map(({ type, action, revision }) => `${type} ${action} ${revision}`);

async function here(): Promise<string> {
  return (await run(database, '{ changeCursor }')).changeCursor as string;
}

const person = (name: string, more: object = {}) =>
  database.prisma.person.create({ data: { name, sortName: name, status: 'PUBLISHED', ...more } });

/** Whose changes were committed after a place, in order, by the tables alone. */
async function committed(from: string): Promise<string[]> {
  const position = Buffer.from(from, 'base64url').toString().split(':')[1];
  const rows = await database.raw(
    `SELECT c."position", r."recordId", max(r."model") FILTER (WHERE r."rowId" = r."recordId") AS model
     FROM history.commit AS c JOIN history.revision AS r ON r."transaction" = c."transaction" AND r."began" = c."began"
     WHERE c."position" > ${position} GROUP BY c."position", r."recordId" ORDER BY c."position", min(r.id)`,
  );
  return rows.map(({ model, recordId }) => idOf(String(model), String(recordId)));
}

async function listen(variables: object, until: number, on = server): Promise<Told[]> {
  const heard = await subscribe(on, query, { variables: { ...variables } });
  const told = toldOf(await heard.until(until));
  heard.stop();
  return told;
}

test('a change is told once, with its record as it is', async () => {
  const heard = await subscribe(
    server,
    'subscription { recordChanged { cursor id type action revision at by record { id status ... on Person { name names { name } } } } }',
  );
  const { id } = await person('Ana Lima');
  await database.prisma.name.create({ data: { personId: id, name: 'A. Lima', kind: 'ALIAS' } });
  const [made, named] = toldOf(await heard.until(2));
  heard.stop();
  const shared = { id: idOf('Person', id), type: 'PERSON', by: null, at: expect.any(String), cursor: expect.any(String) };
  expect(made).toMatchObject({ ...shared, action: 'PUBLISHED', revision: 1, record: { id: shared.id, name: 'Ana Lima' } });
  expect(named).toMatchObject({ ...shared, action: 'UPDATED', revision: 2, record: { names: [{ name: 'A. Lima' }] } });
});

test('what many write at once is told once and in the order of commits', async () => {
  const from = await here();
  const heard = await Promise.all([1, 2, 3].map(() => subscribe(server, query)));
  const shared = await person('Shared');
  await Promise.all(
    [1, 2, 3, 4, 5].map(async (writer) => {
      for (let i = 0; i < 6; i++) {
        await database.prisma.$transaction(async (tx) => {
          await tx.person.create({ data: { name: `${writer} ${i}`, sortName: 'x', status: 'PUBLISHED' } });
          if (i % 2 === 0) await tx.person.update({ where: { id: shared.id }, data: { summary: { en: `${writer} ${i}` } } });
          await tx.place.create({ data: { name: `${writer} ${i}`, status: 'PUBLISHED' } });
        });
      }
    }),
  );
  const expected = await committed(from);
  expect(expected).toHaveLength(1 + 5 * 6 * 2 + 5 * 3);
  for (const each of heard) {
    expect(toldOf(await each.until(expected.length)).map(({ id }) => id)).toEqual(expected);
    each.stop();
  }
  // And again for one that comes later, after each of them.
  const all = await listen({ after: from }, expected.length);
  expect(all.map(({ id }) => id)).toEqual(expected);
  const places = await Promise.all(
    all
      .slice(0, -1)
      .map(async ({ cursor }, i) => (i % 7 === 0 || i > 70 ? listen({ after: cursor }, all.length - i - 1) : all.slice(i + 1))),
  );
  for (const [i, rest] of places.entries()) expect(rest).toEqual(all.slice(i + 1));
});

// The embedded database takes one transaction after the other.
test.runIf(isPostgres)('a transaction that began first and is committed last is told last', async () => {
  const [first, second] = [await person('First'), await person('Second')];
  const from = await here();
  const heard = await subscribe(server, query);
  let goOn = () => {};
  let written = () => {};
  const isWritten = new Promise<void>((resolve) => {
    written = resolve;
  });
  const slow = database.prisma.$transaction(
    async (tx) => {
      await tx.person.update({ where: { id: first.id }, data: { gender: 'female' } });
      written();
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      // It waits for the other's row, and has the lower number all the same.
      await tx.person.update({ where: { id: second.id }, data: { gender: 'male' } });
    },
    { timeout: 60_000 },
  );
  await isWritten;
  await database.prisma.person.update({ where: { id: second.id }, data: { gender: 'female' } });
  expect(inShort(toldOf(await heard.until(1)))).toEqual(['PERSON UPDATED 2']);
  const cursor = toldOf(heard.results)[0]?.cursor as string;
  goOn();
  await slow;
  const ids = [second.id, first.id, second.id].map((id) => idOf('Person', id));
  expect(toldOf(await heard.until(3)).map(({ id }) => id)).toEqual(ids);
  heard.stop();
  expect(await committed(from)).toEqual(ids);
  const [earlier] = await database.raw(
    'SELECT "first" < lag("first") OVER (ORDER BY "position") AS is FROM history.commit ORDER BY "position" DESC LIMIT 1',
  );
  expect(earlier).toEqual({ is: true });
  expect((await listen({ after: cursor }, 2)).map(({ id }) => id)).toEqual(ids.slice(1));
});

test('what is rolled back to a savepoint is not told, and the rest is', async () => {
  const from = await here();
  const insert = (name: string) => `INSERT INTO "Place" (id, "name", "status") VALUES (gen_random_uuid(), '${name}', 'PUBLISHED')`;
  await database.raw(
    `DO $$ BEGIN
      BEGIN ${insert('taken back')}; RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN NULL; END;
      ${insert('kept')};
      BEGIN ${insert('taken back too')}; RAISE EXCEPTION 'no'; EXCEPTION WHEN raise_exception THEN NULL; END;
      ${insert('kept too')};
    END $$`,
  );
  await database.prisma
    .$transaction(async (tx) => {
      await tx.place.create({ data: { name: 'never', status: 'PUBLISHED' } });
      throw new Error('no');
    })
    .catch(() => {});
  await person('Last');
  const told = await listen({ after: from }, 3);
  expect(told.map(({ type }) => type)).toEqual(['PLACE', 'PLACE', 'PERSON']);
  expect(await committed(from)).toEqual(told.map(({ id }) => id));
});

test('a large transaction is told in parts', async () => {
  const from = await here();
  const heard = await subscribe(server, query);
  await database.raw(
    `INSERT INTO "Place" (id, "name", "status") SELECT gen_random_uuid(), 'Place ' || i, 'PUBLISHED' FROM generate_series(1, 1300) AS i`,
  );
  const all = toldOf(await heard.until(1300));
  heard.stop();
  expect(all.map(({ id }) => id)).toEqual(await committed(from));
  expect(await listen({ after: all[699]?.cursor }, 600)).toEqual(all.slice(700));
});

describe('what is asked for', () => {
  test('is of some kinds only', async () => {
    const heard = await subscribe(server, query, { variables: { types: ['PLACE', 'MEMBERSHIP'] } });
    const { id } = await person('Not asked for');
    const { id: organizationId } = await database.prisma.organization.create({ data: { name: 'Not asked for', status: 'PUBLISHED' } });
    await database.prisma.place.create({ data: { name: 'Asked for', status: 'PUBLISHED' } });
    await database.prisma.membership.create({ data: { personId: id, organizationId, status: 'PUBLISHED' } });
    expect(toldOf(await heard.until(2)).map(({ type }) => type)).toEqual(['PLACE', 'MEMBERSHIP']);
    heard.stop();
  });

  test('is of some records only, and of those that they are merged into', async () => {
    const [kept, gone, other] = [await person('Kept'), await person('Gone'), await person('Other')];
    const update = (id: string, gender: string) => database.prisma.person.update({ where: { id }, data: { gender } });
    const variables = { ids: [idOf('Person', gone.id)] };
    const heard = await subscribe(server, query, { variables });
    await update(kept.id, 'a');
    await update(gone.id, 'b');
    await askMerge(database, 'Person', kept.id, gone.id);
    await update(other.id, 'c');
    await update(kept.id, 'd');
    const told = toldOf(await heard.until(3));
    heard.stop();
    const [keptId, goneId] = [idOf('Person', kept.id), idOf('Person', gone.id)];
    expect(told.map(({ id, action }) => [id, action])).toEqual([
      [goneId, 'UPDATED'],
      [goneId, 'MERGED'],
      [keptId, 'UPDATED'],
    ]);
    // The same whenever it is asked.
    expect(await listen({ after: told[0]?.cursor, ...variables }, 2)).toEqual(told.slice(1));
    expect(await listen({ after: told[1]?.cursor, ...variables }, 1)).toEqual(told.slice(2));
  });
});

/** Reads nothing of an answer until it is told to. */
function stalled(variables: object, selection: string, on: RunningServer): Promise<() => Promise<Result[]>> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ query: query.replace('cursor id', `cursor id ${selection}`), variables });
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    request(on.endpoint, { method: 'POST', headers }, (response) => {
      response.pause();
      resolve(async () => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        return [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json as string));
      });
    })
      .on('error', reject)
      .end(body);
  });
}

test('one that is too slow is told to resume, and misses nothing', async () => {
  const hasty = await startServer(database, { subscriptionLag: 5 });
  // An answer is larger than what lies between a server and its client.
  const { id } = await person('Large', { summary: { en: 'x'.repeat(1_000_000) } });
  const from = await here();
  const read = await stalled({}, 'record { ... on Person { summary { text } } }', hasty);
  for (let i = 0; i < 28; i++) await database.prisma.person.update({ where: { id }, data: { gender: `${i}` } });
  const results = await read();
  const last = results.pop();
  expect(codesOf(last)).toEqual(['RESUME']);
  const told = toldOf(results);
  expect(told.length).toBeLessThan(28);
  expect(last?.errors?.[0]?.extensions?.after).toBe(told.at(-1)?.cursor);
  const rest = await listen({ after: told.at(-1)?.cursor }, 28 - told.length, hasty);
  expect([...told, ...rest].map(({ revision }) => revision)).toEqual(Array.from({ length: 28 }, (_, i) => i + 2));
  expect(await committed(from)).toHaveLength(28);
  await hasty.close();
});

describe('the end', () => {
  const endOf = async (heard: Heard) => {
    expect(await heard.ended).toBeUndefined();
    return heard.results.at(-1);
  };

  test('comes when a subscription has lasted long enough', async () => {
    const brief = await startServer(database, { subscriptionMs: 1 });
    const from = await here();
    const end = await endOf(await subscribe(brief, query));
    expect(codesOf(end)).toEqual(['RESUME']);
    expect(end?.errors?.[0]?.extensions?.after).toBe(from);
    await brief.close();
  });

  test('comes when the server stops, and before anything was told', async () => {
    const stopping = await startServer(database);
    const [quiet, busy] = [await subscribe(stopping, query), await subscribe(stopping, query)];
    const { id } = await person('Before the end');
    const [told] = toldOf(await busy.until(1));
    expect(told?.id).toBe(idOf('Person', id));
    await quiet.until(1);
    stopping.stop();
    for (const each of [quiet, busy]) {
      const end = await endOf(each);
      expect(codesOf(end)).toEqual(['RESUME']);
      expect(end?.errors?.[0]?.extensions?.after).toBe(told?.cursor);
    }
    const late = await stopping.fetch(`/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'text/event-stream' } });
    expect(late.status).toBe(503);
    await stopping.close();
  });
});

describe('limits', () => {
  test('hold for each identity and for all, and places are given back', async () => {
    const small = await startServer(database, { subscriptionsPerIdentity: 2, subscriptions: 3 }, { addressHeader: 'x-forwarded-for' });
    const ask = (address: string, over?: AbortSignal) =>
      fetch(small.endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-forwarded-for': `made up, ${address}` },
        body: JSON.stringify({ query }),
        signal: over ?? null,
      });
    const open = async (address: string) => {
      const over = new AbortController();
      expect((await ask(address, over.signal)).status).toBe(200);
      return over;
    };
    const refusal = async (address: string) => {
      const response = await ask(address);
      return [response.status, /"code":"(\w+)"/.exec(await response.text())?.[1]];
    };
    const [first, second] = [await open('192.0.2.1'), await open('192.0.2.1')];
    expect(await refusal('192.0.2.1')).toEqual([429, 'TOO_MANY_SUBSCRIPTIONS']);
    const third = await open('192.0.2.2');
    expect(await refusal('192.0.2.2')).toEqual([503, 'TOO_MANY_SUBSCRIPTIONS']);
    for (const each of [first, second, third]) each.abort();
    // What nobody can read takes no place.
    const unread = async () =>
      (await small.fetch(`/graphql?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json' } })).status;
    await expect.poll(unread, { timeout: 60_000 }).toBe(406);
    for (let i = 0; i < 5; i++) expect(await unread()).toBe(406);
    // Places are given back when the server has heard that a client is gone.
    const kept: Response[] = [];
    const again = async () => kept[kept.push(await ask('192.0.2.1')) - 1]?.status;
    await expect.poll(again, { timeout: 60_000 }).toBe(200);
    await expect.poll(again, { timeout: 60_000 }).toBe(200);
    expect(await refusal('192.0.2.1')).toEqual([429, 'TOO_MANY_SUBSCRIPTIONS']);
    await small.close();
  });

  const deep = `subscription { recordChanged { record { ... on Organization { ${'parent { '.repeat(14)} id ${'} '.repeat(14)} } } } }`;

  test.each([
    ['TOO_DEEP', deep],
    ['TOO_MANY_ALIASES', `subscription { recordChanged { ${Array.from({ length: 31 }, (_, i) => `a${i}: id`).join(' ')} } }`],
    ['INVALID_CURSOR', 'subscription { recordChanged(after: "x") { id } }'],
    ['INVALID_CURSOR', `subscription { recordChanged(after: "${Buffer.from('change:99999999:1').toString('base64url')}") { id } }`],
    ['INVALID_ID', 'subscription { recordChanged(ids: ["x"]) { id } }'],
    ['INVALID_ID', `subscription { statementPublished(where: { id: { eq: "x" } }) { cursor } }`],
    ['INVALID_PAGE', `subscription { recordChanged(ids: [${'"x",'.repeat(101)}]) { id } }`],
    ['BAD_REQUEST', 'subscription ($after: String!) { recordChanged(after: $after) { id } }'],
  ])('%s refuses a subscription', async (code, refused) => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const { text } = await server.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query: refused }) });
    expect([...text.matchAll(/"code":"(\w+)"/g)].map(([, found]) => found)).toEqual([code]);
    expect(text).toContain('event: complete');
  });
});

test('an unexpected error is masked, noted, and told with its event', async () => {
  const failing = new Proxy(database.prisma, {
    get: (target, name) => (name === 'person' ? { findMany: () => Promise.reject(new Error('It is broken.')) } : Reflect.get(target, name)),
  });
  const broken = await startServer({ ...database, prisma: failing });
  const heard = await subscribe(broken, 'subscription { recordChanged { type record { id } } }');
  await person('Whoever');
  await database.prisma.place.create({ data: { name: 'Somewhere', status: 'PUBLISHED' } });
  const [first, second] = await heard.until(2);
  heard.stop();
  expect(first).toMatchObject({ data: { recordChanged: { type: 'PERSON', record: null } } });
  expect(codesOf(first)).toEqual(['INTERNAL_ERROR']);
  expect(JSON.stringify(first)).not.toContain('broken');
  const { errorId } = first?.errors?.[0]?.extensions ?? {};
  expect(broken.log.filter((line) => line.errorId === errorId)).toMatchObject([{ err: { message: 'It is broken.' } }]);
  expect(second).toMatchObject({ data: { recordChanged: { type: 'PLACE', record: { id: expect.any(String) } } } });
  await broken.close();
});

test.runIf(isPostgres)('a connection that is cut is made anew, and nothing is missed', async () => {
  const from = await here();
  const heard = await subscribe(server, query);
  await person('Before');
  await heard.until(1);
  const cut = await database.raw(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
  );
  expect(cut.length).toBeGreaterThan(0);
  for (let i = 0; i < 5; i++) await person(`Meanwhile ${i}`);
  expect(toldOf(await heard.until(6)).map(({ id }) => id)).toEqual(await committed(from));
  await person('Afterwards');
  await heard.until(7);
  heard.stop();
});
