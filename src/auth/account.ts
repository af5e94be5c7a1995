import { builder } from '../builder.ts';
import { readRoot } from '../graph/selection.ts';
import { permissions } from './roles.ts';
import type { Viewer as ViewerShape } from './viewer.ts';

export const Role = builder.enumType('Role', {
  description: 'What an account is for. Each role may do what those before it may.',
  values: {
    READER: { description: 'Sees what is published. So does someone without an account, unless the server is closed to them.' },
    CONTRIBUTOR: { description: 'Makes drafts, and proposes changes to what is published.' },
    EDITOR: { description: 'Sees and changes everything, and reviews what contributors made.' },
    ADMIN: { description: 'Gives and takes back access.' },
  },
} as const);

const Permission = builder.enumType('Permission', {
  description: 'What an account may be allowed.',
  values: {
    READ: { description: 'See what is published.' },
    CONTRIBUTE: { description: 'Make drafts, change one’s own, and propose changes to what is published.' },
    EDIT: { description: 'See and change everything: publish, retract, merge, revert, review.' },
    ADMINISTER: { description: 'See, create and revoke tokens.' },
  },
} as const);

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Who sends this request, and what they may do.',
  fields: (t) => ({
    account: t.exposeString('id', {
      nullable: true,
      description: 'The account, as the history names it: `token:<name>` or `oidc:<subject>`; null without a token.',
    }),
    role: t.expose('role', { type: Role, description: 'The role: READER without a token.' }),
    permissions: t.field({
      type: [Permission],
      description: 'All that the role may do.',
      resolve: ({ role }) => permissions[role],
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who you are here, and what you may do.',
    ...readRoot(async (_args, { viewer }) => viewer),
  } as never),
);
