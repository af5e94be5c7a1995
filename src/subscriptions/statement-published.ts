import { queryFromInfo } from '@pothos/plugin-prisma';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { all } from '../graph/condition.ts';
import type { Input } from '../graph/filter.ts';
import { delegateOf, nounOf, refOf } from '../graph/noun.ts';
import type { Query } from '../graph/page.ts';
import type { Change } from './change.ts';
import { writeCursor } from './cursor.ts';
import { Gone } from './deliver.ts';
import { beginning, follow, type Told } from './follow.ts';
import { subscriptionOf } from './subscription.ts';

const noun = nounOf('Statement');

interface Published extends Told {
  where: (context: Context) => Query;
}

const StatementPublished = builder.objectRef<Published>('StatementPublished').implement({
  description: 'A statement was published.',
  fields: (t) => ({
    cursor: t.string({
      description: 'Where this stands among all changes: pass it as `after` to go on from here.',
      resolve: ({ change }) => writeCursor(change),
    }),
    statement: t.field({
      type: refOf('Statement'),
      description: 'The statement as it is now.',
      resolve: async ({ change, where }, _args, context, info) => {
        const query = queryFromInfo({ context, info, typeName: 'Statement' });
        const condition = all([noun.visible(context), where(context), { id: change.recordId }]);
        const [statement] = await delegateOf('Statement', context).findMany({ ...query, where: condition, take: 1 });
        if (!statement) throw new Gone();
        return statement as never;
      },
    }),
  }),
});

builder.subscriptionField('statementPublished', (t) =>
  t.field({
    type: StatementPublished,
    description: 'Tells of each statement that is published, and may still be seen, once, in the order of commits.',
    args: {
      where: t.arg({ type: noun.filter.ref, description: 'Only those that meet this.' }),
      after: t.arg.string({ description: 'Begins with what came after this cursor; without it, with what is still to come.' }),
    },
    subscribe: async (_root, args, context) => {
      const subscription = subscriptionOf(context);
      const where = (of: Context) => noun.filter.where(args.where as Input | null | undefined, of);
      // What is wrong with the filter is said at once.
      where(context);
      const from = await beginning(subscription, args.after);
      const stream = follow(subscription, from, {
        wants: isPublication,
        choose: async (changes, viewer) => {
          const published = changes.filter(isPublication);
          if (published.length === 0) return [];
          const of = { ...context, viewer };
          const found = await delegateOf('Statement', of).findMany({
            where: all([noun.visible(of), where(of), { id: { in: published.map(({ recordId }) => recordId) } }]),
            select: { id: true },
          });
          const ids = new Set((found as { id: string }[]).map(({ id }) => id));
          return published.filter(({ recordId }) => ids.has(recordId));
        },
      });
      return map(stream, (told) => ({ ...told, where }));
    },
    resolve: (published) => published,
  }),
);

const isPublication = ({ model, before, after }: Change) => model === 'Statement' && after === 'PUBLISHED' && before !== 'PUBLISHED';

async function* map<From, To>(stream: AsyncIterable<From>, change: (from: From) => To): AsyncGenerator<To, void, void> {
  for await (const each of stream) yield change(each);
}
