import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReader, type Query, type Reader } from '../../src/compiler/statement/index.ts';
import { rawRows, readCounts } from '../../src/database/reads.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { getDatamodel } from '../../src/generated/pothos-types.ts';
import { Prisma } from '../../src/generated/prisma/client.ts';
import { examples } from '../../src/playground/examples.ts';
import { run } from '../support/ask.ts';
import { Random } from '../support/chance.ts';
import { isPostgres, openTestDatabase, type TestDatabase } from '../support/database.ts';
import { RandomArgs } from './random-args.ts';

const { datamodel } = getDatamodel();
const statements = 3_000;

let database: TestDatabase;
let reader: Reader;
beforeAll(async () => {
  database = await openTestDatabase();
  await loadDemo(database.prisma);
  // One event that nearly everything is about, as in a real record.
  await database.connection.run(`
    INSERT INTO "Event" (id, status, title) VALUES ('01800000-0000-7000-8000-000000000000', 'PUBLISHED', '{"en":"All"}');
    INSERT INTO "Statement" (id, status, text, language, "quoteType", "attributionText", date, earliest, latest)
      SELECT ('01800000-0000-7000-8001-' || lpad(to_hex(i), 12, '0'))::uuid, (CASE WHEN i % 5 = 0 THEN 'DRAFT' ELSE 'PUBLISHED' END)::"RecordStatus",
        'Statement ' || i, 'en', 'DIRECT', 'a source', '2021', timestamptz '2021-01-01' + i * interval '1 minute', timestamptz '2021-01-01' + i * interval '1 minute'
      FROM generate_series(1, ${statements}) AS i;
    INSERT INTO "StatementTopic" (id, "statementId", "eventId")
      SELECT ('01800000-0000-7000-8002-' || right(id::text, 12))::uuid, id, '01800000-0000-7000-8000-000000000000'
      FROM "Statement" WHERE "attributionText" = 'a source';
  `);
  await database.raw('ANALYZE');
  reader = readerWith({});
});
afterAll(() => database.close());

const readerWith = (options: { maxStatements?: number; onDecline?: (reason: string) => void }) =>
  createReader(datamodel, { run: database.connection.read, ...options });

function statementOf(model: string, args: Query) {
  const explained = reader.explain(model, args);
  if ('declined' in explained) throw new Error(`It was declined: ${explained.declined}.`);
  return explained;
}

describe('is left to Prisma', () => {
  const id = '01800000-0000-7000-8000-000000000000';
  const cases: Record<string, [model: string, args: Query]> = {
    'an unknown model': ['Nobody', {}],
    'an unknown argument': ['Person', { nonsense: 1 }],
    'a cursor': ['Person', { cursor: { id } }],
    distinct: ['Person', { distinct: ['gender'] }],
    omit: ['Person', { omit: { id: true } }],
    'an unknown field': ['Person', { where: { nonsense: 'x' } }],
    'a field of another model': ['Person', { where: { url: 'x' } }],
    'an unknown operator': ['Person', { where: { name: { search: 'x' } } }],
    'an operator that the type has not': ['Person', { where: { status: { gt: 'DRAFT' } } }],
    'a condition on JSON': ['Event', { where: { title: { path: ['en'], equals: 'x' } } }],
    'a null of JSON': ['Event', { where: { description: Prisma.DbNull } }],
    'null for what is required': ['Person', { where: { name: null } }],
    'null in a list': ['Person', { where: { gender: { in: ['x', null] } } }],
    'null for a condition': ['Person', { where: null }],
    'a text for a number': ['Person', { where: { revision: '1' } }],
    'a number that is too large': ['Person', { where: { revision: 3_000_000_000 } }],
    'a fraction for an integer': ['Person', { where: { revision: { gt: 1.5 } } }],
    'a text for a date': ['Person', { where: { createdAt: { gt: '2021-01-01T00:00:00Z' } } }],
    'a date that is none': ['Person', { where: { createdAt: { gt: new Date('') } } }],
    'a date of the year 12021': ['Person', { where: { createdAt: { gt: new Date(Date.UTC(12_021, 0)) } } }],
    'no number': ['Place', { where: { latitude: Number.NaN } }],
    'two operators on a list': ['Event', { where: { ancestorIds: { has: id, isEmpty: false } } }],
    'OR of one object': ['Person', { where: { OR: { name: 'x' } } }],
    'a condition beside `is`': ['Event', { where: { place: { is: { name: 'x' }, name: 'y' } } }],
    '`isNot: null` where there is always one': ['StatementTopic', { where: { statement: { isNot: null } } }],
    'an insensitive comparison': ['Person', { where: { name: { gt: 'x', mode: 'insensitive' } } }],
    'an order by two fields at once': ['Person', { orderBy: { name: 'asc', id: 'asc' } }],
    'an order by a count': ['Person', { orderBy: { names: { _count: 'asc' } } }],
    'nulls in the order of what is required': ['Person', { orderBy: { name: { sort: 'asc', nulls: 'last' } } }],
    'an order that is none': ['Person', { orderBy: { name: 'up' } }],
    'half a row': ['Person', { take: 1.5 }],
    'a negative skip': ['Person', { skip: -1 }],
    'nothing selected': ['Person', { select: {} }],
    'select beside include': ['Person', { select: { id: true }, include: { names: true } }],
    'a count of nothing': ['Person', { select: { _count: { select: {} } } }],
    'a page of a relation to one': ['Event', { select: { place: { take: 1 } } }],
    'arguments that are no plain object': ['Person', { where: new Map() as unknown as Query }],
  };
  test.each(Object.entries(cases))('%s', (_name, [model, args]) => {
    const reasons: string[] = [];
    expect(readerWith({ onDecline: (reason) => reasons.push(reason) }).findMany(model, args)).toBeUndefined();
    expect(reasons).toHaveLength(1);
  });

  test('a count of other than conditions', () => {
    expect(reader.count('Person', { take: 1 })).toBeUndefined();
  });
});

