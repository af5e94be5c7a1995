import type { Edtf } from '../../edtf.ts';
import type { ReadOptions } from '../format.ts';
import { stableId } from '../ids.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { ExchangeIdentifier, Ref } from '../record.ts';
import type { Notes } from './notes.ts';
import { idOf, where } from './tei.ts';

/** A place in a parliament or a government that a person held. */
export interface HeldPlace {
  /** The id of the membership. */
  id: string;
  role: string | undefined;
  /** What the organization is: `parliament` or `government`. */
  of: string;
  from: Edtf;
  /** Undefined when it goes on. */
  to: Edtf | undefined;
}

/** What is known of a corpus while it is read: small maps only, whatever its size. */
export class Corpus {
  readonly scheme: string;
  /** BCP 47; the language of what is shown first. */
  readonly language: string | undefined;
  /** The language of what says none. */
  readonly unsaid: string;
  readonly by: ReadOptions['by'];
  /** What each organization is, by its xml:id. */
  readonly organizations = new Map<string, string | undefined>();
  readonly people = new Map<string, { name: string; places: HeldPlace[] }>();
  /** The terms of parliaments and governments, by xml:id. */
  readonly terms = new Set<string>();
  /** What the taxonomy calls a kind of speaker, by its id, such as `chair`. */
  readonly speakerTypes = new Map<string, string>();
  /** The cities that were given as places. */
  readonly cities = new Set<string>();
  /** Whether there is a list of people; without one, nobody is missing from it. */
  hasPeople = false;
  #taken = new Set<string>();

  constructor(scheme: string, language: string | undefined, { by, language: unsaid }: ReadOptions) {
    this.scheme = scheme;
    this.language = language ?? unsaid;
    this.unsaid = unsaid ?? 'und';
    this.by = by;
  }

  /** The id of a record or a link, from what names it in the corpus. */
  id(kind: string, ...key: readonly string[]): string {
    return stableId(this.scheme, kind, ...key);
  }

  identifier(value: string): ExchangeIdentifier {
    return { scheme: this.scheme, value };
  }

  ref(value: string): Ref {
    return { identifier: this.identifier(value) };
  }

  /** Takes something that only one record can have. @returns whether it was free. */
  take(key: string): boolean {
    if (this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  /** The xml:id of what becomes a record; without one, or with that of another, it is told. */
  claim(element: XmlElement, file: string, notes: Notes): string | undefined {
    const id = idOf(element);
    if (id !== undefined && this.take(`#${id}`)) return id;
    const what = id === undefined ? 'has no xml:id' : `has the xml:id "${id}" of another`;
    notes.problem(where(file, element), `This <${element.name}> ${what}; it is left out.`);
    return undefined;
  }
}
