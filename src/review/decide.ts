import { may } from '../auth/viewer.ts';
import type { Plain, Write } from '../mutation/input.ts';
import { performAgain } from '../mutation/mutation.ts';
import type { Outcome } from '../mutation/outcome.ts';
import { BrokenRule, type RecordKey } from '../record/rule.ts';
import { changesOf, type RowChange } from './propose.ts';

interface Proposal extends RecordKey {
  proposal: string;
  mutation: string;
  input: Plain;
  changes: readonly RowChange[];
}

/**
 * Makes a change that was proposed.
 * @throws {BrokenRule} STALE when it would change other values than when it was proposed, or to others, unless it may overwrite.
 */
export async function publishProposal(write: Write, id: string, overwrite: boolean): Promise<Outcome> {
  const proposal = await take(write, id);
  const record = { model: proposal.model, id: proposal.id };
  const { more: _, ...outcome } = await performAgain(proposal.mutation, write, proposal.input);
  const moved = otherwise(proposal.changes, await changesOf(write.tx));
  if (moved.length > 0 && !overwrite) {
    throw new BrokenRule(
      'STALE',
      `Something has changed since this was proposed: ${moved.join('; ')}. Send it back, or publish it with \`overwrite\`.`,
      ['id'],
      [record],
    );
  }
  await write.tx.proposal.update({ select: { id: true }, where: { id }, data: { status: 'PUBLISHED' } });
  return { ...outcome, more: [record] };
}

/**
 * Declines a proposal, or takes it back.
 * @throws {BrokenRule}
 */
export async function declineProposal(write: Write, id: string, reason: string): Promise<Outcome> {
  const record = await take(write, id);
  await write.tx.reviewNote.create({ select: { id: true }, data: { proposalId: id, note: reason, by: write.viewer.id ?? '' } });
  await write.tx.proposal.update({ select: { id: true }, where: { id }, data: { status: 'DECLINED' } });
  return { record };
}

/**
 * Sends a draft or a proposal back with a note.
 * @throws {BrokenRule}
 */
export async function sendBack(write: Write, { model, id }: RecordKey & { revision?: number }, note: string): Promise<Outcome> {
  const by = write.viewer.id ?? '';
  if (model === 'Proposal') {
    const record = await take(write, id);
    await write.tx.reviewNote.create({ select: { id: true }, data: { proposalId: id, note, by } });
    await write.tx.proposal.update({ select: { id: true }, where: { id }, data: { status: 'SENT_BACK' } });
    return { record };
  }
  const [row] = await write.tx.$queryRawUnsafe<{ status: string; revision: number }[]>(
    // The model is one of the data model's: the record was opened under it.
    `SELECT "status"::text, "revision" FROM "${model}" WHERE id = $1::uuid`,
    id,
  );
  if (row?.status !== 'DRAFT') throw new BrokenRule('WRONG_STATUS', 'Only a draft or a proposal can be sent back.', ['id']);
  await write.tx.reviewNote.create({ select: { id: true }, data: { recordId: id, revision: row.revision, note, by } });
  return { record: { model, id } };
}

/** A proposal that waits, so that nobody else decides on it meanwhile. */
async function take({ tx, viewer }: Write, id: string): Promise<Proposal> {
  await tx.$queryRaw`SELECT id FROM "Proposal" WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.proposal.findFirst({ where: { id, ...(may(viewer, 'EDIT') ? {} : { createdBy: viewer.id ?? '' }) } });
  if (!row) throw new BrokenRule('NOT_FOUND', 'There is no such Proposal.', ['id']);
  if (row.status === 'PUBLISHED' || row.status === 'DECLINED') {
    throw new BrokenRule('WRONG_STATUS', `This proposal is ${row.status.toLowerCase()} already.`, ['id']);
  }
  // `propose` alone writes them.
  const { mutation, input, changes } = row as unknown as Proposal;
  return { proposal: id, model: row.model, id: row.recordId, mutation, input, changes };
}

/** What the change does otherwise than when it was proposed: to other values, or with another result. */
function otherwise(then: readonly RowChange[], now: readonly RowChange[]): string[] {
  return now.flatMap(({ model, rowId, action, before, after }) => {
    if (action === 'CREATE') {
      const isShown = then.some(
        (change) => change.action === 'CREATE' && change.model === model && isSame(contentOf(change), contentOf({ after })),
      );
      return isShown ? [] : [`another ${model} would be added than was proposed`];
    }
    const known = then.find((change) => change.rowId === rowId);
    return Object.entries(before ?? {}).flatMap(([column, value]) => {
      const [was, proposed] = [known?.before?.[column] ?? null, known?.after?.[column] ?? null];
      if (!isSame(was, value)) return [`${model}.${column} was ${JSON.stringify(was)} and is ${JSON.stringify(value ?? null)}`];
      const becomes = after?.[column] ?? null;
      return isSame(proposed, becomes)
        ? []
        : [`${model}.${column} would become ${JSON.stringify(becomes)} and not ${JSON.stringify(proposed)}, as was proposed`];
    });
  });
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** A row that is made has another id each time. */
const contentOf = ({ after }: Pick<RowChange, 'after'>) => ({ ...after, id: undefined });
