import { afterAll, beforeAll, expect, test } from 'vitest';
import { replay } from '../../src/history/verify.ts';
import { insertion, records, update } from '../database/rows.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import type { Filled } from '../support/random.ts';
import { Editor } from '../support/random-edits.ts';

let database: TestDatabase;
let ids: Filled;

beforeAll(async () => {
  const { filled, ...opened } = await openFilledDatabase(8);
  [database, ids] = [opened, filled];
  // The filling sets times behind the history's back; a change tells of them.
  for (const table of records) await database.raw(`UPDATE "${table}" SET "createdAt" = "createdAt" + interval '1 hour'`);
});

afterAll(() => database?.close());

/** Behind the history's back. */
async function tamper(table: string, statement: string): Promise<void> {
  await database.raw(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  await database.raw(statement);
  await database.raw(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
}

test('replaying the revisions gives the tables, and finds what was done behind their back', async () => {
  const editor = new Editor(database, new Random(seed + 1), ids);
  for (let i = 0; i < rounds(8); i++) await editor.transact(10);
  expect(await replay(database.prisma)).toEqual([]);
  const person = await editor.any('Person');
  const name = await editor.any('Name');
  const added = crypto.randomUUID();
  await tamper('Person', update('Person', person, { name: 'Somebody', gender: 'unknown' }));
  await tamper('Name', `DELETE FROM "Name" WHERE id = '${name}'`);
  await tamper('Place', insertion('Place', { id: added }));
  expect(await replay(database.prisma)).toEqual([
    { model: 'Name', rowId: name, what: 'MISSING', columns: [] },
    { model: 'Person', rowId: person, what: 'CHANGED', columns: ['gender', 'name'] },
    { model: 'Place', rowId: added, what: 'UNTOLD', columns: [] },
  ]);
});
