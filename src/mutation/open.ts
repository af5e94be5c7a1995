import { may, type Reached } from '../auth/viewer.ts';
import { recordModels } from '../graph/model.ts';
import { nounOf } from '../graph/noun.ts';
import { delegate } from '../record/delegate.ts';
import { BrokenRule, type Path, type RecordKey } from '../record/rule.ts';
import { mergeable, type Write } from './input.ts';

/** A record that is about to be changed, locked until the transaction ends. */
export interface Opened extends RecordKey {
  revision: number;
  /** Whether the viewer can only propose the change: it is published, and theirs to see. */
  isProposed: boolean;
}

interface Row extends Reached {
  id: string;
  revision: number;
  mergedIntoId?: string | null;
}

/**
 * Takes a record for a change, so that no other transaction changes it meanwhile.
 * @param expectedRevision the revision that the change was made for, if it matters.
 * @throws {BrokenRule} NOT_FOUND, also when the viewer may not see it; STALE.
 */
export async function open(write: Write, { model, id }: RecordKey, path: Path, expectedRevision?: number | null): Promise<Opened> {
  if (!recordModels.includes(model)) throw new BrokenRule('NOT_FOUND', 'There is no such record.', path);
  const merged = mergeable.has(model) ? ', "mergedIntoId"' : '';
  // The model's name is one of the data model's, and never what a request says.
  const [row] = await write.tx.$queryRawUnsafe<Row[]>(
    `SELECT id, "status"::text, "createdBy", "revision"${merged} FROM "${model}" WHERE id = $1::uuid FOR UPDATE`,
    id,
  );
  if (row?.mergedIntoId) return open(write, { model, id: row.mergedIntoId }, path, expectedRevision);
  if (!row || !(await isVisible(write, { model, id }))) throw new BrokenRule('NOT_FOUND', `There is no such ${model}.`, path);
  if (expectedRevision != null && expectedRevision !== row.revision) {
    throw new BrokenRule(
      'STALE',
      `You expected revision ${expectedRevision}, and it is ${row.revision} now. Look at what changed, and try again with that.`,
      ['expectedRevision'],
      [{ model, id }],
    );
  }
  return { model, id, revision: row.revision, isProposed: !may(write.viewer, 'EDIT') && row.status !== 'DRAFT' };
}

/** Whether the viewer may see a record: what isn't seen isn't changed either. */
export async function isVisible({ tx, viewer }: Write, { model, id }: RecordKey): Promise<boolean> {
  const [row] = await delegate(tx, model).findMany({
    where: { AND: [nounOf(model).visible({ viewer }), { id }] },
    select: { id: true },
    take: 1,
  });
  return row !== undefined;
}
