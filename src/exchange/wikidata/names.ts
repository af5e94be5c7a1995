import { z } from 'zod';
import type { Fields } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import { languageOfWiki } from '../reading/wiki-language.ts';
import type { ExchangeName } from '../record.ts';
import { mapOf } from './statements.ts';

// Labels, descriptions and aliases.

const term = z.object({ value: z.string() });

/** Texts by Wikimedia's code of their language; `mul` stands for those that are the same in many. */
export interface Terms {
  labels: Readonly<Record<string, { value: string }>>;
  descriptions: Readonly<Record<string, { value: string }>>;
  aliases: Readonly<Record<string, readonly { value: string }[]>>;
}

export function termsOf(fields: Fields): Terms {
  return {
    labels: fields.take('labels', mapOf(term)) ?? {},
    descriptions: fields.take('descriptions', mapOf(term)) ?? {},
    aliases: fields.take('aliases', mapOf(z.array(term))) ?? {},
  };
}

/** The languages of which a record is named, after the one that was asked for. */
const preferred = ['en', 'mul', 'fr', 'es', 'de'];

/** The label by which the record is named. */
export function nameOf({ labels }: Terms, language?: string): { name: string; code: string } | undefined {
  const worded = Object.keys(labels).filter((code) => labels[code]?.value.trim());
  const code = [language, language?.toLowerCase(), ...preferred].find((each) => each !== undefined && worded.includes(each)) ?? worded[0];
  return code === undefined ? undefined : { name: labels[code]?.value ?? '', code };
}

interface Named {
  terms: Terms;
  findings: Findings;
}

/** The other labels as translations, and the aliases; without those that are the name itself. */
export function otherNames({ terms, findings }: Named, label: { name: string; code: string }): ExchangeName[] {
  const names = new Map<string, ExchangeName>();
  const add = (name: string, kind: ExchangeName['kind'], code: string) => {
    const language = code === 'mul' ? undefined : languageOfWiki(code);
    const key = JSON.stringify([name, language]);
    if (name.trim() === '') return;
    if (code !== 'mul' && language === undefined) findings.left('names', 'of a language that is not BCP 47');
    else if (name === label.name || names.has(key)) findings.left('names', 'that are given already');
    else names.set(key, { name, kind: language === undefined ? 'ALIAS' : kind, ...(language !== undefined && { language }) });
  };
  for (const [code, { value }] of Object.entries(terms.labels)) {
    if (code !== label.code) add(value, 'TRANSLATION', code);
  }
  for (const [code, aliases] of Object.entries(terms.aliases)) {
    for (const { value } of aliases) add(value, 'ALIAS', code);
  }
  return [...names.values()];
}

export function summaryOf({ terms, findings }: Named): Record<string, string> | undefined {
  const texts = new Map<string, string>();
  for (const [code, { value }] of Object.entries(terms.descriptions)) {
    const language = code === 'mul' ? undefined : languageOfWiki(code);
    if (language === undefined) findings.left('descriptions', 'of a language that is not BCP 47');
    else if (value.trim() !== '' && !texts.has(language)) texts.set(language, value);
  }
  return texts.size > 0 ? Object.fromEntries(texts) : undefined;
}
