import {
  type ActorInput,
  actor,
  dated,
  type IdentifierInput,
  identifiers,
  inOrder,
  type LocalizedInput,
  localized,
  type NameInput,
  names,
  type RecordInput,
  type Transaction,
  worded,
} from '../record/values.ts';

export interface OrganizationInput extends RecordInput {
  name: string;
  classification?: string;
  /** UUID of an organization. */
  parentId?: string;
  /** EDTF. */
  foundingDate?: string;
  /** EDTF. */
  dissolutionDate?: string;
  summary?: LocalizedInput;
  names?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds an organization.
 * @throws {BrokenRule}
 */
export async function createOrganization(tx: Transaction, input: OrganizationInput): Promise<string> {
  const founding = dated('foundingDate', 'founding', input.foundingDate);
  const dissolution = dated('dissolutionDate', 'dissolution', input.dissolutionDate);
  inOrder(founding.foundingEarliest, dissolution.dissolutionLatest, 'dissolutionDate');
  const { id } = await tx.organization.create({
    select: { id: true },
    data: {
      ...input,
      name: worded(input.name, 'name'),
      ...founding,
      ...dissolution,
      summary: input.summary && localized(input.summary, 'summary'),
      names: names(input.names),
      identifiers: identifiers(input.identifiers),
    },
  });
  return id;
}

export interface MembershipInput extends RecordInput {
  member: ActorInput;
  /** UUID of an organization. */
  organizationId: string;
  role?: string;
  label?: string;
  /** UUID of an organization. */
  onBehalfOfId?: string;
  /** EDTF. */
  startDate?: string;
  /** EDTF. */
  endDate?: string;
}

/**
 * Adds a place that someone holds in an organization.
 * @throws {BrokenRule}
 */
export async function createMembership(tx: Transaction, { member, ...input }: MembershipInput): Promise<string> {
  const start = dated('startDate', 'start', input.startDate);
  const end = dated('endDate', 'end', input.endDate);
  inOrder(start.startEarliest, end.endLatest, 'endDate');
  const { personId, organizationId: memberOrganizationId } = actor(member);
  const { id } = await tx.membership.create({
    select: { id: true },
    data: { ...input, ...start, ...end, personId, memberOrganizationId },
  });
  return id;
}
