import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { type ArgumentsOf, argumentsOf } from './arguments.ts';
import { collectFields, type Selected } from './collect.ts';
import { type Complete, completion } from './complete.ts';
import { declaredBy, type Nested, ownSelect, type Resolve, type Selects } from './declared.ts';
import type { Request } from './request.ts';
import { addSelect, Decline, DeclineAlways, type Query, type Selection, type Way } from './selection.ts';

/** How many fields a plan may have: fragments unfold to more than they say. */
const maxFields = 5_000;

/** What is known of an operation wherever it is planned. */
export class Operation {
  /** Counts the fields whose arguments are made for each request. */
  readonly slots = { count: 0 };
  #fields = 0;
  readonly #numbers = new Map<SelectionSetNode, number>();
  readonly #belows = new Map<string, Below>();

  readonly selected: Selected;
  readonly #planned: () => void;

  /** @param planned hears of each field that is planned, now or when a request first meets its type. */
  constructor(selected: Selected, planned: () => void) {
    this.selected = selected;
    this.#planned = planned;
  }

  /** What is asked below fields with these selections; the same for the same, however it is reached. */
  below(type: GraphQLNamedType, sets: readonly SelectionSetNode[]): Below {
    const key = `${type.name} ${sets.map((set) => this.#numberOf(set)).join(' ')}`;
    let below = this.#belows.get(key);
    if (!below) {
      below = new Below(this, type, sets);
      this.#belows.set(key, below);
    }
    return below;
  }

  /** @throws {DeclineAlways} when there are too many. */
  countField(): void {
    if (++this.#fields > maxFields) throw new DeclineAlways('more fields than a plan may have');
    this.#planned();
  }

  #numberOf(set: SelectionSetNode): number {
    const number = this.#numbers.get(set) ?? this.#numbers.size;
    this.#numbers.set(set, number);
    return number;
  }
}

/** All that is asked below a field, of whatever type its value will be. */
class Below {
  readonly #types = new Map<string, TypePlan>();
  readonly #ways = new Map<readonly Way[], readonly Below[]>();
  #names: ReadonlySet<string> | undefined;

  readonly operation: Operation;
  /** The field's own type. */
  readonly type: GraphQLNamedType;
  readonly sets: readonly SelectionSetNode[];

  constructor(operation: Operation, type: GraphQLNamedType, sets: readonly SelectionSetNode[]) {
    this.operation = operation;
    this.type = type;
    this.sets = sets;
  }

  /** What is asked of an object type. */
  planFor(name: string): TypePlan {
    let plan = this.#types.get(name);
    if (!plan) {
      plan = new TypePlan(this.operation, objectType(this.operation.selected.schema.getType(name)), this.sets);
      this.#types.set(name, plan);
    }
    return plan;
  }

  /**
   * What rows of a type must have where some ways lead; where the field itself leads without ways.
   * @throws {Decline} when two of the ways ask for the same rows differently.
   */
  select(name: string, ways: readonly Way[] | undefined, request: Request, more?: Query): Query {
    const [first, ...others] = ways ? this.#along(ways) : [this];
    const asked = first?.planFor(name).select(request);
    if (others.length === 0 && !more) return asked ?? {};
    const select = addSelect({ ...more }, asked ?? {});
    for (const below of others) addSelect(select, below.planFor(name).select(request));
    return select;
  }

