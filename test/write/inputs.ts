import {
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Input, inputTypeOf } from './mutate.ts';
import { exact, idOf, text, type World, words } from './world.ts';

// Inputs made from the schema, so that a field that is added is tried by itself.

let count = 0;

/** Fields of which one can't be given without the other, or excludes it: they are tried by hand. */
const leftOut = new Set(['expectedRevision', 'idempotencyKey', 'publish', 'start', 'newCapacity', 'overwrite']);

/** The record of which an `ID` is meant, by the field. */
const meant: Record<string, string> = {
  capacity: 'Membership',
  relayedFrom: 'Appearance',
  fact: 'Event',
  survivor: 'Person',
  duplicate: 'Person',
  one: 'Person',
  other: 'Person',
};

/** The model of the record or part that a mutation is about, in its name. */
export const targetModelOf = (mutation: string) => /^(?:create|add|update|remove)([A-Z]\w+)$/.exec(mutation)?.[1] ?? 'Person';

/** Values for the fields of inputs, which refer to the records of a world. */
export class Inputs {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * An input with all that is required, and these of the other fields.
   * @param optional the names of the other fields, at the top; or all that go together, at all depths.
   */
  of(mutation: string, optional: readonly string[] | 'all' = []): Input {
    return this.#object(mutation, inputTypeOf(mutation), optional);
  }

  /** A value for one field of an input. */
  valueOf(mutation: string, field: string): unknown {
    const type = inputTypeOf(mutation);
    return this.#value(mutation, type.name, type.getFields()[field] as GraphQLInputField);
  }

  /** All that is required of an input within that of a mutation. */
  partOf(mutation: string, type: ReturnType<typeof inputTypeOf>): Input {
    return this.#object(mutation, type, []);
  }

