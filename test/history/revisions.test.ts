import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../src/record/transaction.ts';
import { insertion, update } from '../database/rows.ts';
import { as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
const person = crypto.randomUUID();

beforeAll(async () => {
  database = await openTestDatabase();
  const change = (account: string, ...statements: string[]) =>
    inTransaction(database.prisma, account, async (tx) => {
      for (const statement of statements) await tx.$executeRawUnsafe(statement);
    });
  await change('token:contributor', insertion('Person', { id: person, name: 'A. Lima' }));
  await change('token:editor', update('Person', person, { name: 'Ana Lima' }));
  await change('token:editor', update('Person', person, { status: 'PUBLISHED' }));
  await change('token:editor', update('Person', person, { gender: 'female' }), insertion('Name', { personId: person, name: 'Lima' }));
});

afterAll(() => database?.close());

const query = `{ node(id: "${Buffer.from(`Person:${person}`).toString('base64url')}") {
  ... on Person { revisions { totalCount nodes { model number action by changes { field } } } } } }`;

async function seenBy(database_: Parameters<typeof run>[0]): Promise<string[]> {
  const { node } = await run<{ node: { revisions: { totalCount: number; nodes: Revision[] } } }>(database_, query);
  expect(node.revisions.totalCount).toBe(node.revisions.nodes.length);
  return node.revisions.nodes.map(
    ({ model, number, action, changes }) =>
      `${number} ${action} ${model}${action === 'UPDATE' ? `: ${changes.map(({ field }) => field).join()}` : ''}`,
  );
}

interface Revision {
  model: string;
  number: number;
  action: string;
  changes: { field: string }[];
}

const whilePublished = ['4 CREATE Name', '4 UPDATE Person: gender,revision,updatedAt'];
const all = [
  ...whilePublished,
  '3 UPDATE Person: revision,status,updatedAt',
  '2 UPDATE Person: name,revision,updatedAt',
  '1 CREATE Person',
];

test('an editor sees all that was done', async () => {
  expect(await seenBy(as(database, 'EDITOR'))).toEqual(all);
});

test('a reader sees what was done while the record was published', async () => {
  expect(await seenBy(database)).toEqual(whilePublished);
});

test('a contributor sees that, and what they did', async () => {
  expect(await seenBy(as(database, 'CONTRIBUTOR'))).toEqual([...whilePublished, '1 CREATE Person']);
  expect(await seenBy(as(database, 'CONTRIBUTOR', 'token:other'))).toEqual(whilePublished);
});