test('a column may have the name of an option', () => {
  const { statement, values } = statementOf('Event', { where: { mode: 'VISIT' } });
  expect(statement.text).toContain('"mode" = $1');
  expect(values).toEqual(['VISIT']);
});

test('all reads of the examples are compiled', async () => {
  const before = { handled: readCounts.handled, declined: { ...readCounts.declined } };
  for (const { query } of examples) await run(database, query);
  expect(readCounts.handled).toBeGreaterThanOrEqual(before.handled + examples.length);
  expect(readCounts.declined).toEqual(before.declined);
});

test('within a transaction, and of the past, Prisma is asked', async () => {
  const [handled, elsewhere] = [readCounts.handled, readCounts.declined['another client'] ?? 0];
  const { asOf } = { asOf: new Date().toISOString() };
  await run(
    database,
    `{ event(by: { id: "${Buffer.from('Event:01800000-0000-7000-8000-000000000000').toString('base64')}" }, asOf: "${asOf}") { id } }`,
  );
  expect(readCounts.handled).toBe(handled);
  expect(readCounts.declined['another client']).toBeGreaterThan(elsewhere);
});

test('no value stands in the text of a statement', () => {
  const marked = (text: string) => `marked ${text}'"$1\\`;
  const args = {
    where: {
      OR: [{ name: marked('a') }, { name: { contains: marked('b'), mode: 'insensitive' } }, { name: { in: [marked('c'), marked('d')] } }],
      NOT: { revision: { gt: 987_654 } },
      birthEarliest: { lt: new Date('1987-06-05T04:03:02.001Z') },
      status: { in: ['RETRACTED'] },
      memberships: { some: { role: { startsWith: marked('e') } } },
    },
    orderBy: { id: 'asc' },
    take: 77,
    skip: 66,
    select: { name: true, names: { take: 9, where: { name: { endsWith: marked('f') } } } },
  };
  const { statement, values } = statementOf('Person', args);
  expect(statement.text).not.toMatch(/marked|987|1987|RETRACTED|77|66/);
  expect(values).toEqual(
    expect.arrayContaining([marked('a'), marked('b'), '987654', '1987-06-05T04:03:02.001Z', '{"RETRACTED"}', '77', '66', '9', marked('f')]),
  );
  // So statements are as many as there are shapes.
  const other = { ...args, take: 90, where: { ...args.where, NOT: { revision: { gt: 1 } }, status: { in: ['DRAFT', 'MERGED'] } } };
  expect(statementOf('Person', other).statement).toBe(statement);
});

test('remembers no more than it may, and prepares no more', () => {
  const small = createReader(datamodel, { run: database.connection.read, maxStatements: 20 });
  const names = new Set<string>();
  const args = new RandomArgs(new Random(1), datamodel.models, new Map([['Person.name', ['x']]]));
  for (let i = 0; i < 400; i++) {
    const query = args.findMany('Person');
    // Twice, since what is asked for once is never prepared.
    for (const _ of [1, 2]) {
      const explained = small.explain('Person', query);
      if ('statement' in explained && explained.statement.name) names.add(explained.statement.name);
    }
  }
  expect(small.remembered).toBe(20);
  expect(names.size).toBe(20);
});

/** The nested page of a list of links whose records may not all be seen. */
const page = (take: number) => ({
  where: { id: '01800000-0000-7000-8000-000000000000' },
  select: {
    topics: {
      where: { statement: { status: 'PUBLISHED' } },
      orderBy: [{ statementEarliest: { sort: 'desc', nulls: 'last' } }, { statementId: 'desc' }],
      take,
      select: { statement: { select: { id: true, text: true, speakerPerson: { select: { name: true } } } } },
    },
  },
});

interface Plan {
  'Actual Rows': number;
  'Actual Loops': number;
  'Relation Name'?: string;
  Plans?: Plan[];
}

