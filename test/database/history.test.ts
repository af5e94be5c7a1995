import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { deletion, ids, insertion, insertTargets, type Row, records, type Table, update, valid } from './rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await insertTargets(database);
});

afterAll(() => database?.close());

/** For each table with a history, a change of one column. */
const changes: Record<Exclude<Table, 'ReviewNote' | 'SearchEntry' | 'Token'>, Row> = {
  Person: { gender: 'female' },
  Organization: { classification: 'news agency' },
  Membership: { role: 'editor' },
  Place: { kind: 'CITY' },
  Event: { classification: 'talks' },
  Participation: { note: 'as host' },
  EventLink: { kind: 'ENDS' },
  Document: { language: 'en' },
  Statement: { attributionText: 'Ms Lima' },
  Appearance: { printedText: 'It’s over.' },
  Citation: { documentId: ids.otherDocument },
  StatementLink: { kind: 'DISPUTES' },
  Review: { ratingValue: 2.5 },
  Name: { name: 'Ana' },
  Identifier: { value: 'Q1' },
  DocumentAuthor: { position: 2 },
  Translation: { text: 'Fini.' },
  StatementTopic: { eventId: ids.otherEvent },
  Span: { prefix: '“' },
};

/** The record that a part belongs to, when it isn't the person of whom names and identifiers are tried. */
const owners: Partial<Record<Table, string>> = {
  Name: ids.person,
  Identifier: ids.person,
  DocumentAuthor: ids.document,
  Translation: ids.statement,
  StatementTopic: ids.statement,
  Span: ids.appearance,
};

describe.each(Object.entries(changes) as [Table, Row][])('a row of %s', (table, change) => {
  const isRecord = (records as readonly Table[]).includes(table);
  const [[column, after] = []] = Object.entries(change);
  const before = (valid[table] as Row)[column ?? ''] ?? null;

  test('has its making, its changes and its removal told', async () => {
    const id = randomUUID();
    const recordId = owners[table] ?? id;
    // A part has the number of its record, which counts with it.
    const [owner] = isRecord ? [] : await database.raw(`SELECT max("number") AS number FROM "Revision" WHERE "recordId" = '${recordId}'`);
    const counted = Number(owner?.number ?? 0);
    await database.raw(insertion(table, { id }));
    expect(await history(id)).toEqual([
      {
        recordId,
        model: table,
        number: counted + 1,
        status: 'DRAFT',
        action: 'CREATE',
        before: null,
        after: expect.objectContaining({ ...valid[table], id }),
        changesStatus: false,
        by: null,
      },
    ]);

    await database.raw(update(table, id, change));
    await database.raw(update(table, id, change));
    const changed = await history(id);
    expect(changed.slice(1)).toEqual([
      {
        recordId,
        model: table,
        number: counted + 2,
        status: 'DRAFT',
        action: 'UPDATE',
        before: expect.objectContaining({ [column ?? '']: before }),
        after: expect.objectContaining({ [column ?? '']: after }),
        changesStatus: false,
        by: null,
      },
    ]);
    // Nothing but what changed, which for a record includes that it did.
    const told = isRecord ? [column, 'revision', 'updatedAt'] : [column];
    expect(Object.keys(changed[1]?.after ?? {}).sort()).toEqual(told.sort());

    await database.raw(deletion(table, id));
    expect((await history(id)).slice(2)).toEqual([
      {
        recordId,
        model: table,
        number: isRecord ? 2 : counted + 3,
        status: 'DRAFT',
        action: 'DELETE',
        before: expect.objectContaining({ id, [column ?? '']: after }),
        after: null,
        changesStatus: false,
        by: null,
      },
    ]);
  });
});

test.each(records)('a row of %s counts its changes', async (table) => {
  const id = randomUUID();
  const count = (expected: { revision: number; isFresh: boolean }) => expect(counters(table, id)).resolves.toEqual(expected);
  await database.raw(insertion(table, { id, updatedAt: '2020-01-01T00:00:00Z' }));
  await count({ revision: 1, isFresh: false });
  await database.raw(`UPDATE "${table}" SET "createdAt" = "createdAt" WHERE id = '${id}'`);
  await count({ revision: 1, isFresh: false });
  await database.raw(update(table, id, changes[table]));
  await count({ revision: 2, isFresh: true });
  await database.raw(update(table, id, { ...changes[table], status: 'PUBLISHED' }));
  await count({ revision: 3, isFresh: true });
  expect((await history(id)).map(({ status, changesStatus }) => [status, changesStatus])).toEqual([
    ['DRAFT', false],
    ['DRAFT', false],
    ['PUBLISHED', true],
  ]);
  await database.raw(deletion(table, id));
});

/** Tables that are no part of the record. */
const unwatched = [
  'SearchEntry',
  'Token',
  'Proposal',
  'ReviewNote',
  'IdempotencyKey',
  'Merge',
  'NotSame',
  'ComparedName',
  'Import',
  'ImportBatch',
  'ImportWaiting',
];

