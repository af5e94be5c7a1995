import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertion } from '../database/rows.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import type { Filled } from '../support/random.ts';
import { Editor, rowsOf, tables } from '../support/random-edits.ts';

const views = ['Mention', 'TimelineEntry', 'Revision'];

let database: TestDatabase;
let ids: Filled;

beforeAll(async () => {
  const { filled, ...opened } = await openFilledDatabase(8);
  [database, ids] = [opened, filled];
});

afterAll(() => database?.close());

test('the record as of any instant is what it was', async () => {
  const editor = new Editor(database, new Random(seed + 1), ids);
  const kept: { at: string; rows: Record<string, unknown> }[] = [];
  for (let i = 0; i < rounds(10); i++) {
    await editor.transact(1 + (i % 10));
    const [now] = await database.raw('SELECT max("at")::text AS at FROM history.revision');
    kept.push({ at: String(now?.at), rows: await everything('public') });
    await sleep(3);
  }
  for (const { at, rows } of kept) {
    expect(await everything('past', at), at).toEqual(rows);
  }
});

test('a column that is added is there in the past, too, and stays with what is kept of a row', async () => {
  const id = crypto.randomUUID();
  await database.raw(insertion('Place', { id, name: 'Lisbon' }));
  const [before] = await database.raw('SELECT clock_timestamp()::text AS at');
  await database.raw('ALTER TABLE "Place" ADD COLUMN "population" integer');
  await database.raw('SELECT history.renew()');
  await database.raw(`UPDATE "Place" SET "population" = 500000 WHERE id = '${id}'`);
  const [between] = await database.raw('SELECT clock_timestamp()::text AS at');
  await sleep(3);
  await database.raw(`UPDATE "Place" SET "population" = 550000 WHERE id = '${id}'`);
  const population = async (at: unknown) =>
    ((await everything('past', String(at))).Place as { id: string; population: number }[]).find((row) => row.id === id)?.population;
  expect(await population(before?.at)).toBeNull();
  expect(await population(between?.at)).toBe(500000);
  expect(await population('now')).toBe(550000);
});

/** All rows of all tables and views, as of an instant or now. */
async function everything(schema: string, asOf = 'infinity'): Promise<Record<string, unknown>> {
  const possible = `(SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY "statementId", "membershipId"), '[]')::text FROM ${schema}."PossibleCapacity" AS t) AS rows`;
  const select = [
    ...[...tables, ...views].map((table) => `SELECT '${table}' AS name, ${rowsOf(schema, table)}`),
    `SELECT 'PossibleCapacity', ${possible}`,
  ].join(' UNION ALL ');
  return database.prisma.$transaction(
    async (tx) => {
      await tx.$queryRawUnsafe(`SELECT history.look_back('${asOf}', true)`);
      const rows = await tx.$queryRawUnsafe<{ name: string; rows: string }[]>(select);
      return Object.fromEntries(rows.map(({ name, rows }) => [name, JSON.parse(rows)]));
    },
    { timeout: 60_000 },
  );
}
