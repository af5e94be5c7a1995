import { type GraphQLInputField, type GraphQLInputObjectType, getNamedType, isEnumType, isInputObjectType, isListType } from 'graphql';
import { schema } from '../../src/schema.ts';
import type { Random, RandomDate } from './chance.ts';
import type { Oracle, Row } from './oracle.ts';
import { actors, bounds, lists, ones } from './relations.ts';

// What a filter means, in plain JavaScript over the rows, and filters drawn by chance that make a difference.

export type Filter = Record<string, unknown>;

/** The dates that filters name, with their bounds as the tests reckon them. */
const dates = new Map<string, RandomDate>();

export function filterType(model: string): GraphQLInputObjectType {
  return inputType(`${model}Filter`);
}

function inputType(name: string): GraphQLInputObjectType {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input ${name}.`);
  return type;
}

const typeOf = (field: GraphQLInputField) => getNamedType(field.type).name;

/** The conditions of a filter on a model: each field, and each operator of the fields that have operators. */
export function conditionsOf(model: string): { field: string; operator?: string }[] {
  return Object.values(filterType(model).getFields()).flatMap((field) => {
    const type = getNamedType(field.type);
    const hasOperators = isInputObjectType(type) && type.name !== 'BoundingBox' && type !== filterType(model) && !ones[model]?.[field.name];
    return hasOperators ? Object.keys(type.getFields()).map((operator) => ({ field: field.name, operator })) : [{ field: field.name }];
  });
}

/** Whether a row meets a filter. What the filter leaves out, or gives as null, is no condition. */
export function meets(oracle: Oracle, model: string, filter: Filter, row: Row): boolean {
  const all = (conditions: Filter[]) => conditions.every((each) => meets(oracle, model, each, row));
  return given(filter).every(([name, value]) => {
    if (name === 'and') return all(value as Filter[]);
    if (name === 'or') return (value as Filter[]).some((each) => meets(oracle, model, each, row));
    if (name === 'not') return !meets(oracle, model, value as Filter, row);
    return meetsField(oracle, model, name, value, row);
  });
}

const given = (filter: Filter) => Object.entries(filter).filter(([, value]) => value != null);

function meetsField(oracle: Oracle, model: string, name: string, value: unknown, row: Row): boolean {
  const field = filterType(model).getFields()[name];
  if (!field) throw new Error(`${model}Filter has no field ${name}.`);
  const relation = ones[model]?.[name];
  if (relation) {
    const end = oracle.one(model, row, name);
    return end !== undefined && meets(oracle, relation.of, value as Filter, end);
  }
  if (name.startsWith('has')) return (oracle.one(model, row, `${name[3]?.toLowerCase()}${name.slice(4)}`) !== undefined) === value;
  const list = lists[model]?.[name];
  if (list) {
    return given(value as Filter).every(([quantifier, inner]) => {
      const some = oracle.list(model, row, name).some((each) => meets(oracle, list.of, inner as Filter, each.row));
      return quantifier === 'some' ? some : !some;
    });
  }
  if (actors[model]?.[name]) return meetsActor(oracle, model, name, value as Filter, row);
  if (name === 'within') return row.id === uuidOf(value) || (row.ancestorIds as string[]).includes(uuidOf(value));
  if (name === 'inBox') return inBox(value as Box, row);
  const type = typeOf(field);
  if (type === 'Boolean') return row[name] === value;
  return given(value as Filter).every(([operator, operand]) => meetsOperator(type, name, operator, operand, row));
}

function meetsActor(oracle: Oracle, model: string, name: string, filter: Filter, row: Row): boolean {
  const columns = actors[model]?.[name];
  const found = (kind: 'Person' | 'Organization') => {
    const actor = oracle.get(kind, row[columns?.[kind === 'Person' ? 'person' : 'organization'] ?? '']);
    return oracle.sees(kind, actor) ? actor : undefined;
  };
  const [person, organization] = [found('Person'), found('Organization')];
  return given(filter).every(([key, value]) => {
    if (key === 'isNull') return (person === undefined && organization === undefined) === value;
    if (key === 'person') return person !== undefined && meets(oracle, 'Person', value as Filter, person);
    if (key === 'organization') return organization !== undefined && meets(oracle, 'Organization', value as Filter, organization);
    const kind = person ? 'Person' : 'Organization';
    const actor = person ?? organization;
    return actor !== undefined && meets(oracle, kind, { [key]: value }, actor);
  });
}

interface Box {
  south: number;
  west: number;
  north: number;
  east: number;
}

function inBox({ south, west, north, east }: Box, { latitude, longitude }: Row): boolean {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return false;
  const between = west <= east ? west <= longitude && longitude <= east : longitude >= west || longitude <= east;
  return south <= latitude && latitude <= north && between;
}

function meetsOperator(type: string, name: string, operator: string, operand: unknown, row: Row): boolean {
  const value = row[name];
  if (operator === 'isNull') return (value === null) === operand;
  if (value === null || value === undefined) return false;
  const fold = (text: unknown) => String(text).toLowerCase();
  switch (`${type} ${operator}`) {
    case 'IdFilter eq':
      return value === uuidOf(operand);
    case 'IdFilter in':
      return (operand as string[]).some((id) => value === uuidOf(id));
    case 'TextFilter startsWith':
      return fold(value).startsWith(fold(operand));
    case 'TextFilter contains':
      return fold(value).includes(fold(operand));
    case 'LocalizedTextFilter contains':
      return Object.values(value).some((text) => fold(text).includes(fold(operand)));
    case 'LanguageFilter within':
      return value === operand || String(value).startsWith(`${operand}-`);
    case 'NumberFilter lt':
      return Number(value) < Number(operand);
    case 'NumberFilter lte':
      return Number(value) <= Number(operand);
    case 'NumberFilter gt':
      return Number(value) > Number(operand);
    case 'NumberFilter gte':
      return Number(value) >= Number(operand);
    case 'DateTimeFilter before':
      return Number(value) < Date.parse(String(operand));
    case 'DateTimeFilter after':
      return Number(value) > Date.parse(String(operand));
    case 'DateFilter before':
    case 'DateFilter after':
    case 'DateFilter overlaps':
      return meetsDate(name, operator, dates.get(String(operand)), row);
  }
  if (operator === 'eq') return value === operand;
  if (operator === 'in') return (operand as unknown[]).includes(value);
  throw new Error(`test/support/filters.ts doesn't say what ${type}.${operator} means.`);
}