test('every table of the record has a history', async () => {
  const rows = await database.raw(
    `SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'a_write_revision' AND NOT tgisinternal`,
  );
  const watched = rows.map(({ name }) => String(name).replaceAll('"', ''));
  expect(watched.sort()).toEqual(Object.keys(changes).sort());
  const tables = await database.raw(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^_'`);
  expect(tables.map(({ name }) => name).sort()).toEqual([...watched, ...unwatched].sort());
});

test('a change of what the database derives is none of the record', async () => {
  const [top, bottom, topic] = [randomUUID(), randomUUID(), randomUUID()];
  await database.raw(insertion('Event', { id: top }));
  await database.raw(insertion('Event', { id: bottom, parentId: top }));
  await database.raw(update('Event', top, { parentId: ids.event }));
  expect(await counters('Event', top)).toMatchObject({ revision: 2 });
  expect(await counters('Event', bottom)).toMatchObject({ revision: 1 });
  await database.raw(insertion('StatementTopic', { id: topic, statementId: ids.otherStatement }));
  await database.raw(update('Statement', ids.otherStatement, { date: '2021', earliest: '2021-01-01T00:00:00Z' }));
  for (const id of [bottom, topic]) expect(await history(id)).toHaveLength(1);
  const [revision] = await history(bottom);
  for (const derived of ['ancestorIds', 'titleText']) expect(revision?.after).not.toHaveProperty(derived);
  expect((await history(topic))[0]?.after).not.toHaveProperty('statementEarliest');
});

test('all that a transaction changes in a record and its parts counts once', async () => {
  const id = randomUUID();
  await database.raw(insertion('Person', { id }));
  const other = randomUUID();
  await database.raw(insertion('Person', { id: other }));
  const name = randomUUID();
  await database.prisma.$transaction(
    [
      update('Person', id, { gender: 'female' }),
      update('Person', id, { gender: 'unknown' }),
      insertion('Name', { id: name, personId: id }),
      insertion('Identifier', { personId: id, value: 'Q815' }),
    ].map((statement) => database.prisma.$executeRawUnsafe(statement)),
  );
  expect(await counters('Person', id)).toMatchObject({ revision: 2 });
  expect((await history(name))[0]).toMatchObject({ number: 2 });
  // A part that goes to another record is a change of both.
  await database.raw(update('Name', name, { personId: other }));
  expect(await counters('Person', id)).toMatchObject({ revision: 3 });
  expect(await counters('Person', other)).toMatchObject({ revision: 2 });
  expect((await history(name)).at(-1)).toMatchObject({ recordId: other, number: 2 });
});

test('a change of a part is told with its record', async () => {
  const [event, name] = [randomUUID(), randomUUID()];
  await database.raw(insertion('Event', { id: event, status: 'PUBLISHED' }));
  await database.raw(insertion('Name', { id: name, personId: null, eventId: event }));
  await database.raw(deletion('Event', event));
  expect((await history(name)).map(({ recordId, model, status, action }) => ({ recordId, model, status, action }))).toEqual([
    { recordId: event, model: 'Name', status: 'PUBLISHED', action: 'CREATE' },
    // With its record, whose status is gone by then.
    { recordId: event, model: 'Name', status: null, action: 'DELETE' },
  ]);
});

test('who makes a change is told', async () => {
  const id = randomUUID();
  await database.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('verbatim.viewer', 'editor@example.org', true)`;
    await tx.person.create({ data: { id, name: 'Ana Lima', sortName: 'Lima, Ana' } });
  });
  await database.prisma.person.update({ where: { id }, data: { gender: 'female' } });
  expect((await history(id)).map(({ action, by }) => [action, by])).toEqual([
    ['CREATE', 'editor@example.org'],
    ['UPDATE', null],
  ]);
});

test('what is refused leaves no trace', async () => {
  const id = randomUUID();
  await expect(database.raw(insertion('Person', { id, name: '' }))).rejects.toThrow();
  expect(await history(id)).toEqual([]);
});

test.each([
  `UPDATE history.revision SET "by" = 'someone'`,
  'DELETE FROM history.revision',
  'TRUNCATE history.revision',
  'UPDATE history.commit SET "first" = 0',
  'DELETE FROM history.commit',
  'TRUNCATE history.commit',
  `UPDATE history."Person" SET "name" = 'someone'`,
  'DELETE FROM history."Person"',
  'TRUNCATE history."Person"',
  `UPDATE "Revision" SET "by" = 'someone'`,
  'DELETE FROM "Revision"',
])('history is not rewritten: %s', async (statement) => {
  const count = () => database.raw('SELECT count(*)::int, count("by")::int AS signed FROM "Revision"');
  const before = await count();
  await expect(database.raw(statement)).rejects.toThrow('Revisions are only ever added.');
  expect(await count()).toEqual(before);
});

interface Revision {
  recordId: string;
  model: string;
  number: number | null;
  status: string | null;
  action: string;
  before: Row | null;
  after: Row | null;
  changesStatus: boolean;
  by: string | null;
}

/** The revisions of a row, the oldest first. */
async function history(rowId: string): Promise<Revision[]> {
  const rows = await database.raw(
    `SELECT "recordId", "model", "number", "status"::text, "action"::text, "before", "after", "changesStatus", "by" FROM "Revision" WHERE "rowId" = '${rowId}' ORDER BY id`,
  );
  return rows as unknown as Revision[];
}

async function counters(table: Table, id: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await database.raw(
    `SELECT "revision", "updatedAt" > now() - interval '1 hour' AS "isFresh" FROM "${table}" WHERE id = '${id}'`,
  );
  return row;
}
