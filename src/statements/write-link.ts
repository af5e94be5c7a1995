import type { StatementLinkKind } from '../generated/prisma/enums.ts';
import { keepPublished } from '../record/publish.ts';
import { type Changes, changed, type RecordInput, required, type Transaction } from '../record/values.ts';

interface StatementLinkFields {
  /** UUID of a statement. */
  fromId: string;
  /** UUID of a statement. */
  toId: string;
  kind: StatementLinkKind;
}

export interface StatementLinkInput extends RecordInput, StatementLinkFields {}

/**
 * Adds a link from one statement to another.
 * @throws {BrokenRule}
 */
export async function createStatementLink(tx: Transaction, input: StatementLinkInput): Promise<string> {
  const { id } = await tx.statementLink.create({ select: { id: true }, data: { ...input, ...statementLinkColumns(input) } });
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateStatementLink(tx: Transaction, id: string, changes: Changes<StatementLinkFields>): Promise<void> {
  const current = await tx.statementLink.findUniqueOrThrow({ where: { id }, select: { fromId: true, toId: true, kind: true } });
  await tx.statementLink.update({
    select: { id: true },
    where: { id },
    data: statementLinkColumns(changed<StatementLinkFields>(current, changes)),
  });
  await keepPublished(tx, 'StatementLink', id);
}

export function statementLinkColumns(input: StatementLinkFields) {
  return { fromId: required(input.fromId, 'from'), toId: required(input.toId, 'to'), kind: required(input.kind, 'kind') };
}
