import { permit } from '../auth/permit.ts';
import { builder } from '../builder.ts';
import { connectionOf, rootConnection } from '../graph/connection.ts';
import { delegateOf, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { readRoot } from '../graph/selection.ts';
import { accountOf } from './import/setter.ts';
import type { Count, Counts, Result } from './import/told.ts';

/** How many records of a model. */
interface ModelCount extends Record<Count, number> {
  model: string;
}

const ImportCount = builder.objectRef<ModelCount>('ImportCount').implement({
  description: 'How many records of one type an import read.',
  fields: (t) => ({
    model: t.exposeString('model', { description: 'The type of the records.' }),
    created: t.exposeInt('created', { description: 'How many are new.' }),
    updated: t.exposeInt('updated', { description: 'How many were there, and were changed.' }),
    unchanged: t.exposeInt('unchanged', { description: 'How many were there already as they are.' }),
    skipped: t.exposeInt('skipped', { description: 'How many were left out.' }),
  }),
});

/** The field `counts` of whatever holds them. */
export const countsField = { type: [ImportCount] as [typeof ImportCount], description: 'How many records were read, by type.' };

export function countsOf(counts: Counts): ModelCount[] {
  return Object.entries(counts).map(([model, each]) => ({ model, created: 0, updated: 0, unchanged: 0, skipped: 0, ...each }));
}

builder.prismaObject('Import', {
  select: { id: true },
  fields: (t) => ({
    account: t.string({
      description: 'What it is called in `createdBy` of the records that it made, and in `by` of the revisions that it caused.',
      select: { id: true },
      resolve: ({ id }) => accountOf(id),
    }),
    format: t.exposeString('format'),
    source: t.exposeString('source'),
    by: t.exposeString('by', { nullable: true }),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    undoneAt: t.expose('undoneAt', { type: 'DateTime', nullable: true }),
    undoneBy: t.exposeString('undoneBy', { nullable: true }),
    counts: t.field({
      ...countsField,
      select: { result: true },
      // What the import wrote.
      resolve: ({ result }) => countsOf((result as unknown as Result).counts),
    }),
  }),
});

interface ImportArgs extends PageArgs {
  account?: string | null;
}

const ImportConnection = connectionOf(refOf('Import'), 'Import', 'imports');

builder.queryField('imports', (t) =>
  t.field({
    type: ImportConnection,
    nullable: true,
    description: 'Lists the imports, the last one first, in pages. For those who work on the record.',
    args: {
      account: t.arg.string({ description: 'Only the one of this account, as `createdBy` of a record names it.' }),
      ...t.arg.connectionArgs(),
    },
    ...readRoot<ImportArgs>(async (args, context, selection) => {
      permit(context.viewer, 'CONTRIBUTE');
      return rootConnection(
        {
          model: 'Import',
          delegate: delegateOf('Import', context),
          where: () => (args.account == null ? {} : { id: idOf(args.account) }),
          orderBy: () => [{ path: ['startedAt'], direction: 'desc' }],
        },
        args,
        context,
        selection,
      );
    }),
  } as never),
);

/** What isn't the account of an import is that of none. */
function idOf(account: string): string | { in: [] } {
  return /^import:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(account)?.[1] ?? { in: [] };
}
