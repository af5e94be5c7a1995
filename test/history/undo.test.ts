import { afterAll, beforeAll, expect, test } from 'vitest';
import { deletion, insertion, update } from '../database/rows.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { Editor, snapshot, type Transaction } from '../support/random-edits.ts';

let database: TestDatabase;
let editor: Editor;

beforeAll(async () => {
  const { filled, ...opened } = await openFilledDatabase(8);
  database = opened;
  editor = new Editor(database, new Random(seed + 1), filled);
});

afterAll(() => database?.close());

test('what one transaction did is undone, to the letter', async () => {
  let undone = 0;
  for (let i = 0; i < rounds(12); i++) {
    const before = await snapshot(database, 'revision,updatedAt');
    const change = await editor.transact(1 + (i % 12));
    if (!change) continue;
    undone++;
    expect(await undo(change)).toEqual([]);
    expect(await snapshot(database, 'revision,updatedAt')).toEqual(before);
    // Something stays, so that the next is tried on other rows.
    await editor.transact(3);
  }
  expect(undone).toBeGreaterThan(5);
});

test('what was changed since stays', async () => {
  for (let i = 0; i < rounds(8); i++) {
    const change = await editor.transact(6, 'one');
    if (!change) continue;
    for (let j = 0; j <= i % 3; j++) await editor.transact(6, 'another');
    const since = await changesAfter(change);
    const kept = await undo(change);
    for (const { model, id, column, value } of since) {
      const [row] = await database.raw(`SELECT history.content(to_jsonb(t)) AS content FROM "${model}" AS t WHERE id = '${id}'`);
      const content = row?.content as Record<string, unknown> | undefined;
      expect(content?.[column], `${model} ${id} ${column}`).toEqual(value);
    }
    for (const { model, rowId, now } of kept) {
      const [row] = await database.raw(
        `SELECT history.content(to_jsonb(t)) @> '${literal(now ?? {})}'::jsonb AS holds FROM "${model}" AS t WHERE id = '${rowId}'`,
      );
      expect(row?.holds ?? null, `${model} ${rowId}`).toBe(now === null ? null : true);
    }
  }
});

test('what stays is told, with what it would have become', async () => {
  const { person, place, event } = { person: crypto.randomUUID(), place: crypto.randomUUID(), event: crypto.randomUUID() };
  const name = crypto.randomUUID();
  await database.raw(insertion('Person', { id: person, name: 'Ana Lima', gender: 'female' }));
  await database.raw(insertion('Event', { id: event, date: '2020', earliest: '2020-01-01T00:00:00Z', latest: '2020-12-31T23:59:59.999Z' }));
  await database.raw(insertion('Identifier', { personId: person, value: 'Q4711' }));
  const change = await transact(
    update('Person', person, { name: 'A. Lima', gender: 'unknown' }),
    insertion('Place', { id: place, name: 'Lisbon' }),
    update('Event', event, {
      date: '2021-07',
      earliest: '2021-07-01T00:00:00Z',
      latest: '2021-07-31T23:59:59.999Z',
      classification: 'talks',
    }),
    insertion('Name', { id: name, personId: person, name: 'Lima' }),
    `DELETE FROM "Identifier" WHERE "personId" = '${person}'`,
  );
  await database.raw(update('Person', person, { name: 'Ana de Lima' }));
  await database.raw(
    `UPDATE "Event" SET "date" = '2021', "earliest" = '2021-01-01T00:00:00Z', "latest" = '2021-12-31T23:59:59.999Z', "placeId" = '${place}' WHERE id = '${event}'`,
  );
  await database.raw(insertion('Identifier', { personId: null, eventId: event, value: 'Q4711' }));
  await database.raw(deletion('Name', name));
  const kept = await undo(change);
  expect(kept.sort((a, b) => a.model.localeCompare(b.model))).toEqual([
    {
      model: 'Event',
      rowId: event,
      columns: ['date', 'earliest', 'latest'],
      former: { date: '2020', earliest: '2020-01-01T00:00:00+00:00', latest: '2020-12-31T23:59:59.999+00:00' },
      now: { date: '2021', earliest: '2021-01-01T00:00:00+00:00', latest: '2021-12-31T23:59:59.999+00:00' },
    },
    // Another record has the identifier by now.
    { model: 'Identifier', rowId: expect.any(String), columns: [], former: expect.objectContaining({ value: 'Q4711' }), now: null },
    { model: 'Person', rowId: person, columns: ['name'], former: { name: 'Ana Lima' }, now: { name: 'Ana de Lima' } },
    // It wasn't changed, but the event refers to it.
    { model: 'Place', rowId: place, columns: [], former: null, now: expect.objectContaining({ name: 'Lisbon' }) },
  ]);
  expect(await database.raw(`SELECT "gender", "name" FROM "Person" WHERE id = '${person}'`)).toEqual([
    { gender: 'female', name: 'Ana de Lima' },
  ]);
  expect(await database.raw(`SELECT "classification" FROM "Event" WHERE id = '${event}'`)).toEqual([{ classification: null }]);
});

