import { z } from 'zod';
import { Fields, lookUp, present } from '../reading/fields.ts';
import type { Findings } from '../reading/findings.ts';
import { languageOfWiki } from '../reading/wiki-language.ts';
import type { ExchangeIdentifier, ExchangeName } from '../record.ts';
import type { Where } from '../unreadable.ts';
import { validScheme } from './identity.ts';

// What several classes of Popolo have: names, identifiers, references.

export const text = z.string({ error: 'it is not a text' });
/** An id or a code, which some write as a number. */
export const code = z.union([text, z.number().transform(String)], { error: 'it is not a text' });
const embeddedObject = z.object({ id: code.optional() }, { error: 'it is not an object' });
const list = z.array(z.unknown(), { error: 'it is not a list' });

/** The kinds of names by Popolo's notes on them; `multilingual` is EveryPolitician's. */
export const nameNotes = {
  multilingual: 'TRANSLATION',
  translation: 'TRANSLATION',
  'birth name': 'BIRTH',
  'maiden name': 'BIRTH',
  'former name': 'FORMER',
  abbreviation: 'ABBREVIATION',
  acronym: 'ABBREVIATION',
  transliteration: 'TRANSLITERATION',
  alternate: 'ALIAS',
  'alternate name': 'ALIAS',
} as const satisfies Record<string, ExchangeName['kind']>;

/** The other names, without those that are the same as `name` or were there before. */
export function otherNames(fields: Fields, kind: string, name: string, findings: Findings): ExchangeName[] {
  const seen = new Set<string>();
  return objectsIn(fields, 'other_names', kind, findings).flatMap((each) => {
    const other = otherName(each, findings, `${kind}.other_names`);
    if (!other) return [];
    const key = JSON.stringify([other.name, other.language, other.startDate, other.endDate]);
    if (other.name === name || seen.has(key)) {
      findings.left(kind, 'other_names that are given already');
      return [];
    }
    seen.add(key);
    return [other];
  });
}

function otherName(fields: Fields, findings: Findings, kind: string): ExchangeName | undefined {
  const name = fields.take('name', text);
  const lang = fields.take('lang', text);
  const note = fields.take('note', text);
  const noted = lookUp<ExchangeName['kind']>(nameNotes, note?.toLowerCase());
  if (note !== undefined && !noted) findings.left(kind, 'note');
  const language = lang === undefined ? undefined : languageOfWiki(lang.toLowerCase());
  if (lang !== undefined && language === undefined) findings.left(kind, 'lang');
  const startDate = fields.date('start_date', text);
  const endDate = fields.date('end_date', text);
  fields.leaveRest();
  if (name === undefined) {
    findings.problem(fields.at, `${kind}.name is missing: the name was left out.`);
    return undefined;
  }
  // A translation into no language is another name, no more.
  const nameKind = noted === 'TRANSLATION' && language === undefined ? 'ALIAS' : (noted ?? 'ALIAS');
  return present({ name, kind: nameKind, language, startDate, endDate });
}

/** The identifiers that it has of its own, after that of its file. */
export function identifiers(fields: Fields, kind: string, ofFile: readonly ExchangeIdentifier[], findings: Findings): ExchangeIdentifier[] {
  const all = [...ofFile];
  for (const each of objectsIn(fields, 'identifiers', kind, findings)) {
    const scheme = validScheme(each.take('scheme', text) ?? '');
    const value = each.take('identifier', code)?.trim();
    each.leaveRest();
    if (scheme === undefined || value === undefined) findings.left(kind, 'identifiers without a scheme or a value');
    else if (!all.some((other) => other.scheme === scheme && other.value === value)) all.push({ scheme, value });
  }
  return all;
}

/** The id that a field refers to: `area_id`, or the id of an object in `area`. */
export function refId(fields: Fields, name: string): string | undefined {
  const embedded = fields.take(name, embeddedObject);
  return fields.take(`${name}_id`, code) ?? embedded?.id;
}

/** The objects of a list in a field. */
export function objectsIn(fields: Fields, name: string, kind: string, findings: Findings): Fields[] {
  return (fields.take(name, list) ?? []).flatMap((value) => {
    if (isObject(value)) return [new Fields(value, `${kind}.${name}`, fields.at, findings)];
    findings.problem(fields.at, `${kind}.${name} has something that is not an object, which was left out.`);
    return [];
  });
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where an object stands, with its own id. */
export function placeOf(at: Where, value: object): Where {
  const id = Object.hasOwn(value, 'id') ? (value as { id?: unknown }).id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? { ...at, id: String(id).slice(0, 200) } : at;
}
