import type { Models } from './datamodel.ts';
import { Declined, decline } from './decline.ts';
import { listText } from './list.ts';
import { sizeOf } from './sizes.ts';

// The shape of a query's arguments: all of them but the values, written as a short text. It is what a
// statement is made from and found again by, so that no value can reach the SQL. The values stand beside
// it in the same order, as PostgreSQL reads them.
//
// Every name is one character beyond U+00FF, so that shapes can't be confused whatever the names are. The
// rest are marks: { } and [ ] for objects and lists, and one letter for each value.

/** A Prisma query's arguments, or a part of them. */
export type Query = Record<string, unknown>;

export interface Shape {
  key: string;
  values: (string | null)[];
}

/** Names that arguments have beside those of the data model. */
const words = [
  ...['select', 'include', 'where', 'orderBy', 'take', 'skip', '_count'],
  ...['AND', 'OR', 'NOT', 'is', 'isNot', 'some', 'none', 'every'],
  ...['equals', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'contains', 'startsWith', 'endsWith', 'not', 'mode'],
  ...['has', 'hasSome', 'hasEvery', 'isEmpty', 'sort', 'nulls'],
  ...['asc', 'desc', 'first', 'last', 'default', 'insensitive'],
];

/** Longer shapes are no query that somebody asks twice. */
const longestKey = 20_000;

/** The names that arguments may have, and their characters. */
export class Names {
  readonly #characters = new Map<string, string>();
  readonly #names: string[] = [];

  constructor(models: Models) {
    const fields = [...models.values()].flatMap(({ fields }) => [...fields.keys()]);
    for (const name of new Set([...words, ...models.keys(), ...fields])) {
      this.#characters.set(name, String.fromCharCode(0x100 + this.#names.length));
      this.#names.push(name);
    }
  }

  /** @throws {Declined} when no argument can have that name. */
  characterOf(name: string): string {
    return this.#characters.get(name) ?? decline('unknown name');
  }

  nameOf(character: string): string {
    return this.#names[character.charCodeAt(0) - 0x100] ?? decline('unknown name');
  }
}

/** Reads the shape and the values of arguments. */
export function shapeOf(names: Names, query: Query): Shape | Declined {
  const reading = new Reading(names);
  try {
    reading.query(query);
  } catch (error) {
    if (error instanceof Declined) return error;
    throw error;
  }
  return reading.key.length > longestKey ? new Declined('too long') : reading;
}

class Reading implements Shape {
  key = '';
  readonly values: (string | null)[] = [];
  readonly #names: Names;
  /** The parameters of the alternatives that are being read, by their columns and values. */
  #shared: Map<string, number> | undefined;

  constructor(names: Names) {
    this.#names = names;
  }

  query(query: Query): void {
    this.key += '{';
    for (const name in plain(query)) {
      const value = query[name];
      if (value === undefined) continue;
      this.key += this.#names.characterOf(name);
      if (name === 'select' || name === 'include') this.#selection(value);
      else if (name === 'where') this.#where(plain(value));
      else if (name === 'orderBy') this.#order(value);
      else if (name === 'take') this.#take(value, query.skip);
      else if (name === 'skip') this.#skip(value);
      else decline(`argument ${name}`);
    }
    this.key += '}';
  }

