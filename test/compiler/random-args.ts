import type { Datamodel } from '../../src/compiler/statement/datamodel.ts';
import type { Random } from '../support/chance.ts';

// Random arguments of Prisma's reads, over the whole data model: all operators, relations both ways, orders,
// pages and counts. What Prisma would refuse is not drawn.

type Query = Record<string, unknown>;
type Model = Datamodel['models'][string];
type Field = Model['fields'][number];

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class RandomArgs {
  readonly #r: Random;
  readonly #models: Datamodel['models'];
  /** Values that stand in a column, by `Model.field`. */
  readonly #values: ReadonlyMap<string, readonly unknown[]>;
  /** How much more may be drawn for this query. */
  #budget = 0;

  constructor(random: Random, models: Datamodel['models'], values: ReadonlyMap<string, readonly unknown[]>) {
    this.#r = random;
    this.#models = models;
    this.#values = values;
  }

  findMany(model: string): Query {
    this.#budget = 2 + this.#r.below(8);
    const query = this.#list(model, 0);
    // Whole tables are much, and tell little.
    return query.take === undefined && this.#r.chance(0.8) ? { ...query, ...this.#page(model, true) } : query;
  }

  count(model: string): Query {
    this.#budget = 3 + this.#r.below(8);
    return this.#r.chance(0.05) ? {} : { where: this.#where(model, 0) };
  }

  /** One of these, of which one may be undefined. */
  #any = <T>(from: readonly T[]) => from[this.#r.below(from.length)];

  #fields(model: string): readonly Field[] {
    return (this.#models[model] as Model).fields;
  }

  #list(model: string, depth: number): Query {
    const r = this.#r;
    const where = r.chance(depth === 0 ? 0.6 : 0.4) ? { where: this.#where(model, depth) } : r.chance(0.1) ? { where: undefined } : {};
    const page = r.chance(0.6) ? this.#page(model, r.chance(0.7)) : {};
    const after = r.chance(0.15) ? this.#after(model, where.where) : {};
    return { ...where, ...page, ...after, ...this.#selection(model, depth) };
  }

  /** An order that leaves nothing open, or none, and a stretch of it. */
  #page(model: string, isBounded: boolean): Query {
    const r = this.#r;
    const orderBy = r.chance(0.8) ? [...r.list(r.below(3), () => this.#order(model, 0)), ...this.#identity(model)] : undefined;
    const single = orderBy?.length === 1 && r.chance(0.5) ? orderBy[0] : orderBy;
    return {
      ...(single === undefined && r.chance(0.5) ? {} : { orderBy: single }),
      ...(isBounded ? { take: r.pick([0, 1, 1, 2, 3, 5, 10, 11, 12, 20, 21, 60, 150, -1, -2, -7, -30]) } : {}),
      ...(r.chance(0.2) ? { skip: r.pick([0, 1, 2, 5]) } : {}),
    };
  }

  /** A page after a row: what comes after its values in an order, most often as the lists of the API say it. */
  #after(model: string, where: unknown): Query {
    const r = this.#r;
    const ordered = ['String', 'Int', 'Float', 'BigInt', 'DateTime'];
    const columns = this.#fields(model).filter(({ kind, type, isList }) => kind === 'scalar' && ordered.includes(type) && !isList);
    const last = columns.find(({ isId }) => isId);
    const column = r.pick(columns);
    if (!last || column === last) return {};
    const knownOf = ({ name }: Field) => this.#any((this.#values.get(`${model}.${name}`) ?? []).filter((value) => value != null));
    const [value, lastValue] = [knownOf(column), knownOf(last)];
    if (value === undefined || lastValue === undefined) return {};
    const direction = this.#direction();
    const operator = r.chance(0.9) === (direction === 'asc') ? 'gt' : 'lt';
    const past = { [column.name]: { [operator]: value } };
    const orAbsent = !column.isRequired && r.chance(0.8) ? { OR: [past, { [column.name]: null }] } : past;
    const equal = { [column.name]: r.chance(0.9) ? value : knownOf(column) };
    const alternatives = [{ AND: [orAbsent] }, { AND: [equal, { [last.name]: { [r.chance(0.95) ? operator : 'gt']: lastValue } }] }];
    const keyset = { AND: [{ OR: alternatives }] };
    return {
      where:
        where === undefined ? keyset : r.chance(0.9) ? { AND: [where, keyset] } : r.chance(0.5) ? { OR: [where, keyset] } : { NOT: keyset },
      orderBy: [
        { [column.name]: column.isRequired ? direction : { sort: direction, nulls: r.chance(0.9) ? 'last' : 'first' } },
        { [last.name]: direction },
      ],
      take: r.pick([1, 2, 5, 11, 21, 60, -3]),
    };
  }

  #identity(model: string): Query[] {
    const { fields, primaryKey, uniqueIndexes } = this.#models[model] as Model;
    const id = fields.find(({ isId }) => isId) ?? fields.find(({ isUnique, isRequired }) => isUnique && isRequired);
    return (id ? [id.name] : (primaryKey?.fields ?? uniqueIndexes?.[0]?.fields ?? [])).map((name) => ({ [name]: this.#direction() }));
  }

  #direction = () => this.#r.pick(['asc', 'desc']);

  #order(model: string, depth: number): Query {
    const r = this.#r;
    const field = r.pick(
      this.#fields(model).filter(({ isList, type, kind }) => !isList && type !== 'Json' && (kind !== 'object' || depth < 2)),
    );
    if (field.kind === 'object') return { [field.name]: this.#order(field.type, depth + 1) };
    if (field.isRequired || r.chance(0.4)) return { [field.name]: this.#direction() };
    return { [field.name]: { sort: this.#direction(), ...(r.chance(0.8) ? { nulls: this.#any(['first', 'last', undefined]) } : {}) } };
  }

  #selection(model: string, depth: number): Query {
    const r = this.#r;
    const fields = this.#fields(model);
    const relations = fields.filter(({ kind }) => kind === 'object');
    const nested = Object.fromEntries(
      r.list(this.#budget-- > 0 && depth < 4 && relations.length > 0 ? r.below(4) : 0, () => {
        const field = r.pick(relations);
        if (r.chance(0.08)) return [field.name, this.#any([true, false, undefined, {}])];
        if (field.isList) return [field.name, this.#list(field.type, depth + 1)];
        const where = !field.isRequired && r.chance(0.2) ? { where: this.#where(field.type, depth + 1) } : {};
        return [field.name, { ...where, ...this.#selection(field.type, depth + 1) }];
      }),
    );
    const lists = relations.filter(({ isList }) => isList);
    const counts = this.#budget > 0 && lists.length > 0 && r.chance(0.2) ? { _count: this.#count(lists) } : {};
    if (r.chance(0.25)) return r.chance(0.7) ? { include: { ...nested, ...counts } } : {};
    const scalars = fields.filter(({ kind }) => kind !== 'object');
    const first = r.pick(scalars).name;
    const picked = r.list(r.below(6), () => [r.pick(scalars).name, r.chance(0.9) ? true : this.#any([false, undefined])]);
    return { select: { ...Object.fromEntries(picked), ...nested, ...counts, [first]: true } };
  }

  #count(lists: readonly Field[]): unknown {
    const r = this.#r;
    if (r.chance(0.05)) return true;
    const some = r.list(1 + r.below(2), () => {
      const field = r.pick(lists);
      return [field.name, r.chance(0.4) ? true : { where: this.#where(field.type, 2) }];
    });
    return { select: Object.fromEntries(some) };
  }

  #where(model: string, depth: number): Query {
    const r = this.#r;
    this.#budget--;
    const conditions = r.list(r.chance(0.06) ? 0 : r.chance(0.75) ? 1 : 2, (): [string, unknown] => {
      const kind = r.next();
      if (kind < 0.25 && depth < 6 && this.#budget > 0) return this.#logical(model, depth + 1);
      if (kind < 0.5 && depth < 6 && this.#budget > 0) return this.#related(model, depth + 1);
      return this.#scalar(model);
    });
    return Object.fromEntries(conditions);
  }

  #logical(model: string, depth: number): [string, unknown] {
    const r = this.#r;
    const name = r.pick(['AND', 'OR', 'NOT', 'NOT']);
    if (name !== 'OR' && r.chance(0.4)) return [name, this.#where(model, depth)];
    return [name, r.list(r.below(4), () => this.#where(model, depth))];
  }

  #related(model: string, depth: number): [string, unknown] {
    const r = this.#r;
    const relations = this.#fields(model).filter(({ kind }) => kind === 'object');
    if (relations.length === 0) return this.#scalar(model);
    const { name, type, isList, isRequired } = r.pick(relations);
    const inner = () => this.#where(type, depth);
    if (isList) {
      const quantifiers = r.list(r.chance(0.05) ? 0 : r.chance(0.9) ? 1 : 2, () => [r.pick(['some', 'none', 'every']), inner()]);
      return [name, Object.fromEntries(quantifiers)];
    }
    if (!isRequired && r.chance(0.1)) return [name, r.pick([null, { is: null }, { isNot: null }])];
    if (r.chance(0.1)) return [name, { is: inner(), isNot: inner() }];
    return [name, r.pick([inner, () => ({ is: inner() }), () => ({ isNot: inner() }), () => ({ is: undefined })])()];
  }

  #scalar(model: string): [string, unknown] {
    const r = this.#r;
    const field = r.pick(this.#fields(model).filter(({ kind, type }) => kind !== 'object' && type !== 'Json'));
    const column = `${model}.${field.name}`;
    const known = this.#values.get(column) ?? [];
    // An operator on a column in which there is nothing yet: the type of its values isn't known here.
    if (known.length === 0)
      return [field.name, field.isList ? { isEmpty: r.chance(0.5) } : field.isRequired ? undefined : r.pick([null, { not: null }])];
    const value = () => this.#value(field, known);
    if (field.isList) return [field.name, this.#listOperator(known)];
    if (r.chance(0.05)) return [field.name, undefined];
    if (!field.isRequired && r.chance(0.15)) return [field.name, r.pick([null, { not: null }, { equals: null }])];
    if (r.chance(0.2)) return [field.name, value()];
    const isText = field.kind === 'scalar' && field.type === 'String' && !known.every((each) => uuid.test(String(each)));
    const operators = r.list(r.chance(0.05) ? 0 : r.chance(0.8) ? 1 : 2, () => this.#operator(field, isText, value));
    const mode =
      isText && r.chance(0.4) && operators.every(([name]) => /With|contains|equals/.test(String(name)))
        ? { mode: r.pick(['insensitive', 'default', 'insensitive']) }
        : {};
    return [field.name, { ...Object.fromEntries(operators), ...mode }];
  }

  #operator({ kind, type, isRequired }: Field, isText: boolean, value: () => unknown, depth = 0): [string, unknown] {
    const r = this.#r;
    const most = r.pick([0, 1, 2, 3, 12]);
    const text: (() => [string, unknown])[] = ['contains', 'startsWith', 'endsWith'].map((name) => () => [
      name,
      this.#part(String(value())),
    ]);
    const lists: (() => [string, unknown])[] = ['in', 'notIn'].map((name) => () => [name, r.list(most, value)]);
    const order: (() => [string, unknown])[] = ['lt', 'lte', 'gt', 'gte'].map((name) => () => [name, value()]);
    const not = (): [string, unknown] => {
      if (!isRequired && r.chance(0.2)) return ['not', null];
      if (depth > 1 || r.chance(0.5)) return ['not', value()];
      return ['not', Object.fromEntries([this.#operator({ kind, type, isRequired } as Field, isText, value, depth + 1)])];
    };
    const isOrdered = kind === 'scalar' && type !== 'Boolean';
    return r.pick<() => [string, unknown]>([
      () => ['equals', value()],
      not,
      ...(type === 'Boolean' ? [] : lists),
      ...(isOrdered ? order : []),
      ...(isText ? [...text, ...text] : []),
    ])();
  }

  #listOperator(known: readonly unknown[]): Query {
    const r = this.#r;
    return r.pick<() => Query>([
      () => ({ has: r.pick(known) }),
      () => ({ hasSome: r.list(r.below(4), () => r.pick(known)) }),
      () => ({ hasEvery: r.list(r.below(3), () => r.pick(known)) }),
      () => ({ equals: r.list(r.below(3), () => r.pick(known)) }),
      () => ({ isEmpty: r.chance(0.5) }),
    ])();
  }

  #value({ kind, type }: Field, known: readonly unknown[]): unknown {
    const r = this.#r;
    const value = r.pick(known);
    if (r.chance(0.8) || kind === 'enum') return value;
    if (type === 'Int') return (value as number) + r.below(3) - 1;
    if (type === 'Float') return r.pick([(value as number) + 0.5, -0.25, 1e-7, 3]);
    if (type === 'BigInt') return r.chance(0.5) ? Number(value) : (value as bigint) + 1n;
    if (value instanceof Date) return new Date(value.getTime() + r.pick([-1, 1, 86_400_000]));
    if (type === 'String' && !uuid.test(String(value)))
      return r.pick(["it's", 'a"b\\c', '', '{}', '%', '$1', 'Ünïcode 👩‍🚀', String(value).toUpperCase()]);
    return value;
  }

  #part(text: string): string {
    const r = this.#r;
    if (r.chance(0.15)) return r.pick(['', '%', '_', '\\%', '\\\\', "'", 'é', '%a', 'E']);
    const start = r.below(Math.max(1, text.length));
    const part = r.chance(0.5) ? text.slice(start, start + 1 + r.below(8)) : text.slice(0, 1 + r.below(5));
    // A single backslash at the end of a pattern is a mistake in LIKE.
    const whole = part.replace(/\\+$/, '').replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
    return r.chance(0.3) ? whole.toUpperCase() : whole;
  }
}
