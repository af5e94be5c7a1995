import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revertRecord } from '../../src/history/write.ts';
import { BrokenRule } from '../../src/record/rule.ts';
import { inTransaction } from '../../src/record/transaction.ts';
import { deletion, ids, insertion, insertTargets, type Row, type Table, update } from '../database/rows.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import type { Filled } from '../support/random.ts';
import { Editor } from '../support/random-edits.ts';

let database: TestDatabase;
let filled: Filled;

beforeAll(async () => {
  const opened = await openFilledDatabase(8);
  [database, filled] = [opened, opened.filled];
  await insertTargets(database);
  // Random texts don't have them any more.
  await database.raw('DELETE FROM "Span" WHERE "start" IS NOT NULL');
});

afterAll(() => database?.close());

/** The parts of each kind of record, with the column that holds it. */
const parts: Partial<Record<Table, [part: Table, owner: string][]>> = {
  Person: [
    ['Name', 'personId'],
    ['Identifier', 'personId'],
  ],
  Organization: [
    ['Name', 'organizationId'],
    ['Identifier', 'organizationId'],
  ],
  Event: [
    ['Name', 'eventId'],
    ['Identifier', 'eventId'],
  ],
  Document: [
    ['DocumentAuthor', 'documentId'],
    ['Identifier', 'documentId'],
  ],
  Statement: [
    ['Identifier', 'statementId'],
    ['Translation', 'statementId'],
    ['StatementTopic', 'statementId'],
  ],
  Membership: [],
  Review: [],
  Appearance: [['Span', 'appearanceId']],
};

/** A record and its parts, but for what no reverting brings back: a part whose id another record has by now gets another. */
async function content(model: Table, id: string): Promise<unknown> {
  const select = [
    `SELECT '${model}' AS model, to_jsonb(t) - '{revision,updatedAt,status,retractionReason,mergedIntoId,ancestorIds}'::text[] AS row, t.id FROM "${model}" AS t WHERE id = '${id}'`,
    ...(parts[model] ?? []).map(
      ([part, owner]) => `SELECT '${part}', history.content(to_jsonb(t)) - 'id', NULL FROM "${part}" AS t WHERE "${owner}" = '${id}'`,
    ),
  ];
  return database.raw(`${select.join(' UNION ALL ')} ORDER BY 1, 2`);
}

async function numberOf(model: Table, id: string): Promise<number> {
  const [row] = await database.raw(`SELECT "revision" FROM "${model}" WHERE id = '${id}'`);
  return Number(row?.revision ?? 0);
}

const revert = (model: Table, id: string, number: number) =>
  inTransaction(database.prisma, 'token:editor', (tx) => revertRecord(tx, model, id, number));

async function insert(table: Table, row: Row): Promise<string> {
  const id = crypto.randomUUID();
  await database.raw(insertion(table, { id, ...row }));
  return id;
}

describe.each(Object.keys(parts) as (Table & keyof Filled)[])('a %s', (model) => {
  test('goes back to what it was at each of its revisions', async () => {
    // Few records, so that each is changed often.
    const few = Object.fromEntries(Object.entries(filled).map(([kind, [first, second]]) => [kind, [first, second]])) as Filled;
    const editor = new Editor(database, new Random(seed + 1), few, { keepsRecords: true });
    const [id = ''] = filled[model];
    const kept = new Map<number, unknown>();
    for (let i = 0; i < rounds(12); i++) {
      await editor.transact(12);
      kept.set(await numberOf(model, id), await content(model, id));
    }
    expect.hasAssertions();
    let done = 0;
    for (const [number, expected] of [...kept].reverse()) {
      const present = await numberOf(model, id);
      const before = await content(model, id);
      const refusal = await revert(model, id, number).catch((error) => {
        if (error instanceof BrokenRule) return error;
        throw error;
      });
      if (refusal) {
        // Random edits leave much that the rules don't let come back; nothing of it is done then.
        expect(refusal.path).toEqual(['revision']);
        expect(await content(model, id)).toEqual(before);
        // Most of it the database lets through.
        const isDone = await database.raw(`SELECT history.revert('${model}', '${id}', history.numbered('${id}', ${number}))`).then(
          () => true,
          () => false,
        );
        if (!isDone) continue;
      }
      done++;
      expect(await content(model, id)).toEqual(expected);
      expect(await numberOf(model, id)).toBe(JSON.stringify(before) === JSON.stringify(expected) ? present : present + 1);
    }
    console.log(`${model}: of ${kept.size} revisions ${done} could be had back.`);
  });
});

test('a part that went to another record stays there when its former record goes back to that revision', async () => {
  const [giver, taker] = [await insert('Person', {}), await insert('Person', {})];
  const [one, other] = [await insert('Name', { personId: giver }), await insert('Name', { personId: giver, name: 'Ana' })];
  await database.raw(`UPDATE "Name" SET "personId" = '${taker}' WHERE "personId" = '${giver}'`);
  const given = await numberOf('Person', giver);
  await database.raw(update('Person', giver, { gender: 'female' }));
  await revert('Person', giver, given);
  const names = await database.raw(`SELECT id FROM "Name" WHERE "personId" IN ('${giver}', '${taker}') ORDER BY id`);
  expect(names).toEqual([one, other].sort().map((id) => ({ id })));
});