  #selection(value: unknown): void {
    const selection = plain(value);
    this.key += '{';
    for (const name in selection) {
      const part = selection[name];
      if (part === undefined) continue;
      this.key += this.#names.characterOf(name);
      if (part === true) this.key += 't';
      else if (part === false) this.key += 'f';
      else this.query(plain(part));
    }
    this.key += '}';
  }

  #order(value: unknown): void {
    if (typeof value === 'string') this.key += this.#names.characterOf(value);
    else if (Array.isArray(value)) {
      this.key += '[';
      for (const each of value) this.#order(each);
      this.key += ']';
    } else {
      const order = plain(value);
      this.key += '{';
      for (const name in order) {
        const part = order[name];
        if (part === undefined) continue;
        this.key += this.#names.characterOf(name);
        this.#order(part);
      }
      this.key += '}';
    }
  }

  /** The size that is in the shape is one of a few, see sizes.ts. */
  #take(value: unknown, skip: unknown): void {
    const take = whole(value);
    const size = Math.abs(take);
    this.key += (take < 0 ? '-' : '+') + sizeOf(size + (skip === undefined ? 0 : whole(skip)));
    this.values.push(String(size));
  }

  #skip(value: unknown): void {
    const skip = whole(value);
    if (skip < 0) decline('negative skip');
    if (skip === 0) {
      // None: for Prisma this isn't a page yet, which would need an order.
      this.key += 'f';
      return;
    }
    this.key += 'n';
    this.values.push(String(skip));
  }

  /** @param within the column whose operators these are. */
  #where(where: Query, within = ''): void {
    this.key += '{';
    for (const name in where) {
      const value = where[name];
      if (value === undefined) continue;
      const character = this.#names.characterOf(name);
      this.key += character;
      const column = within || character;
      // A column may have that name as well.
      if (name === 'mode' && (value === 'insensitive' || value === 'default')) this.key += this.#names.characterOf(value);
      else if (isLogical(name) && Array.isArray(value)) this.#conditions(value, name === 'OR');
      else if (name === 'isEmpty' && typeof value === 'boolean') this.key += value ? 't' : 'f';
      // What one element is sent as is a list of one.
      else if (name === 'has' && value !== null && !Array.isArray(value)) this.#value([value], column);
      else this.#value(value, isLogical(name) ? '' : column);
    }
    this.key += '}';
  }

  #value(value: unknown, column: string): void {
    if (value === null) this.key += 'z';
    else if (Array.isArray(value)) this.#list(value);
    else if (typeof value === 'object' && !(value instanceof Date)) this.#where(plain(value), isColumnPart(value) ? column : '');
    else this.#scalar(tagOf(value), textOf(value), column);
  }

  /** Where a page begins, a value is told several times: it is one parameter, so that this shows in the shape. */
  #scalar(tag: string, text: string, column: string): void {
    const known = this.#shared?.get(`${column}${tag}${text}`);
    if (known !== undefined) {
      this.key += `p${String.fromCharCode(known)}`;
      return;
    }
    this.key += tag;
    this.values.push(text);
    this.#shared?.set(`${column}${tag}${text}`, this.values.length);
  }

  #conditions(list: readonly unknown[], areAlternatives: boolean): void {
    const isOutermost = areAlternatives && !this.#shared;
    if (isOutermost) this.#shared = new Map();
    this.key += '[';
    for (const each of list) this.#where(plain(each));
    this.key += ']';
    if (isOutermost) this.#shared = undefined;
  }

  #list(list: readonly unknown[]): void {
    let tag = 'e';
    for (const each of list) {
      const own = tagOf(each);
      if (tag === own || (tag !== 'e' && wider(tag, own) === tag)) continue;
      if (tag !== 'e' && wider(tag, own) !== own) decline('mixed list');
      tag = own;
    }
    this.key += `l${tag}`;
    this.values.push(listText(list.map(textOf)));
  }
}

/** Whether these are operators on a column, and not conditions on a record. */
function isColumnPart(value: object): boolean {
  for (const name in value) if (!comparisons.has(name)) return false;
  return true;
}

const comparisons = new Set(['equals', 'lt', 'lte', 'gt', 'gte']);

const isLogical = (name: string) => name === 'AND' || name === 'OR' || name === 'NOT';

/** The wider of two kinds of numbers; undefined when they aren't. */
function wider(a: string, b: string): string | undefined {
  const numbers = 'nNr';
  const [x, y] = [numbers.indexOf(a), numbers.indexOf(b)];
  return x < 0 || y < 0 ? undefined : numbers[Math.max(x, y)];
}

/** Values as PostgreSQL reads them, for parameters whose types the statement says. */
export function writtenValues(values: readonly unknown[]): (string | null)[] | Declined {
  try {
    return values.map((value) => {
      if (value === null) return null;
      if (!Array.isArray(value)) return checkedText(value);
      return listText(value.map(checkedText));
    });
  } catch (error) {
    if (error instanceof Declined) return error;
    throw error;
  }
}

function checkedText(value: unknown): string {
  tagOf(value);
  return textOf(value);
}

/** The kind of a value: what a column must be for it. */
function tagOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 's';
    case 'boolean':
      return 'b';
    case 'bigint':
      return 'i';
    case 'number':
      if (value === (value | 0)) return 'n';
      if (Number.isSafeInteger(value)) return 'N';
      return Number.isFinite(value) ? 'r' : decline('number');
    default:
      return value instanceof Date ? 'd' : decline('value');
  }
}

function textOf(value: unknown): string {
  if (!(value instanceof Date)) return String(value);
  const time = value.getTime();
  // The years that Prisma's adapters know how to write.
  if (!(time >= -62_135_596_800_000 && time < 253_402_300_800_000)) decline('date');
  return value.toISOString();
}

function whole(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : decline('page');
}

/** An object that is no instance of a class: Prisma's own values, such as those for null in JSON, are. */
function plain(value: unknown): Query {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return value as Query;
  }
  return decline('argument');
}
