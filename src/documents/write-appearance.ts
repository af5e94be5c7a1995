import type { SpanKind } from '../generated/prisma/enums.ts';
import { keepPublished } from '../record/publish.ts';
import { BrokenRule } from '../record/rule.ts';
import { type Changes, changed, language, type Optional, type RecordInput, required, type Transaction, worded } from '../record/values.ts';
import { placeSpans, type SpanInput } from './place-span.ts';
import { replaceSpans, textOf } from './write-spans.ts';

interface AppearanceFields {
  printedText: string;
  /** BCP 47. */
  language: string;
  isTranslation?: Optional<boolean>;
  /** UUID of an appearance of the same statement. */
  relayedFromId?: Optional<string>;
}

interface AppearanceSpans {
  /** Where the document prints what was said. */
  content: readonly SpanInput[];
  /** Where it marks it as said. */
  cue?: Optional<readonly SpanInput[]>;
  /** Where it names who said it. */
  source?: Optional<readonly SpanInput[]>;
}

export interface AppearanceInput extends RecordInput, AppearanceFields, AppearanceSpans {
  /** UUID of a statement. */
  statementId: string;
  /** UUID of a document. */
  documentId: string;
}

/**
 * Adds an appearance of a statement in a document.
 * @throws {BrokenRule} also when a span doesn't stand in the document's text.
 */
export async function createAppearance(tx: Transaction, { content, cue, source, ...input }: AppearanceInput): Promise<string> {
  const text = await textOf(tx, input.documentId);
  const { id } = await tx.appearance.create({
    select: { id: true },
    data: { ...input, ...appearanceColumns(input), spans: { create: spansOf(text, { content, cue: cue ?? [], source: source ?? [] }) } },
  });
  return id;
}

/**
 * @param changes the spans of a kind are replaced together.
 * @throws {BrokenRule} also when a span doesn't stand in the document's text.
 */
export async function updateAppearance(
  tx: Transaction,
  id: string,
  { content, cue, source, ...changes }: Changes<AppearanceFields & AppearanceSpans>,
): Promise<void> {
  const { documentId, ...current } = await tx.appearance.findUniqueOrThrow({ where: { id }, select: fields });
  await tx.appearance.update({ select: { id: true }, where: { id }, data: appearanceColumns(changed<AppearanceFields>(current, changes)) });
  const spans = spansOf(await textOf(tx, documentId), { content, cue, source });
  const replaced = Object.entries({ CONTENT: content, CUE: cue, SOURCE: source }).flatMap(([kind, given]) =>
    given === undefined ? [] : [kind],
  );
  await replaceSpans(tx, { appearanceId: id }, replaced as SpanKind[], spans);
  await keepPublished(tx, 'Appearance', id);
}

const fields = { documentId: true, printedText: true, language: true, isTranslation: true, relayedFromId: true } as const;

export function appearanceColumns(input: AppearanceFields) {
  return {
    printedText: worded(input.printedText, 'printedText'),
    language: language(required(input.language, 'language'), 'language'),
    isTranslation: input.isTranslation ?? false,
    relayedFromId: input.relayedFromId ?? null,
  };
}

/** What is undefined stays as it is; without content an appearance shows nothing. */
export function spansOf(text: string | null, { content, cue, source }: Changes<AppearanceSpans>) {
  if (content !== undefined && (content ?? []).length === 0) {
    throw new BrokenRule('REQUIRED', 'Say where the document prints what was said: give one span at least.', ['content']);
  }
  return [
    ...placeSpans(text, 'CONTENT', content ?? [], 'content'),
    ...placeSpans(text, 'CUE', cue ?? [], 'cue'),
    ...placeSpans(text, 'SOURCE', source ?? [], 'source'),
  ];
}
