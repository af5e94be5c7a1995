import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, mutate, type Payload } from './mutate.ts';

let database: TestDatabase;
let editor: Asked;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
});

afterAll(() => database?.close());

test('a change for another revision is refused, with the record as it is now', async () => {
  const { id } = await done(editor, 'createPerson', { name: 'Ana' });
  await done(editor, 'updatePerson', { id, name: 'Bea', expectedRevision: 1 });
  for (const [mutation, input] of [
    ['updatePerson', { id, name: 'Cem' }],
    ['addName', { record: id, name: 'Cem', kind: 'ALIAS' }],
    ['addIdentifier', { record: id, scheme: 'viaf', value: '1' }],
    ['publish', { id }],
    ['retract', { id, reason: 'No.' }],
    ['sendBack', { id, note: 'No.' }],
  ] as const) {
    const { record, errors } = await mutate(editor, mutation, { ...input, expectedRevision: 1 }, '... on Person { name }');
    expect(errors, mutation).toEqual([
      { code: 'STALE', message: expect.stringContaining('expected revision 1, and it is 2 now'), path: ['expectedRevision'] },
    ]);
    expect(record, mutation).toMatchObject({ id, name: 'Bea', revision: 2, status: 'DRAFT' });
  }
  // The first one that fits wins, and null expects nothing.
  expect(await done(editor, 'updatePerson', { id, name: 'Cem', expectedRevision: 2 })).toMatchObject({ revision: 3 });
  expect(await done(editor, 'updatePerson', { id, name: 'Dan', expectedRevision: null })).toMatchObject({ revision: 4 });
});

test('twenty writers on one record: one wins each time, and none is lost', async () => {
  const { id } = await done(editor, 'createPerson', { name: 'Ana', summary: [{ language: 'en', text: 'Writers:' }] });
  let [tries, busy] = [0, 0];
  const write = async (i: number): Promise<number> => {
    for (;;) {
      const { node } = await run<{ node: { revision: number; summary: { text: string } } }>(
        editor,
        'query ($id: ID!) { node(id: $id) { ... on Person { revision summary { text } } } }',
        { id },
      );
      const summary = [{ language: 'en', text: `${node.summary.text} ${i};` }];
      const asked = as(database, 'EDITOR', `token:writer-${i}`);
      const { record, errors }: Payload = await mutate(asked, 'updatePerson', { id, summary, expectedRevision: node.revision });
      tries += 1;
      const [error] = errors;
      if (!error) {
        expect(record?.revision).toBe(node.revision + 1);
        return node.revision;
      }
      expect(['STALE', 'BUSY']).toContain(error.code);
      if (error.code === 'BUSY') busy += 1;
      else expect(record?.revision).toBeGreaterThan(node.revision);
    }
  };
  const won = await Promise.all(Array.from({ length: 20 }, (_, i) => write(i)));
  expect([...won].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const { node } = await run<{
    node: { revision: number; summary: { text: string }; revisions: { nodes: { number: number; by: string }[] } };
  }>(
    editor,
    'query ($id: ID!) { node(id: $id) { ... on Person { revision summary { text } revisions(first: 100) { nodes { number by } } } } }',
    { id },
  );
  expect(node.revision).toBe(21);
  // In the order in which they won, each once.
  const order = won.map((revision, i) => ({ revision, i })).sort((a, b) => a.revision - b.revision);
  expect(node.summary.text).toBe(`Writers:${order.map(({ i }) => ` ${i};`).join('')}`);
  expect(node.revisions.nodes).toEqual([
    ...order.map(({ revision, i }) => ({ number: revision + 1, by: `token:writer-${i}` })).reverse(),
    { number: 1, by: 'token:editor' },
  ]);
  expect(tries).toBeGreaterThanOrEqual(20 + busy);
});