test('reads no more rows of a list than its page needs, though it is long', async () => {
  const { statement, values } = statementOf('Event', page(11));
  const literal = statement.text.replaceAll(/\$(\d+)/g, (_, n) => `'${values[Number(n) - 1]}'`);
  const [row] = await database.raw(`EXPLAIN (ANALYZE, FORMAT JSON) ${literal}`);
  const [{ Plan: plan }] = (row as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'];
  const read = new Map<string, number>();
  (function walk(node: Plan) {
    const table = node['Relation Name'];
    if (table) read.set(table, (read.get(table) ?? 0) + node['Actual Rows'] * node['Actual Loops']);
    node.Plans?.forEach(walk);
  })(plan);
  // One in five is a draft.
  expect(read.get('StatementTopic')).toBeLessThanOrEqual(11 * 1.5);
  expect(read.get('Statement')).toBeLessThanOrEqual(11 * 2.5);
  const [event] = (await reader.findMany('Event', page(11))) as { topics: object[] }[];
  expect(event?.topics).toHaveLength(11);
});

// On the embedded database the views of its sessions are the same, but there is nothing to save for a second connection.
test.runIf(isPostgres)('is planned once for all values, unless a word is searched', async () => {
  for (let i = 1; i <= 20; i++) await reader.findMany('Event', page(i % 10 === 0 ? 11 : 10));
  const { statement } = statementOf('Event', page(11));
  const search = { where: { text: { contains: 'Statement 1', mode: 'insensitive' } }, orderBy: { id: 'asc' }, take: 5 };
  for (let i = 0; i < 3; i++) expect(await reader.findMany('Statement', search)).toHaveLength(5);
  expect(statementOf('Statement', search).statement.name).toBe('');
  const prepared = await database.raw(`SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = '${statement.name}'`);
  expect(prepared).toHaveLength(1);
  expect(Number(prepared[0]?.generic_plans)).toBeGreaterThan(Number(prepared[0]?.custom_plans));
});

describe('a statement of our own', () => {
  interface Row {
    n: number;
    text: string | null;
    texts: string[];
    flag: boolean;
    real: number;
    big: bigint;
    at: Date | null;
  }

  test('gives what Prisma gives, whatever the values', async () => {
    const seed = Date.now() % 1e9;
    const random = new Random(seed);
    const { prisma } = database;
    const before = readCounts.handled;
    for (let i = 0; i < 200; i++) {
      const texts = Array.from({ length: random.below(4) }, () => random.text());
      const at = random.chance(0.2) ? null : new Date(-62_135_596_800_000 + random.below(315_000_000) * 1_000_000 + random.below(1_000));
      const text = random.chance(0.2) ? null : random.text();
      const real = (random.below(2_000_001) - 1_000_000) / 7;
      const sql = Prisma.sql`
        SELECT n, ${text}::text AS "text", ${texts}::text[] AS "texts", ${random.chance(0.5)}::boolean AS "flag", ${real}::float8 * n AS "real",
          (n * 9007199254740993)::bigint AS "big", ${at}::timestamptz AS "at" FROM generate_series(1, ${random.below(5)}) AS n ORDER BY n DESC`;
      const rows = await rawRows<Row>({ prisma }, sql, {
        n: 'Json',
        text: 'Json',
        texts: 'Json',
        flag: 'Json',
        real: 'Float',
        big: 'BigInt',
        at: 'DateTime',
      });
      expect(rows, `seed ${seed}`).toEqual(await prisma.$queryRaw(sql));
    }
    expect(readCounts.handled).toBe(before + 200);
  });

  test('is refused as Prisma has it refused', async () => {
    const { prisma } = database;
    const sql = Prisma.sql`SELECT ${'no number'}::integer AS n`;
    const wanted = await prisma.$queryRaw(sql).catch((error) => error);
    expect(wanted).toBeInstanceOf(Error);
    expect(await rawRows({ prisma }, sql, { n: 'Json' }).catch((error) => error)).toEqual(wanted);
    // A date that PostgreSQL reads in another way is left to Prisma, too.
    const late = Prisma.sql`SELECT ${new Date(8.64e15)}::timestamptz AS "at"`;
    const asked = (ask: Promise<unknown>) => ask.catch((error: Error) => error.message);
    expect(await asked(rawRows({ prisma }, late, { at: 'DateTime' }))).toEqual(await asked(prisma.$queryRaw(late)));
  });

  test('is prepared when it comes again, and only so many are', async () => {
    const few = readerWith({ maxStatements: 5 });
    for (let i = 0; i < 20; i++) {
      for (let again = 0; again < 2; again++) {
        expect(await few.raw({ text: `SELECT ${i} AS n, $1::text AS "of"`, values: ['x'] }, { n: 'Json', of: 'Json' })).toEqual([
          { n: i, of: 'x' },
        ]);
      }
    }
    expect(few.remembered).toBe(5);
  });
});

test('dates are kept to the millisecond', async () => {
  // The compiler reads them so; Prisma would cut off what is finer.
  const finer = await database.raw(
    `SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type LIKE 'timestamp%' AND datetime_precision <> 3`,
  );
  const known = new Set(Object.entries(datamodel.models).flatMap(([model, { fields }]) => fields.map(({ name }) => `${model}.${name}`)));
  expect(finer.filter(({ table_name, column_name }) => known.has(`${table_name}.${column_name}`))).toEqual([]);
});
