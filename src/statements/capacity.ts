import { seen, seenColumnsOf } from '../auth/viewer.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import type { AnyField, AnyFields, Nested, Reached, Row } from '../graph/fields.ts';
import { nounOf, refOf } from '../graph/noun.ts';

const CapacityBasis = builder.enumType('CapacityBasis', {
  description: 'Where the knowledge of a capacity comes from.',
  values: {
    RECORDED: { description: 'The record says in which capacity this statement was made.' },
    MEMBERSHIPS: {
      description: 'It is not recorded; these are the places that the speaker held, or may have held, on the date of the statement.',
    },
  },
});

interface Capacity {
  basis: 'RECORDED' | 'MEMBERSHIPS';
  memberships: object[];
}

const Capacity = builder.objectRef<Capacity>('Capacity').implement({
  description:
    'The capacity in which a statement was made: as recorded, or, when none was recorded, what the memberships say for that date.',
  fields: (t) => ({
    basis: t.expose('basis', { type: CapacityBasis, description: 'Whether it is recorded, or follows from the memberships.' }),
    memberships: t.field({
      type: [refOf('Membership')],
      description: `The place that the speaker held when speaking. When it is not recorded, all that fit the date, up to ${most}, the most certain first.`,
      resolve: ({ memberships }) => memberships as never,
    }),
  }),
});

/** More places than a person holds at a time. */
const most = 20;

/** A membership with its ends, without which it can't be seen. */
type Place = Reached & Record<'organization' | 'person' | 'memberOrganization', Reached | null>;

/** The capacity of a statement's speaker; null when nothing is known of it. */
export function capacityField(t: AnyFields) {
  return t.field({
    type: Capacity,
    nullable: true,
    description: 'The capacity in which it was said; null when none is recorded and no membership of the speaker fits the date.',
    select: (_args: object, context: Context, nested: Nested) => {
      const end = { select: seenColumnsOf(context.viewer) };
      const select = { ...end.select, organization: end, person: end, memberOrganization: end };
      const membership = nested({ select }, ['memberships'], 'Membership');
      return {
        capacity: membership,
        possibleCapacities: {
          where: { membership: nounOf('Membership').visible(context) },
          orderBy: [{ isCertain: 'desc' }, { membershipId: 'asc' }],
          take: most,
          select: { membership },
        },
      };
    },
    resolve: (row: Row, _args: object, { viewer }: Context): Capacity | null => {
      const recorded = seen(viewer, row.capacity as Place | null);
      const canBeSeen =
        seen(viewer, recorded?.organization) && (seen(viewer, recorded?.person) ?? seen(viewer, recorded?.memberOrganization));
      if (recorded && canBeSeen) return { basis: 'RECORDED', memberships: [recorded] };
      // A capacity that is recorded and may not be seen is not to be guessed either.
      if (row.capacity) return null;
      const memberships = (row.possibleCapacities as { membership: object }[]).map(({ membership }) => membership);
      return memberships.length > 0 ? { basis: 'MEMBERSHIPS', memberships } : null;
    },
  } as never) as AnyField;
}
