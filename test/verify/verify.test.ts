import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load.ts';
import type { Finding } from '../../src/verify/check.ts';
import { checkAll, verify } from '../../src/verify/verify.ts';
import { insertion, records, type Table, update } from '../database/rows.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';

describe('a random record', () => {
  it('is sound, but for what is published before what it needs', async () => {
    const database = await openFilledDatabase(12);
    // The filling sets times behind the history's back; a change tells of them.
    for (const table of records) await database.raw(`UPDATE "${table}" SET "createdAt" = "createdAt" + interval '1 hour'`);
    const { holds, findings } = await verify(database.prisma);
    await database.close();
    expect(holds).toHaveLength(12);
    expect(findings.length).toBeGreaterThan(0);
    for (const { problem } of findings)
      expect(problem).toMatch(/^It is published, and depends on a draft by its \w+: the \w+ [\da-f-]{36}\.$/);
  });
});

describe('the demo record', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
    await loadDemo(database.prisma);
  });
  afterAll(() => database?.close());

  // Its texts begin with a character of two code units.
  it('is sound', async () => {
    const { holds, findings } = await verify(database.prisma);
    expect(findings).toEqual([]);
    expect(holds).toHaveLength(13);
    for (const line of holds) expect(line).toMatch(/^\d[\d,]* [\w ,]+\.$/);
    // Nothing is checked that isn't there, but for merged records.
    expect(holds.filter((line) => line.startsWith('0 '))).toEqual([expect.stringContaining('merged')]);
  });

  /** The columns of a row, of the first one that fits. */
  async function one(table: Table, columns: string, where = 'true'): Promise<Record<string, string>> {
    const [row] = await database.raw(`SELECT ${columns} FROM "${table}" AS t WHERE ${where} ORDER BY t.id LIMIT 1`);
    if (!row) throw new Error(`There is no ${table} where ${where}.`);
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));
  }
  const idOf = async (table: Table, where?: string) => (await one(table, 't.id', where)).id ?? '';

  /** Does what triggers would see to or refuse, looks at what is wrong beside the history, and takes it back. */
  async function behindTheTriggers(statements: readonly string[]): Promise<Finding[]> {
    const enough = new Error('It was looked at.');
    let found: Finding[] = [];
    await expect(
      database.prisma.$transaction(
        async (tx) => {
          for (const statement of ['SET LOCAL session_replication_role = replica', ...statements]) await tx.$executeRawUnsafe(statement);
          found = (await checkAll(tx)).findings;
          throw enough;
        },
        { timeout: 60_000 },
      ),
    ).rejects.toBe(enough);
    return found.filter(({ problem }) => !problem.startsWith('These columns are not what the history says'));
  }

  interface Case {
    statements: string[];
    finds: Finding[];
    /** Whether it brings other findings with it. */
    among?: boolean;
  }
  const finding = (model: string, id: string, problem: string): Finding => ({ model, id, problem });
  const untold = (model: string, id: string) => finding(model, id, 'The table has it, and the history does not.');

  const cases: Record<string, () => Promise<Case>> = {
    'a row that the history doesn’t tell of': async () => {
      const id = randomUUID();
      const [statementId, eventId] = [await idOf('Statement', '"earliest" IS NULL'), await idOf('Event')];
      return { statements: [insertion('StatementTopic', { id, statementId, eventId })], finds: [untold('StatementTopic', id)] };
    },
    'a row that is gone': async () => {
      const id = await idOf('Identifier');
      return {
        statements: [`DELETE FROM "Identifier" WHERE id = '${id}'`],
        finds: [finding('Identifier', id, 'The history has it, and the table does not.')],
      };
    },
    'a reference to what is not there': async () => {
      const [id, nothing] = [await idOf('Event', '"placeId" IS NOT NULL'), randomUUID()];
      return {
        statements: [update('Event', id, { placeId: nothing })],
        finds: [finding('Event', id, `Its placeId names the Place ${nothing}, which is not there.`)],
      };
    },
    'a span that doesn’t stand at its place': async () => {
      const {
        id = '',
        start,
        document,
      } = await one(
        'Span',
        't.id, t."start", (SELECT a."documentId" FROM "Appearance" AS a WHERE a.id = t."appearanceId") AS document',
        't."start" > 0 AND t."appearanceId" IS NOT NULL',
      );
      return {
        statements: [`UPDATE "Span" SET "start" = "start" - 1, "end" = "end" - 1 WHERE id = '${id}'`],
        finds: [finding('Span', id, `Its words do not stand at ${Number(start) - 1} in the Document ${document}.`)],
      };
    },
    'a span in a text that is not kept': async () => {
      const { id = '', document } = await one(
        'Span',
        't.id, (SELECT a."documentId" FROM "Appearance" AS a WHERE a.id = t."appearanceId") AS document',
        't."start" IS NOT NULL AND t."appearanceId" IS NOT NULL',
      );
      return {
        statements: [`UPDATE "Document" SET "text" = NULL, "sha256" = NULL WHERE id = '${document}'`],
        finds: [finding('Span', id, `It has a place, and the text of the Document ${document} is not kept.`)],
        among: true,
      };
    },
    'a capacity of somebody else': async () => {
      const { id = '', capacity } = await one(
        'Statement',
        't.id, t."capacityId" AS capacity',
        't."capacityId" IS NOT NULL AND t."speakerPersonId" IS NOT NULL',
      );
      const other = await idOf('Person', `id <> (SELECT "speakerPersonId" FROM "Statement" WHERE id = '${id}')`);
      return {
        statements: [update('Statement', id, { speakerPersonId: other })],
        finds: [finding('Statement', id, `Its capacity, the Membership ${capacity}, is somebody else’s than the speaker’s.`)],
      };
    },
    'a capacity that was not held then': async () => {
      const { id = '', capacity } = await one('Statement', 't.id, t."capacityId" AS capacity', 't."capacityId" IS NOT NULL');
      const [year, earliest, latest] = ['1821', '1821-01-01T00:00:00Z', '1821-12-31T23:59:59.999Z'];
      return {
        statements: [
          update('Membership', capacity ?? '', { startDate: '1921', startEarliest: '1921-01-01T00:00:00Z' }),
          update('Statement', id, { date: year, earliest, latest }),
          `UPDATE "StatementTopic" SET "statementEarliest" = '${earliest}' WHERE "statementId" = '${id}'`,
        ],
        finds: [finding('Statement', id, `Its capacity, the Membership ${capacity}, was not held on its date.`)],
      };
    },
    'a published record that depends on a draft': async () => {
      const [id, place] = [await idOf('Event', '"placeId" IS NOT NULL'), randomUUID()];
      return {
        statements: [insertion('Place', { id: place }), update('Event', id, { placeId: place })],
        finds: [finding('Event', id, `It is published, and depends on a draft by its place: the Place ${place}.`)],
        among: true,
      };
    },
    'a published record with a part that depends on a draft': async () => {
      const { id = '', statement = '' } = await one('StatementTopic', 't.id, t."statementId" AS statement', 't."eventId" IS NOT NULL');
      const event = randomUUID();
      return {
        statements: [insertion('Event', { id: event }), update('StatementTopic', id, { eventId: event })],
        finds: [finding('Statement', statement, `It is published, and depends on a draft by its topics: the Event ${event}.`)],
        among: true,
      };
    },
    'records that were merged into one another': async () => {
      const [one, other] = [randomUUID(), randomUUID()].sort() as [string, string];
      const problem = 'It was merged into itself, perhaps through others.';
      return {
        statements: [
          insertion('Person', { id: one, status: 'MERGED', mergedIntoId: other }),
          insertion('Person', { id: other, status: 'MERGED', mergedIntoId: one }),
        ],
        finds: [finding('Person', one, problem), finding('Person', other, problem)],
        among: true,
      };
    },
    'a reference to a record that was merged into another': async () => {
      const [id, place, survivor] = [await idOf('Event', '"placeId" IS NOT NULL'), randomUUID(), await idOf('Place')];
      return {
        statements: [insertion('Place', { id: place, status: 'MERGED', mergedIntoId: survivor }), update('Event', id, { placeId: place })],
        finds: [finding('Event', id, `Its placeId names the Place ${place}, which was merged into another.`)],
        among: true,
      };
    },
    'a circle': async () => {
      const { id = '', parent = '' } = await one('Organization', 't.id, t."parentId" AS parent', 't."parentId" IS NOT NULL');
      return {
        statements: [update('Organization', parent, { parentId: id })],
        finds: [id, parent].map((each) => finding('Organization', each, 'It is above itself, by parentId.')),
        among: true,
      };
    },
    'a document that is taken from itself': async () => {
      const { id = '', source = '' } = await one('Document', 't.id, t."derivedFromId" AS source', 't."derivedFromId" IS NOT NULL');
      return {
        statements: [update('Document', source, { derivedFromId: id })],
        finds: [id, source].map((each) => finding('Document', each, 'It is above itself, by derivedFromId.')),
        among: true,
      };
    },
    'ancestors that are not there': async () => {
      const id = await idOf('Place', '"parentId" IS NOT NULL AND NOT EXISTS (SELECT FROM "Place" AS b WHERE b."parentId" = t.id)');
      return {
        statements: [`UPDATE "Place" SET "ancestorIds" = '{}' WHERE id = '${id}'`],
        finds: [finding('Place', id, 'Its ancestorIds are not those of what it lies below.')],
      };
    },
    'a title that was changed alone': async () => {
      const id = await idOf('Event');
      return {
        statements: [update('Event', id, { titleText: 'The talks' })],
        finds: [finding('Event', id, 'Its titleText is not made of its titles.')],
      };
    },
    'a topic at another time than its statement': async () => {
      const { id = '', statement } = await one('StatementTopic', 't.id, t."statementId" AS statement');
      return {
        statements: [update('StatementTopic', id, { statementEarliest: '1821-01-01T00:00:00Z' })],
        finds: [finding('StatementTopic', id, `Its statementEarliest is not the time of the Statement ${statement}.`)],
      };
    },
    'an entry of the search that shows a draft to readers': async () => {
      const id = await idOf('Statement');
      return {
        statements: [`UPDATE "SearchEntry" SET "status" = 'DRAFT' WHERE "statementId" = '${id}'`],
        finds: [finding('Statement', id, 'Its entries in the search are not what follows from it.')],
      };
    },
    'a record that can’t be found': async () => {
      const id = await idOf('Person');
      return {
        statements: [`DELETE FROM "SearchEntry" WHERE "personId" = '${id}'`],
        finds: [finding('Person', id, 'Its entries in the search are not what follows from it.')],
      };
    },
    'a name that isn’t compared': async () => {
      const id = await idOf('Place');
      return {
        statements: [`DELETE FROM "ComparedName" WHERE "recordId" = '${id}'`],
        finds: [finding('Place', id, 'Its names are not prepared for comparison as they are.')],
      };
    },
  };

  it.each(Object.entries(cases))('shows %s', async (_name, make) => {
    const { statements, finds, among } = await make();
    const found = await behindTheTriggers(statements);
    if (among) expect(found).toEqual(expect.arrayContaining(finds));
    else expect(found).toEqual(finds);
  });
});
