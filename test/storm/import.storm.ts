import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCorpus } from '../../bench/corpus.mjs';
import { verify } from '../../src/verify/verify.ts';
import { build, cli, endAll, start, temporaryFolder, verbatim } from '../process/program.ts';
import { embeddedGrounds, type Ground, type Grounds, postgresGrounds, within } from './ground.ts';
import { corpus, importKills, sittings } from './settings.ts';

// An import that is killed at any moment and started again makes the same database, row for row, as one that was
// left alone.

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let source: string;

beforeAll(async () => {
  await build();
  folder = await temporaryFolder();
  source = corpus ?? join(folder.path, 'corpus');
  if (!corpus) await writeCorpus(source, { sittings, speeches: 20, people: 60 });
}, 300_000);
afterAll(async () => {
  await endAll();
  await folder?.remove();
});

const args = () => ['import', 'parlamint', source, '--by', 'paragraph', '--status', 'published'];

describe.each([
  ['PGlite', embeddedGrounds],
  ['PostgreSQL', postgresGrounds],
] as const)('on %s', (_name, make) => {
  let grounds: Grounds;
  beforeAll(async () => {
    grounds = await make();
  });
  afterAll(() => grounds?.close());

  it('an import that is killed again and again ends as one that was left alone', async () => {
    const [calm, rough] = [await grounds.make(), await grounds.make()];
    const began = performance.now();
    expect(await verbatim(calm.variables, ...args())).toMatchObject({ code: 0 });
    const took = performance.now() - began;

    let kills = 0;
    while (kills < importKills) {
      const run = start(rough.variables, cli, ...args());
      const ended = await Promise.race([
        run.ended,
        sleep(randomInt(500, Math.max(1000, Math.ceil((took * 2) / importKills)))).then(() => undefined),
      ]);
      // It may have been done sooner than it was to be killed.
      if (ended) break;
      run.process.kill('SIGKILL');
      await run.ended;
      kills += 1;
    }
    const last = await verbatim(rough.variables, ...args());
    expect(last).toMatchObject({ code: 0 });
    console.info(`${grounds.name}: killed ${kills} times; ${last.stdout.split('\n')[0]}`);
    expect(kills).toBeGreaterThan(0);

    const [one, other] = [await digests(calm), await digests(rough)];
    expect(Object.keys(one).length).toBeGreaterThan(10);
    expect(other).toEqual(one);
    expect(await within(rough, async ({ prisma }) => (await verify(prisma)).findings)).toEqual([]);
  });
});

/** What each table holds, without when it was written. */
function digests(ground: Ground): Promise<Record<string, string>> {
  return within(ground, async ({ prisma }) => {
    const tables = await prisma.$queryRaw<
      { name: string }[]
    >`SELECT name FROM history.watched UNION SELECT 'ImportBatch' UNION SELECT 'ImportWaiting' ORDER BY name`;
    const times = `'{createdAt,updatedAt,startedAt,finishedAt,transaction,first,last,at,began}'::text[]`;
    const digest = async (table: string, order: string) => {
      const [row] = await prisma.$queryRawUnsafe<{ rows: bigint; digest: string }[]>(
        `SELECT count(*) AS rows, coalesce(md5(string_agg(md5(row::text), '' ORDER BY nth)), '') AS digest FROM (
           SELECT to_jsonb(t) - ${times} AS row, row_number() OVER (ORDER BY ${order}) AS nth FROM ${table} AS t) AS rows`,
      );
      return `${row?.rows} rows ${row?.digest}`;
    };
    const found: Record<string, string> = {};
    for (const { name } of tables) found[name] = await digest(`"${name}"`, name.startsWith('Import') ? '"number"' : 'id');
    // One that was killed when all was done is followed by one that finds nothing to do.
    found.Import = await digest('(SELECT * FROM "Import" WHERE id IN (SELECT "importId" FROM "ImportBatch"))', 'id');
    // The history, in its order: each revision with what it says, but for the instants.
    const [row] = await prisma.$queryRawUnsafe<{ rows: bigint; digest: string }[]>(
      `SELECT count(*) AS rows, coalesce(md5(string_agg(md5(concat_ws(' ', "recordId", "model", "rowId", "number", "status", "action", ("before" - ${times})::text, ("after" - ${times})::text, "by")), '' ORDER BY id)), '') AS digest
       FROM history.revision`,
    );
    found.revision = `${row?.rows} rows ${row?.digest}`;
    // What is searched is the same, under ids of its own.
    const [entries] = await prisma.$queryRawUnsafe<{ digest: string }[]>(
      `SELECT md5(coalesce(string_agg(e, '' ORDER BY e), '')) AS digest FROM (SELECT md5((to_jsonb(t) - 'id')::text) AS e FROM "SearchEntry" AS t) AS entries`,
    );
    found.SearchEntry = entries?.digest ?? '';
    return found;
  });
}
