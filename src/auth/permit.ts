import { userError } from '../errors.ts';
import type { Permission } from './roles.ts';
import { may, type Viewer } from './viewer.ts';

/**
 * Refuses what the viewer may not do, before anything is looked up.
 * @throws {GraphQLError} UNAUTHENTICATED to someone without an account, else FORBIDDEN.
 */
export function permit(viewer: Viewer, permission: Permission): void {
  if (may(viewer, permission)) return;
  if (viewer.id === null) {
    throw userError('UNAUTHENTICATED', 'This needs an account. Send its token in the header `Authorization: Bearer <token>`.');
  }
  throw userError(
    'FORBIDDEN',
    `The account ${viewer.id} has the role ${viewer.role}, which may not do this: it needs the permission ${permission}. Ask an administrator.`,
  );
}
