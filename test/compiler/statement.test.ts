import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReader, type Query, type Reader } from '../../src/compiler/statement/index.ts';
import { isRefusal } from '../../src/database/reads.ts';
import { getDatamodel } from '../../src/generated/pothos-types.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { RandomArgs } from './random-args.ts';
import { difference } from './same.ts';

const { datamodel } = getDatamodel();
const { models } = datamodel;

interface Delegate {
  findMany(args: Query): Promise<object[]>;
  count(args: Query): Promise<number>;
}

let database: TestDatabase;
let reader: Reader;
const declined = new Map<string, number>();
beforeAll(async () => {
  database = await openFilledDatabase(12);
  reader = createReader(datamodel, {
    run: database.connection.read,
    onDecline: (reason) => declined.set(reason, (declined.get(reason) ?? 0) + 1),
  });
});
afterAll(() => database.close());

function prismaOf(model: string): Delegate {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  return (database.prisma as unknown as Record<string, Delegate>)[name] as Delegate;
}

/** What stands in each column, by `Model.field`; of a column with lists, what stands in those. */
async function valuesOf(): Promise<Map<string, unknown[]>> {
  const values = new Map<string, unknown[]>();
  for (const [model, { fields }] of Object.entries(models)) {
    const rows = (await prismaOf(model).findMany({ take: 300 })) as Query[];
    for (const { name, kind } of fields) {
      if (kind !== 'object') values.set(`${model}.${name}`, [...new Set(rows.flatMap((row) => row[name] ?? []))]);
    }
  }
  return values;
}

test('random arguments have the answers that Prisma gives', async () => {
  const random = new Random(seed);
  const args = new RandomArgs(random, models, await valuesOf());
  // Views over all tables take long, and most of their rows are none's.
  const names = Object.keys(models).flatMap((name) =>
    /Entry|ReviewItem|PossibleCapacity|Mention/.test(name) ? [name] : [name, name, name],
  );
  const usual = rounds(1500);
  const kinds = { compared: 0, declined: 0, refused: 0, rows: 0 };
  const check = async (i: number) => {
    const model = random.pick(names);
    const operation = random.chance(0.1) ? 'count' : 'findMany';
    const query = args[operation](model);
    const shown = () => `case ${i} of seed ${seed}: ${model} ${operation} ${inspect(query, { depth: null, breakLength: Infinity })}`;
    const answer = reader[operation](model, query);
    if (!answer) {
      kinds.declined++;
      return;
    }
    const [ours, theirs] = await Promise.allSettled([answer, prismaOf(model)[operation](query)]);
    if (theirs.status === 'rejected' || ours.status === 'rejected') {
      kinds.refused++;
      // Then Prisma is asked: it knows that nothing is needed of the database, such as for a page of none.
      if (ours.status === 'rejected' && isRefusal(ours.reason)) return;
      const [error] = [ours, theirs].flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
      if (theirs.status !== ours.status) throw new Error(`${shown()}: refused by one alone: ${error}`);
      return;
    }
    const found = difference(ours.value, theirs.value, query);
    if (found) throw new Error(`${shown()}: ${found}\n${JSON.stringify(reader.explain(model, query))}`);
    kinds.compared++;
    kinds.rows += Array.isArray(theirs.value) ? theirs.value.length : 0;
  };
  for (let i = 0; i < usual; i += 6) {
    await Promise.all(Array.from({ length: 6 }, (_, k) => check(i + k)));
    if (i % 6000 === 5994) console.info(JSON.stringify({ seed, ...kinds, declined: Object.fromEntries(declined) }));
  }
  expect(kinds.compared).toBeGreaterThan(usual * 0.9);
  expect(kinds.refused).toBeLessThan(usual * 0.02);
  expect(kinds.rows).toBeGreaterThan(usual);
});

test('a condition that names a record has the answer that Prisma gives, whatever stands around it', async () => {
  const random = new Random(seed);
  const people = (await database.prisma.person.findMany({ select: { id: true, status: true, name: true } })).slice(0, 40);
  for (let i = 0; i < rounds(150); i++) {
    const { id, status, name } = random.pick(people);
    const others = random.pick([
      {},
      { status },
      { status: random.pick(people).status },
      { name },
      { memberships: { some: {} } },
      { NOT: { name } },
    ]);
    const named = random.pick([
      { id, ...others },
      { id: { equals: id }, ...others },
      { AND: [others, { AND: { id } }] },
      { AND: [{ id }, { id: random.pick(people).id }] },
      { OR: [{ id }, others] },
      { NOT: { id } },
      { id: { not: id }, ...others },
      { id: { in: [id] }, ...others },
    ]);
    const relation = random.pick([{ speakerPerson: named }, { speakerPerson: { is: named } }, { speakerPerson: { isNot: named } }]);
    const date = { earliest: { gte: new Date('2021-06-01') } };
    const around = random.pick([
      relation,
      { NOT: relation },
      { OR: [relation, date] },
      { AND: [{ NOT: [date, relation] }] },
      { ...relation, ...date },
    ]);
    const within = random.pick(['some', 'every', 'none']);
    const [model, where] = random.pick<[string, object]>([
      ['Statement', around],
      ['StatementTopic', { statement: around }],
      ['Person', { statements: { [within]: around } }],
    ]);
    const query = { where, select: { id: true }, orderBy: { id: 'asc' } };
    const what = `seed ${seed}: ${model} ${inspect(where, { depth: 9 })}`;
    expect(await reader.findMany(model, query), what).toEqual(await prismaOf(model).findMany(query));
  }
}, 120_000);
