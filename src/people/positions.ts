import type { Edtf } from '../edtf.ts';
import { overlap } from '../graph/columns.ts';
import { connectionOf, type Edge, relationConnection } from '../graph/connection.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { nounOf, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';

interface PositionArgs extends PageArgs {
  at: Edtf;
}

interface PositionEdge extends Edge {
  at: Edtf;
}

const bounds = { startLatest: true, endEarliest: true } as const;

const PositionConnection = connectionOf(refOf('Membership'), 'Position', 'places that a person held at a time', (t) => ({
  isCertain: t.boolean({
    description:
      'Whether the dates leave no doubt that the place was held all that time. Where the start or the end is not known, it is only possible.',
    resolve: (edge) => isCertain(edge.row as never, (edge as PositionEdge).at),
  }),
}));

/** The places that a person held, or may have held, at a time. */
export function positionsField(t: AnyFields) {
  const memberships = nounOf('Membership');
  const { resolve, ...planned } = relationConnection<PositionArgs>({
    relation: 'memberships',
    model: 'Membership',
    node: 'Membership',
    where: ({ at }, context) => ({
      AND: [memberships.visible(context), overlap({ earliest: 'startEarliest', latest: 'endLatest' }, at)],
    }),
    orderBy: () => memberships.order.keys(null),
    select: bounds,
  });
  return t.field({
    type: PositionConnection,
    description:
      'The places in organizations that this person held at a time, or may have held, as far as the dates are known: the `memberships` that don’t begin after it or end before it.',
    args: {
      ...t.arg.connectionArgs(),
      at: t.arg({ type: 'EDTF', required: true, description: 'The time: a day, a month, a year, an interval.' }),
    },
    ...planned,
    resolve: (parent: object, args: PositionArgs) => {
      const page = resolve(parent, args);
      return { ...page, edges: page.edges.map((edge) => Object.assign(edge, { at: args.at })) };
    },
  } as never) as AnyField;
}

function isCertain({ startLatest, endEarliest }: { startLatest: Date | null; endEarliest: Date | null }, at: Edtf): boolean {
  return Boolean(startLatest && endEarliest && at.earliest && at.latest && startLatest <= at.earliest && endEarliest >= at.latest);
}