  /** The fields at the ends of ways. The same field under two keys is two: they may ask for different things. */
  #along(ways: readonly Way[]): readonly Below[] {
    // Nearly always the same array. One that is made anew for each call is followed each time.
    let ends = this.#ways.get(ways);
    if (!ends) {
      ends = ways.flatMap((way) => way.reduce<Below[]>((from, { name }) => from.flatMap((below) => below.#step(name)), [this]));
      if (this.#ways.size < 4) this.#ways.set(ways, ends);
    }
    return ends;
  }

  /** The names of the fields that are asked of the field's own type. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set([...this.#fields().values()].map(([node]) => node?.name.value ?? ''));
    return this.#names;
  }

  #step(name: string): Below[] {
    const field = objectType(this.type).getFields()[name];
    if (!field) throw new DeclineAlways('a way that the schema doesn’t have');
    const keys = [...this.#fields().values()].filter(([node]) => node?.name.value === name);
    return keys.map((nodes) => this.operation.below(getNamedType(field.type), setsOf(nodes)));
  }

  #fields() {
    return collectFields(this.operation.selected, objectType(this.type), this.sets);
  }
}

/** What is asked of an object type at one place of a document: what its rows must have, and what is made of them. */
class TypePlan {
  readonly #fields: readonly FieldPlan[];
  /** The fields whose select is another with each request. */
  readonly #selecting: readonly FieldPlan[];
  readonly #select: Query;
  readonly #atLeast: Query;

  constructor(operation: Operation, type: GraphQLObjectType, sets: readonly SelectionSetNode[]) {
    const own = ownSelect(type);
    if (!own) throw new DeclineAlways('a model whose rows are read whole');
    const fields = [...collectFields(operation.selected, type, sets)].map(([key, nodes]) => new FieldPlan(operation, type, key, nodes));
    this.#fields = fields;
    this.#selecting = fields.filter(({ selects }) => typeof selects === 'function');
    this.#select = { ...own.always };
    this.#atLeast = own.atLeast;
    for (const { selects } of fields) if (typeof selects === 'object') addSelect(this.#select, selects);
  }

  /** What rows of this type must have. */
  select(request: Request): Query {
    let select = this.#select;
    if (this.#selecting.length > 0) {
      select = { ...select };
      for (const field of this.#selecting) addSelect(select, field.select(request));
    }
    for (const _ in select) return select;
    return this.#atLeast;
  }

  /** Writes the answer's object of a row, as JSON. */
  complete(value: object, request: Request): string {
    const fields = this.#fields;
    let text = '{';
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] as FieldPlan;
      text += (i === 0 ? field.prefix : `,${field.prefix}`) + field.value(value, request);
    }
    return `${text}}`;
  }
}

/** A field at one place of a document. */
class FieldPlan {
  /** The key in the answer, with a colon. */
  readonly prefix: string;
  readonly selects: Selects | undefined;
  readonly #resolve: Resolve | undefined;
  readonly #property: string;
  readonly #typename: string | undefined;
  readonly #args: ArgumentsOf;
  readonly #below: Below;
  readonly #complete: Complete;

  constructor(operation: Operation, type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]) {
    this.prefix = `${JSON.stringify(key)}:`;
    operation.countField();
    const { field, node } = fieldOf(type, nodes);
    this.#typename = field ? undefined : JSON.stringify(type.name);
    const declared = field ? declaredBy(type, field) : {};
    if (!declared) throw new DeclineAlways(`${type.name}.${node.name.value} is executed`);
    this.selects = declared.selects;
    this.#resolve = declared.resolve;
    this.#property = declared.property ?? node.name.value;
    this.#args = field ? argumentsOf(field, node, operation.slots) : () => ({});
    this.#below = operation.below(field ? getNamedType(field.type) : type, setsOf(nodes));
    this.#complete = field ? completion(field.type, this.#below) : () => '';
  }

  value(parent: object, request: Request): string {
    if (this.#typename) return this.#typename;
    const resolve = this.#resolve;
    const value = resolve ? resolve(parent as never, this.#args(request), request.context) : (parent as Query)[this.#property];
    return this.#complete(value, request);
  }

  /** What the field needs of its parent's row. @throws what the field's own function throws, for the arguments. */
  select(request: Request): Query {
    if (typeof this.selects !== 'function') return this.selects ?? {};
    const nested: Nested = (query = true, to = [], type) => {
      const place = 'length' in to ? { paths: to.length > 0 ? [to.map((name) => ({ name }))] : undefined } : to;
      const name = type ?? ('getType' in place ? place.getType?.() : undefined) ?? this.#below.type.name;
      if (query === true) return { select: this.#below.select(name, place.paths, request) };
      return { ...query, select: this.#below.select(name, place.paths, request, query.select as Query | undefined) };
    };
    const selected = this.selects(this.#args(request), request.context, nested, () => this.#below.names);
    if (!selected) return {};
    if (!selected.select) throw new Decline('a selection that isn’t one');
    return selected.select;
  }
}

/** A field of the root that is read. */
export interface RootPlan {
  key: string;
  /** All that ask for it. */
  nodes: readonly FieldNode[];
  /** The field's place in the schema; undefined for `__typename`. */
  field: GraphQLField<unknown, unknown> | undefined;
  args: ArgumentsOf;
  selection(request: Request): Selection;
  complete: Complete;
}

/** Plans a field of the root. @throws {Decline} when something below it can't be planned. */
export function planRoot(operation: Operation, type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): RootPlan {
  const { field, node } = fieldOf(type, nodes);
  const below = operation.below(field ? getNamedType(field.type) : type, setsOf(nodes));
  return {
    key,
    nodes,
    field,
    args: field ? argumentsOf(field, node, operation.slots) : () => ({}),
    selection: (request) => ({
      get names() {
        return below.names;
      },
      query: (name, ways, select) => ({ select: below.select(name, ways, request, select) }),
    }),
    complete: field ? completion(field.type, below) : () => JSON.stringify(type.name),
  };
}

/** The field that nodes ask for; no field for `__typename`. */
function fieldOf(type: GraphQLObjectType, nodes: readonly FieldNode[]) {
  const [node] = nodes;
  if (!node) throw new DeclineAlways('a key without a field');
  const { value: name } = node.name;
  if (name === '__typename') return { node, field: undefined };
  const field = type.getFields()[name];
  if (!field) throw new DeclineAlways(`${name} is executed`);
  return { node, field };
}

function setsOf(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
}

function objectType(type: GraphQLNamedType | undefined): GraphQLObjectType {
  if (!isObjectType(type)) throw new DeclineAlways('a way through a type that isn’t an object');
  return type;
}
