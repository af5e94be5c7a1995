import { builder } from '../builder.ts';
import { connectionOf, rootConnection } from '../graph/connection.ts';
import { delegateOf, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { readRoot } from '../graph/selection.ts';
import { Role } from './account.ts';
import { permit } from './permit.ts';

builder.prismaObject('Token', {
  select: { name: true },
  fields: (t) => ({
    name: t.exposeString('name'),
    account: t.string({
      description: 'The account that whoever sends it acts as.',
      select: { name: true },
      resolve: ({ name }) => `token:${name}`,
    }),
    role: t.expose('role', { type: Role }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    createdBy: t.exposeString('createdBy', { nullable: true }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
  }),
});

const TokenConnection = connectionOf(refOf('Token'), 'Token', 'tokens');

builder.queryField('tokens', (t) =>
  t.field({
    type: TokenConnection,
    nullable: true,
    description: 'Lists the tokens by name, those that were revoked too, without their secrets, in pages. For administrators.',
    args: t.arg.connectionArgs(),
    ...readRoot<PageArgs>(async (args, context, selection) => {
      permit(context.viewer, 'ADMINISTER');
      return rootConnection(
        {
          model: 'Token',
          delegate: delegateOf('Token', context),
          where: () => ({}),
          orderBy: () => [{ path: ['name'], direction: 'asc' }],
        },
        args,
        context,
        selection,
      );
    }),
  } as never),
);
