import type { RecordStatus } from '../generated/prisma/enums.ts';
import { type Permission, permissions, type Role } from './roles.ts';

/** Who asks. */
export interface Viewer {
  /** The account, as the history names it: `token:desk`, `oidc:<subject>`; null for someone of whom nothing is known. */
  id: string | null;
  role: Role;
}

/** Someone of whom nothing is known. */
export const reader: Viewer = { id: null, role: 'READER' };

export function may(viewer: Viewer, permission: Permission): boolean {
  return permissions[viewer.role].includes(permission);
}

/**
 * The records that a viewer may see, as a Prisma `where` on any model with a status: readers what is
 * published, contributors their own drafts too, editors all. A record that was merged into another is
 * reached by its id alone, which leads to the other.
 */
export function visible(viewer: Viewer): Record<string, unknown> {
  if (may(viewer, 'EDIT')) return { status: { not: 'MERGED' } };
  if (may(viewer, 'CONTRIBUTE')) return { OR: [{ status: 'PUBLISHED' }, { status: 'DRAFT', createdBy: viewer.id }] };
  return { status: 'PUBLISHED' };
}

/** The columns that `seen` looks at. */
export const seenColumns = { status: true, createdBy: true } as const;

/** Those of them that matter for a viewer: only contributors see what is theirs alone. */
export function seenColumnsOf(viewer: Viewer): Partial<typeof seenColumns> {
  return may(viewer, 'CONTRIBUTE') && !may(viewer, 'EDIT') ? seenColumns : { status: true };
}

/** A record with the columns that tell who may see it. */
export interface Reached {
  status: RecordStatus;
  createdBy: string | null;
}

/** Whether the viewer may see a record: says the same as `visible`. */
export function maySee(viewer: Viewer, { status, createdBy }: Reached): boolean {
  if (may(viewer, 'EDIT')) return status !== 'MERGED';
  return status === 'PUBLISHED' || (may(viewer, 'CONTRIBUTE') && status === 'DRAFT' && createdBy === viewer.id);
}

/** A record that was reached through a relation, or null if the viewer may not see it. */
export function seen<Row extends Reached>(viewer: Viewer, row: Row | null | undefined): Row | null {
  return row && maySee(viewer, row) ? row : null;
}

/** A link whose person or organization the viewer may see. */
export function visibleActor(viewer: Viewer) {
  return { OR: [{ person: visible(viewer) }, { organization: visible(viewer) }] };
}
