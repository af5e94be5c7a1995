import { keepPublished } from '../record/publish.ts';
import type { Path } from '../record/rule.ts';
import { type Changes, changed, language, type Optional, required, type Transaction, worded } from '../record/values.ts';

export interface TranslationInput {
  /** BCP 47. */
  language: string;
  text: string;
  /** UUID of the document that printed it; absent when it was made for the record. */
  documentId?: Optional<string>;
}

/**
 * Adds a translation of a statement.
 * @throws {BrokenRule}
 */
export async function addTranslation(tx: Transaction, statementId: string, input: TranslationInput): Promise<string> {
  const { id } = await tx.translation.create({ select: { id: true }, data: { statementId, ...translationColumns(input) } });
  await keepPublished(tx, 'Statement', statementId);
  return id;
}

/**
 * @throws {BrokenRule}
 */
export async function updateTranslation(tx: Transaction, id: string, changes: Changes<TranslationInput>): Promise<void> {
  const select = { statementId: true, language: true, text: true, documentId: true } as const;
  const { statementId, ...current } = await tx.translation.findUniqueOrThrow({ where: { id }, select });
  await tx.translation.update({
    select: { id: true },
    where: { id },
    data: translationColumns(changed<TranslationInput>(current, changes)),
  });
  await keepPublished(tx, 'Statement', statementId);
}

export function translationColumns(input: TranslationInput, ...path: Path) {
  return {
    text: worded(input.text, ...path, 'text'),
    language: language(required(input.language, ...path, 'language'), ...path, 'language'),
    documentId: input.documentId ?? null,
  };
}
