import { type Edtf, parseEdtf } from '../../edtf.ts';
import { parseLanguage, pickLanguage } from '../../language.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { Where } from '../unreadable.ts';
import type { Notes } from './notes.ts';

// Small questions that are asked of TEI elements.

/** An element with the file that it stands in and the language that it inherits. */
export interface Placed {
  element: XmlElement;
  file: string;
  /** BCP 47; undefined when nothing above it says one. */
  language: string | undefined;
}

export function idOf(element: XmlElement): string | undefined {
  return attribute(element, 'xml:id');
}

/** An attribute that says something. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.get(name)?.trim() || undefined;
}

export function where(file: string, element: XmlElement): Where {
  const id = idOf(element);
  return { file, line: element.line, column: element.column, ...(id === undefined ? {} : { id }) };
}

export function elementsIn(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

export function childrenNamed(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  return elementsIn(element).filter(({ name }) => names.includes(name));
}

/** Follows a path of names and gives all that stands at its end. */
export function find(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce((found, name) => found.flatMap((each) => childrenNamed(each, name)), [element]);
}

/** Blank space becomes single spaces, and none at the ends. A no-break space is a character. */
export function collapse(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

/** All the text in an element. */
export function textOf(element: XmlElement): string {
  const parts = (each: XmlElement): string => each.children.map((child) => (typeof child === 'string' ? child : parts(child))).join('');
  return collapse(parts(element));
}

/** The ids in a list of pointers, such as `#CD.12 #parla.term`. */
export function pointers(value: string | undefined): string[] {
  return (value ?? '').split(/[ \t\r\n]+/).flatMap((each) => (each.startsWith('#') && each.length > 1 ? [each.slice(1)] : []));
}

/**
 * The language of an element. `mul`, several, says none.
 * A tag that isn't BCP 47 is told, and what it inherits counts.
 */
export function languageOf(element: XmlElement, inherited: string | undefined, file: string, notes: Notes): string | undefined {
  const tag = attribute(element, 'xml:lang');
  if (tag === undefined || tag === '') return inherited;
  try {
    return tag === 'mul' ? undefined : parseLanguage(tag);
  } catch (error) {
    notes.problem(where(file, element), `The language can't be read: ${(error as RangeError).message}`);
    return inherited;
  }
}

/** A date of an attribute as EDTF; a wrong one is told as what it is a date of, and gives null. */
export function dateOf(value: string | undefined, what: string, at: Where, notes: Notes): Edtf | null | undefined {
  if (value === undefined) return undefined;
  try {
    return parseEdtf(value);
  } catch (error) {
    notes.problem(at, `${what} can't be read: ${(error as RangeError).message}`);
    return null;
  }
}

/** From when until when; undefined on a side that isn't said. */
export interface Period {
  from: Edtf | undefined;
  to: Edtf | undefined;
}

/** The dates of an element as those of what it tells; wrong ones are told, and give null. */
export function periodOf(element: XmlElement, what: string, file: string, notes: Notes): Period | null {
  const at = where(file, element);
  const when = dateOf(attribute(element, 'when'), `The date of ${what}`, at, notes);
  if (when === null) return null;
  const start = dateOf(attribute(element, 'from'), `The start of ${what}`, at, notes);
  const end = dateOf(attribute(element, 'to'), `The end of ${what}`, at, notes);
  if (start === null || end === null) return null;
  const [from, to] = [start ?? when, end ?? when];
  if (from?.earliest && to?.latest && to.latest < from.earliest) {
    notes.problem(at, `The end of ${what}, ${to.edtf}, is before its start, ${from.edtf}.`);
    return null;
  }
  return { from, to };
}

export interface Worded {
  element: XmlElement;
  text: string;
  /** BCP 47; undefined when it isn't said. */
  language: string | undefined;
}

/** The texts of elements with their languages; without those that are empty. */
export function worded(elements: readonly XmlElement[], { file, language }: Omit<Placed, 'element'>, notes: Notes): Worded[] {
  return elements
    .map((element) => ({ element, text: textOf(element), language: languageOf(element, language, file, notes) }))
    .filter(({ text }) => text.trim() !== '');
}

/** The one in a language; one that says no language, when none is; else the first. */
export function inLanguage<T extends { language: string | undefined }>(texts: readonly T[], language: string | undefined): T | undefined {
  if (language !== undefined) {
    const best = pickLanguage(
      texts.flatMap((each) => each.language ?? []),
      [language],
    );
    const fits = best?.split('-')[0] === language.split('-')[0] ? texts.find((each) => each.language === best) : undefined;
    if (fits) return fits;
  }
  return texts.find((each) => each.language === undefined) ?? texts[0];
}

/** By language, the first of each; in `otherwise` what says none. */
export function localized(texts: readonly Worded[], otherwise: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const { text, language } of texts) result[language ?? otherwise] ??= text;
  return result;
}
