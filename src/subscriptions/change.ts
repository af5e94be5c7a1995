import { may, type Viewer } from '../auth/viewer.ts';
import type { RecordStatus } from '../generated/prisma/enums.ts';
import type { Place } from './cursor.ts';

/** All that one transaction did to a record and its parts. */
export interface Change extends Place {
  recordId: string;
  model: string;
  /** How often the record had been changed then, its making included. */
  number: number | null;
  /** Its status before and after; null when it was not there. */
  before: RecordStatus | null;
  after: RecordStatus | null;
  at: Date;
  by: string | null;
  /** The account that made the record, if readers were not to see it before or after. */
  createdBy: string | null;
  /** What it was merged into by this change. */
  mergedInto: string | null;
  /** Whether readers had seen it before it was retracted. */
  wasSeen: boolean;
}

export const actions = ['CREATED', 'UPDATED', 'PUBLISHED', 'RETRACTED', 'MERGED', 'RETURNED_TO_DRAFT', 'DELETED'] as const;

/** What the change was, by what became of the record. */
export function actionOf({ before, after }: Pick<Change, 'before' | 'after'>): (typeof actions)[number] {
  if (after === null) return 'DELETED';
  if (after === before) return 'UPDATED';
  if (after !== 'DRAFT') return after;
  return before === null ? 'CREATED' : 'RETURNED_TO_DRAFT';
}

/**
 * Whether a viewer is told of a change: readers of what was done while the record was published, of its
 * publishing, and of the end of that; contributors also of their own drafts, and of what they did themselves;
 * editors of all.
 */
export function isToldOf(viewer: Viewer, { before, after, by, createdBy, wasSeen }: Change): boolean {
  // It came and went, and nobody could have seen it.
  if (before === null && after === null) return false;
  if (may(viewer, 'EDIT') || before === 'PUBLISHED' || after === 'PUBLISHED') return true;
  if (wasSeen && before === 'RETRACTED' && after !== 'RETRACTED') return true;
  if (!may(viewer, 'CONTRIBUTE') || viewer.id === null) return false;
  return by === viewer.id || (createdBy === viewer.id && (before === 'DRAFT' || after === 'DRAFT'));
}