function meetsDate(name: string, operator: string, date: RandomDate | undefined, row: Row): boolean {
  const columns = bounds[name];
  if (!columns || !date) throw new Error(`The bounds of ${name} or of its operand are not known.`);
  const [earliest, latest] = columns.map((column) => row[column] as number | null) as [number | null, number | null];
  const [from, to] = [date.earliest?.getTime() ?? null, date.latest?.getTime() ?? null];
  if (operator === 'before') return latest !== null && from !== null && latest < from;
  if (operator === 'after') return earliest !== null && to !== null && earliest > to;
  return (to === null || earliest === null || earliest <= to) && (from === null || latest === null || latest >= from);
}

export function globalId(model: string, id: string): string {
  return Buffer.from(`${model}:${id}`).toString('base64');
}

export function uuidOf(id: unknown): string {
  return Buffer.from(String(id), 'base64').toString().split(':')[1] ?? '';
}

/** Draws filters whose operands are near what the rows hold. */
export class FilterSource {
  readonly #oracle: Oracle;
  readonly #random: Random;

  constructor(oracle: Oracle, random: Random) {
    this.#oracle = oracle;
    this.#random = random;
  }

  /** A filter of one to three conditions. */
  filter(model: string, depth: number): Filter {
    const conditions = this.#random.list(1 + this.#random.below(depth > 0 ? 3 : 1), () =>
      this.condition(model, this.#random.pick(conditionsOf(model)), depth - 1),
    );
    return Object.assign({}, ...conditions);
  }

