import type { Viewer } from '../auth/viewer.ts';
import { BrokenRule } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import { type Pair, query } from './pair.ts';
import { standing } from './standing.ts';
import { fill, keepDependable, keepNames } from './write-content.ts';
import { placeSpansOf } from './write-places.ts';
import { moveReferences } from './write-references.ts';

/**
 * Merges a record into another of its model. Both are locked and seen by the viewer.
 * @returns the UUID of the merge.
 * @throws {BrokenRule} NOT_MERGEABLE.
 */
export async function merge(tx: Transaction, viewer: Viewer, pair: Pair): Promise<string> {
  const { model, survivor, duplicate } = pair;
  await refuse(tx, pair);
  // Where this transaction's revisions begin: others may write theirs in between.
  const [before] = await query<{ id: bigint }>(tx, 'SELECT coalesce(max(id), 0) AS id FROM history.revision');
  const { moved, stayed } = await moveReferences(tx, pair);
  const taken = await fill(tx, pair);
  await keepNames(tx, pair);
  if (model === 'Document') {
    const quoting = moved.filter((row) => row.model === 'Appearance' || row.model === 'Citation').map(({ id }) => id);
    await placeSpansOf(tx, survivor, quoting, taken.has('text'));
  }
  await keepDependable(tx, pair);
  await query(
    tx,
    `UPDATE "${model}" SET "status" = 'MERGED', "mergedIntoId" = $1::uuid, "retractionReason" = NULL WHERE id = $2::uuid`,
    survivor,
    duplicate,
  );
  // What is checked at the end is checked now, so that a refusal has its place.
  await query(tx, 'SET CONSTRAINTS refuse_new_member, check_relayed IMMEDIATE');
  const [done] = await query<{ transaction: string; first: bigint; last: bigint }>(
    tx,
    `SELECT pg_current_xact_id()::text AS "transaction", min(id) AS "first", max(id) AS "last" FROM history.revision
     WHERE "transaction" = pg_current_xact_id() AND id > $1::bigint`,
    before?.id ?? 0n,
  );
  if (!done) throw new Error('The merge left no revisions.');
  const { id } = await tx.merge.create({
    select: { id: true },
    data: { model, survivorId: survivor, duplicateId: duplicate, by: viewer.id, ...done, stayed: stayed.map((row) => ({ ...row })) },
  });
  return id;
}

async function refuse(tx: Transaction, { model, survivor, duplicate }: Pair): Promise<void> {
  const [one = survivor, other = duplicate] = [survivor, duplicate].sort();
  if (await tx.notSame.findUnique({ where: { one_other: { one, other } }, select: { one: true } })) {
    throw new BrokenRule('NOT_MERGEABLE', 'An editor said that the two are not the same. Take that back first, with `unmarkNotSame`.', [
      'duplicate',
    ]);
  }
  const [kept, gone] = [await standing(tx, model, survivor), await standing(tx, model, duplicate)];
  if (kept.rank >= gone.rank) return;
  throw new BrokenRule(
    'NOT_MERGEABLE',
    `The survivor is ${kept.status} and the duplicate is ${gone.status}. Publish the survivor first, or merge the other way round.`,
    ['survivor'],
    [{ model, id: survivor }],
  );
}