  #object(mutation: string, type: ReturnType<typeof inputTypeOf>, optional: readonly string[] | 'all'): Input {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || (optional === 'all' ? !leftOut.has(field.name) : optional.includes(field.name)),
    );
    return Object.fromEntries(fields.map((field) => [field.name, this.#value(mutation, type.name, field, optional === 'all')]));
  }

  #value(mutation: string, parent: string, { name, type }: GraphQLInputField, all = false): unknown {
    if (isNonNullType(type)) return this.#value(mutation, parent, { name, type: type.ofType } as GraphQLInputField, all);
    if (isListType(type)) return [this.#value(mutation, parent, { name, type: type.ofType } as GraphQLInputField, all)];
    if (isEnumType(type)) return ({ EventType: 'CONSULT', EventMode: 'VISIT' } as Input)[type.name] ?? type.getValues()[0]?.name;
    if (isInputObjectType(type)) {
      const model = referredTo(type);
      if (model) return { id: this.#world.ids[second(mutation, name) ? `${model}2` : model] };
      if (type.name === 'LocalizedTextInput') return words(`text ${++count}`)[0];
      if (!type.isOneOf) return this.#object(mutation, type, all ? 'all' : []);
      const fields = Object.values(type.getFields());
      const field = (fields.find((each) => each.name === 'person') ?? fields[0]) as GraphQLInputField;
      return { [field.name]: this.#value(mutation, type.name, field) };
    }
    return this.#scalar(mutation, parent, name, getNamedType(type).name);
  }

  #scalar(mutation: string, parent: string, field: string, type: string): unknown {
    const model = targetModelOf(mutation);
    switch (type) {
      case 'ID':
        if (field === 'record') return this.#world.ids[model === 'Translation' ? 'Statement' : 'Person'];
        return this.#world.ids[field === 'id' ? model : (meant[field] ?? model)] ?? idOf(model, '00000000-0000-7000-8000-000000000000');
      case 'Boolean':
        return true;
      case 'Int':
        return 1;
      case 'Float':
        return 12.5;
      case 'Language':
        return 'en';
      case 'EDTF':
        return /^(birth|founding|start)/.test(field) ? '1990' : /^(death|dissolution|end)/.test(field) ? '2010-06' : '2001-02-03';
      case 'DateTime':
        return '2030-01-01T00:00:00.000Z';
      default:
        return this.#text(parent, field);
    }
  }

  #text(parent: string, field: string): string {
    const n = ++count;
    if (field === 'exact') return exact;
    if (/url$/i.test(field)) return `https://example.org/made/${n}`;
    if (field === 'script') return 'Latn';
    if (field === 'scheme') return 'isni';
    if (/Document/.test(parent) && field === 'text') return `${text} ${n}`;
    return /Token/.test(parent) ? `name-${n}` : `${field} ${n}`;
  }
}

/** The other one of two that are linked, and a document in which the statement isn't printed or reviewed yet. */
const second = (mutation: string, field: string) => field === 'to' || (/^add(Appearance|Review)$/.test(mutation) && field === 'document');

/** The model of a reference's record, by its input type. */
export function referredTo(type: GraphQLInputType): string | undefined {
  const { name } = getNamedType(type);
  const model = /^(\w+)Ref$/.exec(name)?.[1];
  return model && !['Actor', 'Subject', 'Identifier'].includes(model) ? model : undefined;
}

/** A place in an input where a record is named, and how. */
export interface Naming {
  /** Such as `['appearances', 0, 'in', 'document']`. */
  path: (string | number)[];
  model: string;
  way: 'id' | 'identifier' | 'url' | 'plain';
}

/** All places in the input of a mutation where it names a record, but for the one that it changes. */
export function namingsIn(mutation: string): Naming[] {
  return walk(inputTypeOf(mutation), []).filter(({ path }) => path[0] !== 'id' && path[0] !== 'record');
}

function walk(type: GraphQLInputType, path: (string | number)[]): Naming[] {
  if (isNonNullType(type)) return walk(type.ofType, path);
  if (isListType(type)) return walk(type.ofType, [...path, 0]);
  const model = referredTo(type);
  if (isInputObjectType(type)) {
    if (model) return Object.keys(type.getFields()).map((way) => ({ path, model, way: way as Naming['way'] }));
    return Object.values(type.getFields()).flatMap((field) => walk(field.type, [...path, field.name]));
  }
  if (getNamedType(type).name !== 'ID') return [];
  const field = String(path.at(-1));
  const models = field === 'fact' ? ['Event', 'Participation', 'Membership', 'EventLink', 'StatementLink'] : [meant[field] ?? 'Person'];
  return models.map((of) => ({ path, model: of, way: 'plain' }));
}

/** How a world's record is named. */
export function nameIn({ ids, identifiers, url }: World, { model, way }: Naming): unknown {
  const id = ids[model];
  return way === 'plain' ? id : way === 'id' ? { id } : way === 'url' ? { url } : { identifier: identifiers[model] };
}

/** The input with another value at a place, and what it takes to get there. */
export function withAt(inputs: Inputs, mutation: string, input: Input, path: readonly (string | number)[], value: unknown): Input {
  return set(inputTypeOf(mutation), input, path) as Input;

  function set(type: GraphQLInputType, current: unknown, [step, ...rest]: readonly (string | number)[]): unknown {
    if (isNonNullType(type)) return set(type.ofType, current, step === undefined ? [] : [step, ...rest]);
    if (step === undefined) return value;
    if (isListType(type)) return [set(type.ofType, Array.isArray(current) ? current[0] : undefined, rest)];
    if (!isInputObjectType(type)) throw new Error(`Nothing is at ${path.join('.')} in the input of ${mutation}.`);
    const field = type.getFields()[step] as GraphQLInputField;
    const there = (current ?? (type.isOneOf ? {} : inputs.partOf(mutation, type))) as Input;
    const next = set(field.type, there[step], rest);
    return type.isOneOf ? { [step]: next } : { ...there, [step]: next };
  }
}
