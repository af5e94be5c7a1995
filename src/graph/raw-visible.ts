import { may, type Viewer } from '../auth/viewer.ts';
import { Prisma } from '../generated/prisma/client.ts';

/** The records that a viewer may see, in a statement of our own: says the same as `visible`. The alias never comes from a request. */
export function rawVisible(viewer: Viewer, alias: string): Prisma.Sql {
  const [status, createdBy] = [Prisma.raw(`${alias}."status"`), Prisma.raw(`${alias}."createdBy"`)];
  if (may(viewer, 'EDIT')) return Prisma.sql`${status} <> 'MERGED'`;
  if (may(viewer, 'CONTRIBUTE')) return Prisma.sql`(${status} = 'PUBLISHED' OR (${status} = 'DRAFT' AND ${createdBy} = ${viewer.id}))`;
  return Prisma.sql`${status} = 'PUBLISHED'`;
}
