import type { RecordStatus } from '../generated/prisma/enums.ts';

/** Who asks. */
export interface Viewer {
  /** The status of the records that this viewer may see. */
  sees: RecordStatus;
}

/** Someone of whom nothing is known. */
export const reader: Viewer = { sees: 'PUBLISHED' };

/** The records that a viewer may see, as a Prisma `where` on any model with a status. */
export function visible(viewer: Viewer): { status: RecordStatus } {
  return { status: viewer.sees };
}

/** A record that was reached through a relation, or null if the viewer may not see it. */
export function seen<Row extends { status: RecordStatus }>(viewer: Viewer, row: Row | null | undefined): Row | null {
  return row && row.status === viewer.sees ? row : null;
}

/** A link whose person or organization the viewer may see. */
export function visibleActor(viewer: Viewer) {
  return { OR: [{ person: visible(viewer) }, { organization: visible(viewer) }] };
}
