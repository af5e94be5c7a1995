import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import {
  type ActorInput,
  actor,
  actorOf,
  type Changes,
  changed,
  dated,
  inOrder,
  type Optional,
  type RecordInput,
  required,
  type Transaction,
} from '../record/values.ts';

interface MembershipFields {
  member: ActorInput;
  /** UUID of an organization. */
  organizationId: string;
  role?: Optional<string>;
  label?: Optional<string>;
  /** UUID of an organization. */
  onBehalfOfId?: Optional<string>;
  /** EDTF. */
  startDate?: Optional<string>;
  /** EDTF. */
  endDate?: Optional<string>;
}

export interface MembershipInput extends RecordInput, MembershipFields {}

/**
 * Adds a place that someone holds in an organization.
 * @throws {BrokenRule}
 */
export async function createMembership(tx: Transaction, { member, ...input }: MembershipInput): Promise<string> {
  const { id } = await tx.membership.create({ select: { id: true }, data: { ...input, ...membershipColumns({ member, ...input }) } });
  return id;
}

/**
 * @throws {BrokenRule} also when statements were made in this capacity at a time that the change excludes.
 */
export async function updateMembership(tx: Transaction, id: string, changes: Changes<MembershipFields>): Promise<void> {
  const { personId, memberOrganizationId, ...current } = await tx.membership.findUniqueOrThrow({ where: { id }, select: fields });
  const member = required(actorOf(personId, memberOrganizationId));
  const data = membershipColumns(changed<MembershipFields>({ member, ...current }, changes));
  await keepCapacity(tx, id, data);
  await tx.membership.update({ select: { id: true }, where: { id }, data });
  await keepPublished(tx, 'Membership', id);
}

const fields = {
  personId: true,
  memberOrganizationId: true,
  organizationId: true,
  role: true,
  label: true,
  onBehalfOfId: true,
  startDate: true,
  endDate: true,
} as const;

type Columns = ReturnType<typeof membershipColumns>;

export function membershipColumns({ member, ...input }: MembershipFields) {
  const start = dated('startDate', 'start', input.startDate);
  const end = dated('endDate', 'end', input.endDate);
  inOrder(start.startEarliest, end.endLatest, 'endDate');
  const { personId, organizationId: memberOrganizationId } = actor(required(member, 'member'));
  const organizationId = required(input.organizationId, 'organization');
  if (organizationId === memberOrganizationId) {
    throw new BrokenRule('CIRCULAR', 'An organization is not a member of itself.', ['organization']);
  }
  return {
    personId,
    memberOrganizationId,
    organizationId,
    role: input.role ?? null,
    label: input.label ?? null,
    onBehalfOfId: input.onBehalfOfId ?? null,
    ...start,
    ...end,
  };
}

/** How many they are would tell of drafts. */
const hidden = ', perhaps some that you may not see.';

/** The statements that name this place as their speaker's capacity still fit it. */
async function keepCapacity(tx: Transaction, id: string, { personId, memberOrganizationId, startEarliest, endLatest }: Columns) {
  const made = { capacityId: id, status: { not: 'RETRACTED' } } as const;
  const byOthers = await tx.statement.count({
    where: { capacityId: id, NOT: { speakerPersonId: personId, speakerOrganizationId: memberOrganizationId } },
  });
  if (byOthers > 0) {
    throw new BrokenRule('IN_USE', `Statements name this place as the capacity of its present member${hidden} Change them first.`, [
      'member',
    ]);
  }
  const early = startEarliest ? await tx.statement.count({ where: { ...made, latest: { lt: startEarliest } } }) : 0;
  if (early > 0) {
    throw new BrokenRule('CAPACITY_NOT_THEN', `Statements were made in this capacity before that${hidden}`, ['startDate']);
  }
  const late = endLatest ? await tx.statement.count({ where: { ...made, earliest: { gt: endLatest } } }) : 0;
  if (late > 0) {
    throw new BrokenRule('CAPACITY_NOT_THEN', `Statements were made in this capacity after that${hidden}`, ['endDate']);
  }
}
