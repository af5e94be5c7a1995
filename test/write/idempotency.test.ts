import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, as } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { askTo, done, mistake, mutate } from './mutate.ts';
import { counts, hashes } from './tables.ts';
import { exact, words } from './world.ts';

let database: TestDatabase;
let editor: Asked;
let contributor: Asked;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  contributor = as(database, 'CONTRIBUTOR');
});

afterAll(() => database?.close());

test('the same key with the same input makes one record, and answers the same', async () => {
  const input = { name: 'Ana', birthDate: '1960', summary: words('Somebody.'), idempotencyKey: 'same' };
  const first = await mutate(editor, 'createPerson', input, 'createdBy');
  const before = await hashes(database);
  // The order of the fields is none of the input.
  const again = await mutate(editor, 'createPerson', Object.fromEntries(Object.entries(input).reverse()), 'createdBy');
  expect(again).toEqual(first);
  expect(await hashes(database)).toEqual(before);
  expect(first.errors).toEqual([]);
});

test('it answers with the record as it is now', async () => {
  const input = { name: 'Bea', idempotencyKey: 'changed' };
  const { id } = await done(editor, 'createPerson', input);
  await done(editor, 'updatePerson', { id, name: 'Beatrix' });
  expect(await done(editor, 'createPerson', input, 'name')).toMatchObject({ id, name: 'Beatrix', revision: 2 });
});

test('the same key with another input, or for something else, is refused', async () => {
  const { id } = await done(editor, 'createPerson', { name: 'Ana', idempotencyKey: 'taken' });
  const before = await hashes(database);
  for (const [mutation, input] of [
    ['createPerson', { name: 'Bea' }],
    ['createPerson', { name: 'Ana', gender: 'female' }],
    ['createPerson', { name: 'Ana', gender: null }],
    ['createPlace', { name: 'Ana' }],
    ['addName', { record: id, name: 'Ana', kind: 'ALIAS' }],
  ] as const) {
    expect(await mistake(editor, mutation, { ...input, idempotencyKey: 'taken' }), mutation).toMatchObject({
      code: 'KEY_REUSED',
      path: ['idempotencyKey'],
      message: expect.stringContaining('Take a new one'),
    });
  }
  expect(await hashes(database)).toEqual(before);
});

test('each account has keys of its own', async () => {
  const input = { name: 'Ana', idempotencyKey: 'mine' };
  const one = await done(editor, 'createPerson', input);
  const other = await done(as(database, 'EDITOR', 'token:other'), 'createPerson', input);
  expect(other.id).not.toBe(one.id);
});

test('ten at once with one key make one record', async () => {
  const before = await counts(database);
  const input = { name: 'At once', names: [{ name: 'Together', kind: 'ALIAS' }], idempotencyKey: 'at once' };
  const made = await Promise.all(Array.from({ length: 10 }, () => done(editor, 'createPerson', input)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  const after = await counts(database);
  for (const table of ['public."Person"', 'public."Name"', 'public."IdempotencyKey"']) expect(after[table]).toBe((before[table] ?? 0) + 1);
});

test('after a day it is made anew', async () => {
  const input = { name: 'Daily', idempotencyKey: 'daily' };
  const { id } = await done(editor, 'createPerson', input);
  const age = (interval: string) =>
    database.raw(`UPDATE "IdempotencyKey" SET "createdAt" = now() - interval '${interval}' WHERE "key" = 'daily'`);
  await age('23 hours 59 minutes');
  expect(await done(editor, 'createPerson', input)).toMatchObject({ id });
  await age('24 hours 1 minute');
  const next = await done(editor, 'createPerson', input);
  expect(next.id).not.toBe(id);
  expect(await done(editor, 'createPerson', { ...input })).toMatchObject({ id: next.id });
});

test('what is refused doesn’t use the key up', async () => {
  const idempotencyKey = 'refused';
  expect(await mistake(editor, 'createPerson', { name: ' ', idempotencyKey })).toMatchObject({ code: 'REQUIRED' });
  expect(await mistake(editor, 'createDocument', { url: 'nowhere', idempotencyKey })).toMatchObject({ code: 'INVALID_VALUE' });
  const { errors } = await askTo(contributor, 'createPerson', { name: 'Ana', publish: true, idempotencyKey });
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  await done(editor, 'createPerson', { name: 'Ana', idempotencyKey });
  await done(contributor, 'createPerson', { name: 'Bea', idempotencyKey });
});

test('with all that is made and published together', async () => {
  const input = {
    text: exact,
    language: 'en',
    quoteType: 'DIRECT',
    speaker: { newPerson: { name: 'Speaker' } },
    publish: true,
    idempotencyKey: 'published',
  };
  const first = await done(editor, 'createStatement', input, 'speaker { id ... on Person { status } }');
  expect(first).toMatchObject({ status: 'PUBLISHED', speaker: { status: 'PUBLISHED' } });
  const before = await hashes(database);
  expect(await done(editor, 'createStatement', input, 'speaker { id ... on Person { status } }')).toEqual(first);
  expect(await mistake(editor, 'createStatement', { ...input, publish: false })).toMatchObject({ code: 'KEY_REUSED' });
  expect(await hashes(database)).toEqual(before);
});

test('of parts', async () => {
  const { id } = await done(editor, 'createPerson', { name: 'Ana' });
  const input = { record: id, name: 'Anna', kind: 'ALIAS', idempotencyKey: 'part' };
  expect(await done(editor, 'addName', input)).toMatchObject({ id, revision: 2 });
  expect(await done(editor, 'addName', input, '... on Person { names { name } }')).toMatchObject({
    id,
    revision: 2,
    names: [{ name: 'Anna' }],
  });
});

test('of what is only proposed', async () => {
  const { id } = await done(editor, 'createPerson', { name: 'Ana', publish: true });
  const input = { record: id, name: 'Anna', kind: 'ALIAS', idempotencyKey: 'proposed' };
  const first = await mutate(contributor, 'addName', input);
  expect(first).toMatchObject({ errors: [], proposal: { status: 'WAITING' } });
  const before = await hashes(database);
  expect(await mutate(contributor, 'addName', input)).toEqual(first);
  expect(await mistake(contributor, 'addName', { ...input, name: 'Anne' })).toMatchObject({ code: 'KEY_REUSED' });
  expect(await hashes(database)).toEqual(before);
  const together = await Promise.all(Array.from({ length: 5 }, () => mutate(contributor, 'addName', { ...input, idempotencyKey: 'five' })));
  expect(new Set(together.map(({ proposal }) => proposal?.id)).size).toBe(1);
});
