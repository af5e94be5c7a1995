import { builder } from '../builder.ts';
import { pickLanguage } from '../language.ts';
import type { AnyField, AnyFields, Row } from './fields.ts';

interface Localized {
  text: string;
  language: string;
}

export const LocalizedText = builder.objectRef<Localized>('LocalizedText').implement({
  description: 'A text in one language.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The text.' }),
    language: t.field({ type: 'Language', description: 'The language that it is in, as BCP 47.', resolve: ({ language }) => language }),
  }),
});

/** The `languages` argument of a localized text. */
export const languagesArg: { type: ['Language']; required: false; description: string } = {
  type: ['Language'],
  required: false,
  description:
    'The languages that you read, the best first. You get the first that is there (`fr` also for `fr-CA`, and the other way round), or any if none is; the answer says which.',
};

/** A text in the language that suits the reader best, from a `{ language: text }` column. */
export function localizedField(t: AnyFields, column: string, description: string, nullable = true) {
  return t.field({
    type: LocalizedText,
    nullable,
    description,
    args: { languages: t.arg(languagesArg) },
    select: { [column]: true },
    resolve: (row: Row, { languages }: { languages?: string[] | null }) => localize(row[column], languages),
  } as never) as AnyField;
}

/** A text in all its languages. */
export function languagesField(t: AnyFields, column: string, description: string) {
  return t.field({
    type: [LocalizedText],
    description,
    select: { [column]: true },
    resolve: (row: Row) => allLanguages(row[column]),
  } as never) as AnyField;
}

/** The text of a `{ language: text }` column in the language that suits best; null when there is no text. */
function localize(column: unknown, languages: readonly string[] | null | undefined): Localized | null {
  if (!isTexts(column)) return null;
  const language = pickLanguage(Object.keys(column), languages ?? []);
  const text = language === undefined ? undefined : column[language];
  return language === undefined || text === undefined ? null : { text, language };
}

/** All texts of a `{ language: text }` column, by language. */
function allLanguages(column: unknown): Localized[] {
  return isTexts(column) ? Object.entries(column).map(([language, text]) => ({ language, text })) : [];
}

/** A check in the database keeps the values texts. */
function isTexts(column: unknown): column is Record<string, string> {
  return typeof column === 'object' && column !== null;
}
