import { parseLanguage } from '../../language.ts';
import { webAddress } from '../reading/web-address.ts';
import { edtfOf } from './date.ts';

/** What was found wrong, and what was not used, while a review was read. */
export interface Findings {
  problems: string[];
  /** The properties for which the model has no room, each as often as it was there. */
  left: { kind: string; property: string }[];
}

/**
 * The properties of one thing of schema.org, as people publish them: a value may be a list of values, an object with
 * `@value`, a number in a text, and a name may have its prefix. What is wrong is told and counts as absent.
 */
export class Properties {
  readonly types: readonly string[];
  /** Where the thing is, when that is an address of the web. */
  readonly address: string | undefined;
  readonly #values = new Map<string, unknown[]>();
  readonly #kind: string;
  readonly #findings: Findings;

  constructor(kind: string, thing: object, findings: Findings) {
    this.#kind = kind;
    this.#findings = findings;
    this.types = typesOf(thing);
    const { '@id': id } = thing as { '@id'?: unknown };
    this.address = typeof id === 'string' ? webAddress(id) : undefined;
    for (const [name, value] of Object.entries(thing)) {
      const values = list(value);
      if (!name.startsWith('@') && values.length > 0) this.#values.set(withoutPrefix(name), values);
    }
  }

  /** The first text; further ones are left. */
  text(name: string): string | undefined {
    const texts = this.#take(name).flatMap((value) => {
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text === 'string') return text.trim() === '' ? [] : [text.trim()];
      this.problem(name, `${short(value)} is not a text`);
      return [];
    });
    for (const _further of texts.slice(1)) this.leave(name);
    return texts[0];
  }

  date(name: string): string | undefined {
    return this.#parsed(name, edtfOf);
  }

  language(name: string): string | undefined {
    // A language may be a thing with a name, or with a code as its other name.
    const [value] = this.#values.get(name) ?? [];
    const nested = typeof value === 'object' && value !== null ? new Properties('Language', value, { problems: [], left: [] }) : undefined;
    if (nested) this.#values.set(name, [nested.text('alternateName') ?? nested.text('name') ?? '']);
    return this.#parsed(name, (text) => parseLanguage(text.replaceAll('_', '-')));
  }

  /** Every address; what is none is told. */
  addresses(name: string): string[] {
    return this.#take(name).flatMap((value) => {
      const given = typeof value === 'object' && value !== null ? (value as { '@id'?: unknown })['@id'] : value;
      const address = typeof given === 'string' ? webAddress(given) : undefined;
      if (address === undefined && !(typeof given === 'string' && given.trim() === ''))
        this.problem(name, `${short(given)} is not a web address`);
      return address === undefined ? [] : [address];
    });
  }

  /** Things that the property names; of a bare text, a thing with that as its `bare`. */
  things(name: string, kind: string, bare: 'name' | 'url'): Properties[] {
    return this.#take(name).flatMap((value) => {
      if (typeof value === 'string') return value.trim() === '' ? [] : [new Properties(kind, { [bare]: value }, this.#findings)];
      if (typeof value === 'object' && value !== null) return [new Properties(kind, value, this.#findings)];
      this.problem(name, `${short(value)} is not a thing`);
      return [];
    });
  }

  leave(name: string): void {
    this.#findings.left.push({ kind: this.#kind, property: name });
  }

  problem(name: string, why: string): void {
    this.#findings.problems.push(`${this.#kind}.${name} was left out: ${why}.`);
  }

  /** Tells why nothing becomes of the whole. */
  refuse(why: string): [] {
    this.#findings.problems.push(`The review was left out. ${why}.`);
    return [];
  }

  /** Counts all that nobody asked for. */
  leaveRest(): void {
    for (const name of this.#values.keys()) this.leave(name);
    this.#values.clear();
  }

  #parsed(name: string, parse: (text: string) => string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.problem(name, error.message.replace(/\.$/, ''));
      return undefined;
    }
  }

  #take(name: string): unknown[] {
    const values = this.#values.get(name) ?? [];
    this.#values.delete(name);
    return values;
  }
}

/** What a thing is, without the prefix of schema.org. */
export function typesOf(thing: object): string[] {
  return list((thing as { '@type'?: unknown })['@type']).flatMap((type) => (typeof type === 'string' ? [withoutPrefix(type)] : []));
}

const withoutPrefix = (name: string) => name.replace(/^(schema:|https?:\/\/schema\.org\/)/, '');

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(list);
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && '@value' in value) return list(value['@value']);
  if (typeof value === 'object' && '@list' in value) return list(value['@list']);
  return [value];
}

const short = (value: unknown) => `“${(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 60)}”`;
