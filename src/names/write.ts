import type { NameKind } from '../generated/prisma/enums.ts';
import { brokenBy } from '../record/refused.ts';
import { BrokenRule, type Path } from '../record/rule.ts';
import { type Changes, changed, dated, inOrder, language, type Optional, required, type Transaction, worded } from '../record/values.ts';

export interface NameInput {
  name: string;
  kind: NameKind;
  /** BCP 47. */
  language?: Optional<string>;
  /** ISO 15924. */
  script?: Optional<string>;
  /** EDTF. */
  startDate?: Optional<string>;
  /** EDTF. */
  endDate?: Optional<string>;
}

export interface IdentifierInput {
  scheme: string;
  value: string;
}

/** What a name or an identifier is added to: the UUID of one record. */
export type NamedInput = { personId: string } | { organizationId: string } | { placeId: string } | { eventId: string };
export type IdentifiedInput = NamedInput | { documentId: string } | { statementId: string };

/** Other names, to be created with their record. */
export function names(inputs: Optional<readonly NameInput[]>, path = 'names') {
  return { create: (inputs ?? []).map((input, i) => nameColumns(input, path, i)) };
}

/** Identifiers, to be created with their record. */
export function identifiers(inputs: Optional<readonly IdentifierInput[]>) {
  return { create: (inputs ?? []).map((input, i) => identifierColumns(input, 'identifiers', i)) };
}

/**
 * Adds another name to a record.
 * @throws {BrokenRule}
 */
export async function addName(tx: Transaction, owner: NamedInput, input: NameInput): Promise<string> {
  const { id } = await tx.name.create({ select: { id: true }, data: { ...owner, ...nameColumns(input) } });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateName(tx: Transaction, id: string, changes: Changes<NameInput>): Promise<void> {
  const select = { name: true, kind: true, language: true, script: true, startDate: true, endDate: true } as const;
  const current = await tx.name.findUniqueOrThrow({ where: { id }, select });
  await tx.name.update({ select: { id: true }, where: { id }, data: nameColumns(changed<NameInput>(current, changes)) });
}

/**
 * Adds an identifier to a record.
 * @throws {BrokenRule}
 */
export async function addIdentifier(tx: Transaction, owner: IdentifiedInput, input: IdentifierInput): Promise<string> {
  const { id } = await tx.identifier.create({ select: { id: true }, data: { ...owner, ...identifierColumns(input) } }).catch(atValue);
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateIdentifier(tx: Transaction, id: string, changes: Changes<IdentifierInput>): Promise<void> {
  const current = await tx.identifier.findUniqueOrThrow({ where: { id }, select: { scheme: true, value: true } });
  await tx.identifier.update({ select: { id: true }, where: { id }, data: identifierColumns(changed(current, changes)) }).catch(atValue);
}

/** An identifier that is taken, in an input of its own. */
function atValue(error: unknown): never {
  const broken = brokenBy(error);
  throw broken?.code === 'TAKEN' ? new BrokenRule(broken.code, broken.message, ['value']) : error;
}

export function nameColumns(input: NameInput, ...path: Path) {
  const { startDate, startEarliest } = dated('startDate', 'start', input.startDate, ...path);
  const { endDate, endLatest } = dated('endDate', 'end', input.endDate, ...path);
  inOrder(startEarliest, endLatest, ...path, 'endDate');
  if (input.script != null && !/^[A-Z][a-z]{3}$/.test(input.script)) {
    throw new BrokenRule('INVALID_VALUE', `“${input.script}” is not a script of ISO 15924. Write it like Arab or Latn.`, [
      ...path,
      'script',
    ]);
  }
  return {
    name: worded(input.name, ...path, 'name'),
    kind: required(input.kind, ...path, 'kind'),
    language: language(input.language, ...path, 'language'),
    script: input.script ?? null,
    startDate,
    endDate,
  };
}

export function identifierColumns({ scheme, value }: IdentifierInput, ...path: Path) {
  if (!/^[a-z][a-z0-9._-]*$/.test(scheme ?? '')) {
    throw new BrokenRule('INVALID_VALUE', 'A scheme is written in lower case, such as wikidata, viaf or doi.', [...path, 'scheme']);
  }
  return { scheme, value: worded(value, ...path, 'value') };
}
