import { Prisma } from '../generated/prisma/client.ts';
import { type IdentifierInput, identifiers, type NameInput, names } from '../names/write.ts';
import { keepPublished } from '../record/publish.ts';
import {
  type Changes,
  changed,
  dated,
  inOrder,
  type LocalizedInput,
  localized,
  type Optional,
  type RecordInput,
  type Transaction,
  worded,
} from '../record/values.ts';

interface OrganizationFields {
  name: string;
  classification?: Optional<string>;
  /** UUID of an organization. */
  parentId?: Optional<string>;
  /** EDTF. */
  foundingDate?: Optional<string>;
  /** EDTF. */
  dissolutionDate?: Optional<string>;
  summary?: Optional<LocalizedInput>;
}

export interface OrganizationInput extends RecordInput, OrganizationFields {
  names?: readonly NameInput[];
  identifiers?: readonly IdentifierInput[];
}

/**
 * Adds an organization.
 * @throws {BrokenRule}
 */
export async function createOrganization(tx: Transaction, input: OrganizationInput): Promise<string> {
  const { id } = await tx.organization.create({
    select: { id: true },
    data: { ...input, ...organizationColumns(input), names: names(input.names), identifiers: identifiers(input.identifiers) },
  });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateOrganization(tx: Transaction, id: string, changes: Changes<OrganizationFields>): Promise<void> {
  const current = await tx.organization.findUniqueOrThrow({ where: { id }, select: fields });
  // The database keeps the shape of localized text.
  await tx.organization.update({
    select: { id: true },
    where: { id },
    data: organizationColumns(changed(current as OrganizationFields, changes)),
  });
  await keepPublished(tx, 'Organization', id);
}

const fields = { name: true, classification: true, parentId: true, foundingDate: true, dissolutionDate: true, summary: true } as const;

export function organizationColumns(input: OrganizationFields) {
  const founding = dated('foundingDate', 'founding', input.foundingDate);
  const dissolution = dated('dissolutionDate', 'dissolution', input.dissolutionDate);
  inOrder(founding.foundingEarliest, dissolution.dissolutionLatest, 'dissolutionDate');
  return {
    name: worded(input.name, 'name'),
    classification: input.classification ?? null,
    parentId: input.parentId ?? null,
    ...founding,
    ...dissolution,
    summary: input.summary ? localized(input.summary, 'summary') : Prisma.DbNull,
  };
}