  /** A filter of one condition; `depth` tells how many levels of filters may stand below it. */
  condition(model: string, { field: name, operator }: { field: string; operator?: string }, depth = 1): Filter {
    const field = filterType(model).getFields()[name];
    if (!field) throw new Error(`${model}Filter has no field ${name}.`);
    if (depth < 0 && (isListType(field.type) || isNested(model, field))) return {};
    if (name === 'and' || name === 'or') return { [name]: this.#random.list(this.#random.below(3), () => this.filter(model, depth - 1)) };
    if (name === 'not') return { not: this.filter(model, depth - 1) };
    return { [name]: operator ? { [operator]: this.#operand(model, field, operator, depth) } : this.#value(model, field, depth) };
  }

  #value(model: string, field: GraphQLInputField, depth: number): unknown {
    const relation = ones[model]?.[field.name];
    if (relation) return this.#random.chance(0.1) ? {} : this.filter(relation.of, depth - 1);
    if (field.name === 'within') return globalId(model, this.#parentOf(model));
    if (field.name === 'inBox') return this.#box();
    if (typeOf(field) === 'Boolean') return this.#random.chance(0.5);
    throw new Error(`test/support/filters.ts has no values for ${model}Filter.${field.name}.`);
  }

  #operand(model: string, field: GraphQLInputField, operator: string, depth: number): unknown {
    const r = this.#random;
    if (lists[model]?.[field.name]) return r.chance(0.15) ? {} : this.filter(lists[model][field.name]?.of ?? '', depth - 1);
    if (actors[model]?.[field.name] && operator !== 'isNull') {
      if (operator === 'memberships') return { [r.pick(['some', 'none'])]: this.filter('Membership', depth - 1) };
      return r.chance(0.15) ? {} : this.filter(operator === 'person' ? 'Person' : 'Organization', depth - 1);
    }
    if (operator === 'isNull') return r.chance(0.5);
    const draw = () => this.#literal(model, field, operator);
    return operator === 'in' ? r.list(r.below(4), draw) : draw();
  }

  #literal(model: string, field: GraphQLInputField, operator: string): unknown {
    const r = this.#random;
    const type = inputType(typeOf(field)).getFields()[operator];
    const values = this.#oracle
      .all(model)
      .map((row) => row[field.name])
      .filter((value) => value !== null && value !== undefined);
    const value = values.length > 0 ? r.pick(values) : undefined;
    switch (typeOf(field)) {
      case 'IdFilter':
        return globalId(model, r.chance(0.8) ? String(value) : r.uuid());
      case 'TextFilter':
        return r.chance(0.15) ? r.words(1) : this.#part(String(value ?? 'x'), operator);
      case 'LocalizedTextFilter':
        return r.chance(0.15) ? r.words(2) : this.#part(r.pick(Object.values(value as object)), operator);
      case 'LanguageFilter':
        return operator === 'within' ? r.pick(['fr', 'en', 'de', 'pt', 'zh', String(value ?? 'fr')]) : (value ?? 'fr');
      case 'NumberFilter':
        return Number(value ?? 0) + r.pick([-0.5, 0, 0, 0.5]);
      case 'DateTimeFilter':
        return new Date(Number(value) + r.pick([-1, 0, 1, 86_400_000])).toISOString();
      case 'DateFilter':
        return this.#date(operator, value);
    }
    const enumType = type && getNamedType(type.type);
    if (isEnumType(enumType)) return r.chance(0.6) && value !== undefined ? value : r.pick(enumType.getValues()).name;
    throw new Error(`test/support/filters.ts has no operands for ${typeOf(field)}.${operator}.`);
  }

  /** A text as it is, or a part of it in any case. */
  #part(text: string, operator: string): string {
    const r = this.#random;
    if (operator === 'eq' || operator === 'in') return r.chance(0.9) ? text : text.toUpperCase();
    const characters = [...text];
    const from = operator === 'startsWith' ? 0 : r.below(characters.length);
    const part = characters.slice(from, from + 1 + r.below(8));
    // Only letters that have one other case, which leads back.
    const flip = (letter: string) =>
      [letter.toUpperCase(), letter.toLowerCase()].find((other) => other !== letter && other.length === letter.length) ?? letter;
    return part.map((letter) => (r.chance(0.3) ? flip(letter) : letter)).join('');
  }

  #date(operator: string, value: unknown): string {
    const r = this.#random;
    if ((operator === 'eq' || operator === 'in') && value !== undefined) return String(value);
    const date = r.date();
    dates.set(date.edtf, date);
    return date.edtf;
  }

  #parentOf(model: string): string {
    const parents = this.#oracle
      .all(model)
      .map(({ parentId }) => parentId)
      .filter((id) => typeof id === 'string');
    return this.#random.chance(0.8) ? this.#random.pick(parents) : this.#random.uuid();
  }

  #box(): Box {
    const r = this.#random;
    const [south, north] = [r.pick([-90, -45, 0, 33.3, 90]), r.pick([-90, 0, 33.3, 45, 90])];
    return { south, north, west: r.pick([-180, -90, 0, 44.4, 180]), east: r.pick([-180, 0, 44.4, 90, 180]) };
  }
}

function isNested(model: string, { name }: GraphQLInputField): boolean {
  return name === 'not' || [ones, lists, actors].some((relations) => relations[model]?.[name] !== undefined);
}
