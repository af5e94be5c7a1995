import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messages } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddedClient } from '../../src/database/embedded-client.ts';

// Most tests have their database in their own thread; the program has it in another.

let folder: string;
let client: EmbeddedClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verbatim-thread-'));
  client = new EmbeddedClient();
  await client.open(join(folder, 'postgres'));
}, 60_000);
afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

/** Prisma's adapter reads some types itself, which it says with functions. */
const options = { rowMode: 'array', parsers: { 23: (text: string) => `read ${text}` } } as const;

test('values of the types that are read here come as they are read', async () => {
  const { rows } = await client.query('SELECT $1::integer, $2::text', [7, 'seven'], options);
  expect(rows).toEqual([['read 7', 'seven']]);
});

test('an error comes over with what PostgreSQL says of it, and the next statement runs', async () => {
  const failed = await client.query('SELECT 1 / $1::integer', [0], options).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(messages.DatabaseError);
  expect(failed).toMatchObject({ code: '22012', severity: 'ERROR', message: expect.stringContaining('division by zero') });
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

test('an error ends the transaction that it happens in, and no other', async () => {
  await client.exec('CREATE TABLE kept (id integer PRIMARY KEY)');
  const failed = client.transaction(async (tx) => {
    await tx.query('INSERT INTO kept VALUES (1)', [], options);
    await tx.query('INSERT INTO kept VALUES (1)', [], options);
  });
  await expect(failed).rejects.toMatchObject({ code: '23505', table: 'kept' });
  await client.transaction((tx) => tx.query('INSERT INTO kept VALUES (2)'));
  expect((await client.query('SELECT id FROM kept')).rows).toEqual([{ id: 2 }]);
});

test('a compiled read is answered, prepared or not, and its errors are told', async () => {
  const statement = { name: 'read', text: 'SELECT json_build_array($1::text)::text' };
  expect(await client.read(statement, ['a'])).toBe('["a"]');
  expect(await client.read(statement, ['b'])).toBe('["b"]');
  expect(await client.read({ ...statement, name: '' }, [null])).toBe('[null]');
  await expect(client.read({ name: '', text: 'SELECT ($1::integer)::text' }, ['x'])).rejects.toMatchObject({ code: '22P02' });
  expect(await client.read(statement, ['c'])).toBe('["c"]');
});

test('those who ask take turns: one that asks for much doesn’t hold up others', async () => {
  const done: string[] = [];
  const read = (name: string, asker: object) =>
    client.read({ name: '', text: 'SELECT count(*)::text FROM generate_series(1, 20000)' }, [], asker).then(() => done.push(name));
  const [large, small] = [{}, {}];
  const asked = Array.from({ length: 20 }, (_, i) => read(`large ${i}`, large));
  asked.push(read('small 0', small), read('small 1', small));
  await Promise.all(asked);
  expect(done).toHaveLength(22);
  // One of the other's statements, or two if it had begun, goes before each of its own.
  expect(done.indexOf('small 0')).toBeLessThanOrEqual(2);
  expect(done.indexOf('small 1')).toBeLessThanOrEqual(4);
  // Of one asker the first asked is the first answered.
  expect(done.filter((name) => name.startsWith('large'))).toEqual(Array.from({ length: 20 }, (_, i) => `large ${i}`));
});
