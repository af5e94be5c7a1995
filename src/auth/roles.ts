/** What an account is for. */
export type Role = 'READER' | 'CONTRIBUTOR' | 'EDITOR' | 'ADMIN';

/** The roles, from the one that may do the least. */
export const roles: readonly Role[] = ['READER', 'CONTRIBUTOR', 'EDITOR', 'ADMIN'];

/** What can be allowed. */
export type Permission =
  /** See what is published. */
  | 'READ'
  /** Make drafts, change one's own, and propose changes to what is published. */
  | 'CONTRIBUTE'
  /** See and change everything: publish, retract, merge, revert, review. */
  | 'EDIT'
  /** Give and take back access. */
  | 'ADMINISTER';

/** What each role may do. This is the whole table. */
export const permissions: Readonly<Record<Role, readonly Permission[]>> = {
  READER: ['READ'],
  CONTRIBUTOR: ['READ', 'CONTRIBUTE'],
  EDITOR: ['READ', 'CONTRIBUTE', 'EDIT'],
  ADMIN: ['READ', 'CONTRIBUTE', 'EDIT', 'ADMINISTER'],
};