test('a membership that a later statement names stays with its statements', async () => {
  const [from, to, membership, statement] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const organization = crypto.randomUUID();
  await database.raw(insertion('Person', { id: from }));
  await database.raw(insertion('Person', { id: to }));
  await database.raw(insertion('Organization', { id: organization }));
  await database.raw(insertion('Membership', { id: membership, personId: from, organizationId: organization }));
  await database.raw(insertion('Statement', { id: statement, speakerPersonId: from, capacityId: membership }));
  const merge = () =>
    transact(
      update('Membership', membership, { personId: to }),
      update('Statement', statement, { speakerPersonId: to }),
      update('Person', from, { status: 'MERGED', mergedIntoId: to }),
    );
  expect(await undo(await merge())).toEqual([]);
  const holders = () =>
    database.raw(
      `SELECT "personId" AS id FROM "Membership" WHERE id = '${membership}' UNION ALL SELECT "speakerPersonId" FROM "Statement" WHERE id = '${statement}'`,
    );
  expect(await holders()).toEqual([{ id: from }, { id: from }]);
  const again = await merge();
  await database.raw(insertion('Statement', { speakerPersonId: to, capacityId: membership }));
  expect((await undo(again)).map(({ model, columns, former }) => ({ model, columns, former }))).toEqual(
    expect.arrayContaining([
      { model: 'Membership', columns: ['personId'], former: { personId: from } },
      { model: 'Statement', columns: ['speakerPersonId'], former: { speakerPersonId: from } },
    ]),
  );
  expect(await holders()).toEqual([{ id: to }, { id: to }]);
  expect(await database.raw(`SELECT "status"::text FROM "Person" WHERE id = '${from}'`)).toEqual([{ status: 'DRAFT' }]);
});

test('a statement stays with its speaker when its capacity became another’s', async () => {
  const [one, other, membership, statement] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const organization = crypto.randomUUID();
  for (const id of [one, other]) await database.raw(insertion('Person', { id }));
  await database.raw(insertion('Organization', { id: organization }));
  await database.raw(insertion('Membership', { id: membership, personId: one, organizationId: organization }));
  await database.raw(insertion('Statement', { id: statement, speakerPersonId: one, capacityId: membership }));
  const change = await transact(
    `UPDATE "Statement" SET "speakerPersonId" = NULL, "attributionText" = 'a source', "capacityId" = NULL WHERE id = '${statement}'`,
  );
  await database.raw(update('Membership', membership, { personId: other }));
  const kept = (await undo(change)).map(({ rowId, columns, former }) => ({ rowId, columns, former }));
  expect(kept.sort((a, b) => b.columns.length - a.columns.length)).toEqual([
    { rowId: statement, columns: ['capacityId', 'speakerPersonId'], former: { speakerPersonId: one, capacityId: membership } },
    // Somebody has said it: the attribution stays while there is no speaker.
    { rowId: statement, columns: ['attributionText'], former: { attributionText: null } },
  ]);
});

/** Values that others gave to columns after a transaction. */
async function changesAfter({ transaction, last }: Transaction) {
  return (await database.raw(
    `SELECT DISTINCT ON (r."rowId", c.key) r."model", r."rowId" AS id, c.key AS column, history.state(r."rowId", ${2 ** 50}) -> c.key AS value
     FROM history.revision AS r, jsonb_each(history.matter(r."after")) AS c
     WHERE r.id > ${last} AND r."transaction" <> '${transaction}' AND r."action" = 'UPDATE' AND history.state(r."rowId", ${2 ** 50}) IS NOT NULL
       AND EXISTS (SELECT FROM history.revision AS u WHERE u."rowId" = r."rowId" AND u."transaction" = '${transaction}'
         AND u."after" -> c.key IS DISTINCT FROM history.state(r."rowId", ${2 ** 50}) -> c.key)`,
  )) as { model: string; id: string; column: string; value: unknown }[];
}

const literal = (value: unknown) => JSON.stringify(value).replaceAll("'", "''");

async function transact(...statements: string[]): Promise<Transaction> {
  await database.prisma.$transaction(statements.map((statement) => database.prisma.$executeRawUnsafe(statement)));
  const [change] = await database.raw(
    `SELECT "transaction"::text, min(id)::text AS first, max(id)::text AS last FROM history.revision
     WHERE "transaction" = (SELECT "transaction" FROM history.revision ORDER BY id DESC LIMIT 1) GROUP BY 1`,
  );
  return change as unknown as Transaction;
}

interface Kept {
  model: string;
  rowId: string;
  columns: string[];
  former: unknown;
  now: unknown;
}

async function undo({ transaction, first, last }: Transaction): Promise<Kept[]> {
  return (await database.raw(
    `SELECT "model", "rowId", "columns", "then" AS former, "now" FROM history.undo('${transaction}', ${first}, ${last})`,
  )) as unknown as Kept[];
}
