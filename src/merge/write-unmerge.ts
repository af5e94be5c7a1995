import { encodeGlobalID } from '@pothos/plugin-relay';
import type { Viewer } from '../auth/viewer.ts';
import { moveSpans, textOf } from '../documents/write-spans.ts';
import { partModels, recordModels, uniquesOf } from '../graph/model.ts';
import { BrokenRule, type RecordKey } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import { query } from './pair.ts';
import { standing } from './standing.ts';

/** A value, or a row, that was changed since a merge and so was not taken back with it. */
export interface Kept {
  model: string;
  /** The row's UUID. */
  rowId: string;
  /** The column; null for a row as a whole. */
  field: string | null;
  was: unknown;
  is: unknown;
}

export interface Unmerged {
  merge: string;
  survivor: RecordKey;
  kept: Kept[];
  /** The survivor's revisions since the merge lie between these two. */
  after: bigint;
  before: bigint;
}

interface Done {
  id: string;
  model: string;
  survivorId: string;
  duplicateId: string;
  transaction: string;
  first: bigint;
  last: bigint;
}

/**
 * Takes a merge back: both records are as they were, except for what was changed since.
 * @throws {BrokenRule} NOT_MERGEABLE when the record is not merged, when later merges build on this one, or when
 * what is quoted by now doesn't stand in the texts as they were.
 */
export async function unmerge(tx: Transaction, viewer: Viewer, { model, id }: RecordKey): Promise<Unmerged> {
  const done = await tx.merge.findFirst({ where: { model, duplicateId: id, undoneAt: null } });
  if (!done) throw new BrokenRule('NOT_MERGEABLE', 'This record is not merged into another.', ['id']);
  await query(tx, `SELECT id FROM "${model}" WHERE id IN ($1::uuid, $2::uuid) ORDER BY id FOR UPDATE`, done.survivorId, id);
  await refuseBelow(tx, done);
  const [before] = await query<{ id: bigint }>(tx, 'SELECT max(id) + 1 AS id FROM history.revision');
  const rows = await query<{ model: string; rowId: string; columns: string[]; then: Values; now: Values }>(
    tx,
    'SELECT "model", "rowId", "columns", "then", "now" FROM history.undo($1::text::xid8, $2::bigint, $3::bigint)',
    done.transaction,
    done.first,
    done.last,
  );
  if ((await standing(tx, model, id)).status === 'MERGED') {
    throw new BrokenRule('NOT_MERGEABLE', 'The rules of the record don’t allow this record as it was any more.', ['id']);
  }
  if (model === 'Document') for (const document of [done.survivorId, id]) await placeAgain(tx, document);
  await tx.merge.update({ select: { id: true }, where: { id: done.id }, data: { undoneAt: new Date(), undoneBy: viewer.id } });
  return {
    merge: done.id,
    survivor: { model, id: done.survivorId },
    kept: rows.flatMap(keptOf),
    after: done.last,
    before: before?.id ?? done.last,
  };
}

/** What was quoted, or moved with a text, since the merge has to stand in the text that it is now of. */
async function placeAgain(tx: Transaction, document: string): Promise<void> {
  try {
    await moveSpans(tx, document, await textOf(tx, document));
  } catch (error) {
    if (error instanceof BrokenRule) throw new BrokenRule('NOT_MERGEABLE', `With the texts as they were: ${error.message}`, ['id']);
    throw error;
  }
}

type Values = Record<string, unknown> | null;

function keptOf({
  model,
  rowId,
  columns,
  then,
  now,
}: {
  model: string;
  rowId: string;
  columns: string[] | null;
  then: Values;
  now: Values;
}): Kept[] {
  if (!columns?.length || !then || !now) return [{ model, rowId, field: null, was: then, is: now }];
  return columns.map((field) => ({ model, rowId, field, was: then[field] ?? null, is: now[field] ?? null }));
}

/**
 * A merge that builds on this one is taken back first: one of the survivor into another record, one of another
 * record into the survivor, one that left a row that this one changed or changed the same columns of it (or any
 * columns, where no two rows may have the same ones).
 */
async function refuseBelow(tx: Transaction, { id, model, survivorId, transaction, first, last }: Done): Promise<void> {
  const [later] = await query<{ model: string; duplicateId: string; survivorId: string }>(
    tx,
    `WITH mine AS (
       SELECT "model", "rowId", "after" FROM history.revision WHERE "transaction" = $3::text::xid8 AND id BETWEEN $4::bigint AND $5::bigint
     )
     SELECT l."model", l."duplicateId", l."survivorId" FROM "Merge" AS l
     WHERE l."undoneAt" IS NULL AND l."first" > $5::bigint AND l.id <> $1::uuid AND (
       $2::uuid IN (l."survivorId", l."duplicateId")
       OR EXISTS (SELECT FROM mine JOIN jsonb_array_elements(l."stayed") AS s ON mine."rowId"::text IN (s ->> 'id', s ->> 'twin'))
       OR EXISTS (
         SELECT FROM history.revision AS r JOIN mine ON mine."rowId" = r."rowId"
         WHERE r."transaction" = l."transaction"::xid8 AND r.id BETWEEN l."first" AND l."last"
           AND (mine."model" = ANY ($6::text[]) OR EXISTS (SELECT FROM jsonb_object_keys(history.matter(mine."after")) AS k WHERE r."after" ? k))))
     ORDER BY l."first" DESC LIMIT 1`,
    id,
    survivorId,
    transaction,
    first,
    last,
    [...recordModels, ...partModels].filter((each) => uniquesOf(each).length > 0),
  );
  if (!later) return;
  const key = { model: later.model, id: later.duplicateId };
  const what =
    later.duplicateId === survivorId
      ? `The ${model} that this was merged into was itself merged since`
      : `Another ${later.model} was merged since, on top of this`;
  throw new BrokenRule('NOT_MERGEABLE', `${what}. Unmerge that first: ${encodeGlobalID(key.model, key.id)}.`, ['id'], [key]);
}
