import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import type { Filled } from '../support/random.ts';
import { askMerge, askUnmerge } from './ask-merge.ts';
import { counts, referencesTo, snapshot } from './snapshot.ts';

const models = ['Person', 'Organization', 'Place', 'Event', 'Document'] as const;

let database: TestDatabase;
let filled: Filled;

beforeAll(async () => {
  const opened = await openFilledDatabase(12);
  [database, filled] = [opened, opened.filled];
  await publishWhatIsNeeded();
  await copyTexts();
});

afterAll(() => database?.close());

/** What chance published may not depend on drafts. */
async function publishWhatIsNeeded(): Promise<void> {
  for (const model of models)
    await database.raw(`UPDATE "${model}" SET "status" = 'PUBLISHED' WHERE "status" = 'DRAFT' AND id::text ~ '[0-9a-e]$'`);
}

/** Every second document is printed again by the one after it, so that quotations of one stand in the other. */
async function copyTexts(): Promise<void> {
  const { raw } = database;
  for (let i = 0; i + 1 < filled.Document.length; i += 2) {
    const [one, other] = [filled.Document[i], filled.Document[i + 1]];
    const ofOther = `("appearanceId" IN (SELECT id FROM "Appearance" WHERE "documentId" = '${other}') OR "citationId" IN (SELECT id FROM "Citation" WHERE "documentId" = '${other}'))`;
    await raw(`DELETE FROM "Span" WHERE ${ofOther}`);
    await raw(
      `UPDATE "Document" AS o SET "text" = d."text", "sha256" = d."sha256" FROM "Document" AS d WHERE d.id = '${one}' AND o.id = '${other}'`,
    );
    await raw(`INSERT INTO "Span" (id, "appearanceId", "kind", "position", "start", "end", "exact", "prefix", "suffix")
      SELECT gen_random_uuid(), a.id, 'CONTENT', 0, s."start", s."end", s."exact", s."prefix", s."suffix" FROM "Appearance" AS a,
        LATERAL (SELECT sp.* FROM "Span" AS sp JOIN "Appearance" AS x ON x.id = sp."appearanceId" WHERE x."documentId" = '${one}' ORDER BY sp.id LIMIT 1) AS s
      WHERE a."documentId" = '${other}'`);
  }
}

/** Two records that chance picks; the first ones, on which most hangs, more often. */
function aPair(r: Random): { model: (typeof models)[number]; survivor: string; duplicate: string } {
  const model = r.pick(models);
  for (;;) {
    const i = r.below(filled[model].length);
    const [survivor, duplicate] =
      model === 'Document'
        ? r.shuffled([filled[model][i - (i % 2)], filled[model][i - (i % 2) + 1]])
        : [r.favourite(filled[model]), r.favourite(filled[model])];
    if (survivor && duplicate && survivor !== duplicate) return { model, survivor, duplicate };
  }
}

async function stayedOf(id: string): Promise<string[]> {
  const rows = (await database.raw(
    `SELECT s ->> 'model' || '.' || (s ->> 'column') || ' ' || (s ->> 'id') AS stayed FROM "Merge", jsonb_array_elements("stayed") AS s WHERE id = '${id}'`,
  )) as { stayed: string }[];
  return rows.map(({ stayed }) => stayed);
}

test('a merge that is taken back leaves every row as it was', async () => {
  const r = new Random(seed);
  const tally = { merged: 0, refused: 0, stayed: 0 };
  let before = await snapshot(database);
  for (let i = 0; i < rounds(10); i++) {
    const { model, survivor, duplicate } = aPair(r);
    const done = await askMerge(database, model, survivor, duplicate);
    const what = `VERBATIM_SEED=${seed}, ${i}: ${model} ${duplicate} into ${survivor}: ${JSON.stringify(done.errors)}`;
    const merged = await snapshot(database);
    if (done.errors.length > 0) {
      tally.refused++;
      expect(
        done.errors.map(({ code }) => code),
        what,
      ).toEqual(['NOT_MERGEABLE']);
      expect(merged, what).toEqual(before);
      continue;
    }
    tally.merged++;
    const stayed = await stayedOf(done.merge?.id ?? '');
    tally.stayed += stayed.length;
    const dangling = await referencesTo(database, model, duplicate);
    expect(
      dangling.filter((each) => !stayed.includes(each)),
      what,
    ).toEqual([]);
    for (const [table, count] of Object.entries(counts(before))) {
      expect(merged[table]?.length, `${what}: ${table}`).toBeGreaterThanOrEqual(count);
    }
    const undone = await askUnmerge(database, model, duplicate);
    expect([undone.errors, undone.kept, undone.laterChanges.totalCount], what).toEqual([[], [], 0]);
    const after = await snapshot(database);
    for (const table of Object.keys(before)) expect(after[table], `${what}: ${table}`).toEqual(before[table]);
    before = after;
  }
  expect(tally.merged).toBeGreaterThan(2);
});

test('merges that build on each other are taken back in any order that is allowed', async () => {
  const r = new Random(seed + 1);
  const before = await snapshot(database);
  const done: { model: string; duplicate: string }[] = [];
  for (let i = 0; i < rounds(14); i++) {
    const { model, survivor, duplicate } = aPair(r);
    const { errors } = await askMerge(database, model, survivor, duplicate);
    if (errors.length === 0) done.push({ model, duplicate });
  }
  expect(done.length).toBeGreaterThan(3);
  let left = r.shuffled(done);
  while (left.length > 0) {
    const refused: typeof left = [];
    for (const each of left) {
      const { errors, kept } = await askUnmerge(database, each.model, each.duplicate);
      if (errors.length > 0) refused.push(each);
      expect([errors.every(({ code }) => code === 'NOT_MERGEABLE'), kept], `VERBATIM_SEED=${seed}: ${JSON.stringify(errors)}`).toEqual([
        true,
        [],
      ]);
    }
    expect(refused.length, `VERBATIM_SEED=${seed}`).toBeLessThan(left.length);
    left = refused;
  }
  const after = await snapshot(database);
  for (const table of Object.keys(before)) expect(after[table], `VERBATIM_SEED=${seed}: ${table}`).toEqual(before[table]);
});