test('parts come back with their ids, and change places', async () => {
  const person = await insert('Person', {});
  const [name, identifier] = [await insert('Name', { personId: person }), await insert('Identifier', { personId: person, value: 'Q111' })];
  const document = await insert('Document', {});
  const [first, second] = [
    await insert('DocumentAuthor', { documentId: document, position: 0 }),
    await insert('DocumentAuthor', { documentId: document, personId: ids.otherPerson, position: 1 }),
  ];
  await database.raw(`UPDATE "DocumentAuthor" SET "position" = "position" + 10 WHERE "documentId" = '${document}'`);
  await database.raw(`UPDATE "DocumentAuthor" SET "position" = 11 - "position" WHERE "documentId" = '${document}'`);
  await insert('Name', { personId: person, name: 'Added later' });
  await database.raw(deletion('Name', name));
  await database.raw(deletion('Identifier', identifier));
  await revert('Person', person, 3);
  await revert('Document', document, 3);
  expect(await database.raw(`SELECT id, "name" FROM "Name" WHERE "personId" = '${person}'`)).toEqual([{ id: name, name: 'A. Lima' }]);
  expect(await database.raw(`SELECT id FROM "Identifier" WHERE "personId" = '${person}'`)).toEqual([{ id: identifier }]);
  expect(await database.raw(`SELECT id, "position" FROM "DocumentAuthor" WHERE "documentId" = '${document}' ORDER BY 2`)).toEqual([
    { id: first, position: 0 },
    { id: second, position: 1 },
  ]);
  const [last] = await database.raw(`SELECT "by" FROM history.revision ORDER BY id DESC LIMIT 1`);
  expect(last).toEqual({ by: 'token:editor' });
});

describe('refuses', () => {
  const code = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(BrokenRule);
    expect(error.path).toEqual(['revision']);
    return error.code;
  };
  test('a revision that there is none of', async () => {
    expect(await code(revert('Person', ids.person, 99))).toBe('NOT_FOUND');
  });

  test('an identifier and a URL that another record took', async () => {
    const person = await insert('Person', {});
    const identifier = await insert('Identifier', { personId: person, value: 'Q777' });
    await database.raw(deletion('Identifier', identifier));
    await insert('Identifier', { personId: ids.person, value: 'Q777' });
    expect(await code(revert('Person', person, 2))).toBe('TAKEN');
    const document = await insert('Document', { url: 'https://example.org/taken' });
    await database.raw(update('Document', document, { url: 'https://example.org/other' }));
    await insert('Document', { url: 'https://example.org/taken' });
    expect(await code(revert('Document', document, 1))).toBe('TAKEN');
  });

  test('a reference to what is gone, merged, or a draft', async () => {
    const [gone, merged, place] = [await insert('Place', {}), await insert('Place', {}), await insert('Place', {})];
    const event = await insert('Event', { placeId: gone });
    await database.raw(update('Event', event, { placeId: merged }));
    await database.raw(update('Event', event, { placeId: place }));
    await database.raw(deletion('Place', gone));
    await database.raw(update('Place', merged, { status: 'MERGED', mergedIntoId: place }));
    expect(await code(revert('Event', event, 1))).toBe('NOT_FOUND');
    expect(await code(revert('Event', event, 2))).toBe('WRONG_STATUS');
    const draft = await insert('Place', {});
    await database.raw(update('Event', event, { placeId: draft }));
    await database.raw(update('Event', event, { placeId: null as never }));
    await database.raw(`UPDATE "Event" SET "placeId" = NULL, "status" = 'PUBLISHED' WHERE id = '${event}'`);
    expect(await code(revert('Event', event, 4))).toBe('NOT_PUBLISHED');
  });

  test('a span that no longer stands at its place', async () => {
    const document = await insert('Document', {});
    const setText = (text: string) =>
      database.raw(
        `UPDATE "Document" SET "text" = '${text}', "sha256" = encode(sha256(convert_to('${text}', 'UTF8')), 'hex') WHERE id = '${document}'`,
      );
    await setText('Ana: It is over.');
    await setText('Today Ana said: It is over.');
    const appearance = await insert('Appearance', { statementId: ids.otherStatement, documentId: document });
    await insert('Span', { appearanceId: appearance, start: 16, end: 27 });
    expect(await code(revert('Document', document, 2))).toBe('SPAN_NOT_FOUND');
  });

  test('a capacity that was not held then', async () => {
    const membership = await insert('Membership', {
      startDate: '2020',
      startEarliest: '2020-01-01T00:00:00Z',
      startLatest: '2020-12-31T23:59:59.999Z',
    });
    const statement = await insert('Statement', {
      capacityId: membership,
      date: '2021',
      earliest: '2021-01-01T00:00:00Z',
      latest: '2021-12-31T23:59:59.999Z',
    });
    await database.raw(`UPDATE "Statement" SET "capacityId" = NULL WHERE id = '${statement}'`);
    await database.raw(
      update('Membership', membership, {
        startDate: '2022',
        startEarliest: '2022-01-01T00:00:00Z',
        startLatest: '2022-12-31T23:59:59.999Z',
      }),
    );
    expect(await code(revert('Statement', statement, 1))).toBe('CAPACITY_NOT_THEN');
  });
});
