import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { schema } from '../../src/schema.ts';
import type { Random } from './chance.ts';

// Operations drawn by chance over the whole schema: fields, aliases, fragments, directives, and arguments of every
// type, in the document or in variables, most of them good.

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** What arguments are drawn from. */
export interface Material {
  /** Ids of records by their types, some of which may not be seen. */
  ids: Readonly<Record<string, readonly string[]>>;
  /** Values of identifiers. */
  identifiers: readonly { scheme: string; value: string }[];
  /** Cursors of earlier answers; those of other lists are refused. */
  cursors: readonly string[];
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** Draws one operation. It may be invalid where two fields with one key differ. */
export function randomOperation(random: Random, material: Material): Operation {
  const drawn = new Drawing(random, material);
  const root = schema.getQueryType() as GraphQLObjectType;
  const fields = Object.values(root.getFields()).filter(({ name }) => !name.startsWith('_'));
  // What is deep is planned by PostgreSQL for as long as many small ones.
  const depth = random.chance(0.15) ? 4 : 1 + random.below(2);
  const selections = random.list(random.chance(0.8) ? 1 : 2 + random.below(2), (i) =>
    drawn.field(random.pick(fields), depth, random.chance(0.3) ? `r${i}` : undefined),
  );
  if (random.chance(0.05)) selections.push('__typename');
  return drawn.operation(selections);
}

class Drawing {
  readonly #random: Random;
  readonly #material: Material;
  readonly #variables: { name: string; type: string; standard: string | undefined }[] = [];
  readonly #values: Record<string, unknown> = {};
  readonly #fragments: string[] = [];
  readonly #conditions: string[] = [];
  /** The type of the records that are spoken of. */
  #of = '';

  constructor(random: Random, material: Material) {
    this.#random = random;
    this.#material = material;
  }

  operation(selections: readonly string[]): Operation {
    const variables = this.#variables.map(
      ({ name, type, standard }) => `$${name}: ${type}${standard === undefined ? '' : ` = ${standard}`}`,
    );
    const head = variables.length > 0 ? `query Random(${variables.join(', ')})` : 'query Random';
    return { query: [`${head} { ${selections.join(' ')} }`, ...this.#fragments].join('\n'), variables: this.#values };
  }

  field(field: GraphQLField<unknown, unknown>, depth: number, alias?: string): string {
    const type = getNamedType(field.type);
    this.#of = '';
    const args = field.args.flatMap((argument) => this.#argument(argument));
    const call = args.length > 0 ? `(${args.join(', ')})` : '';
    const below = isObjectType(type) || isInterfaceType(type) ? ` { ${this.#selections(type, depth)} }` : '';
    return `${alias ? `${alias}: ` : ''}${field.name}${call}${this.#directive()}${below}`;
  }

  #selections(type: Composite, depth: number): string {
    const random = this.#random;
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((each) => isLeafType(getNamedType(each.type)));
    // What holds others takes no depth away: a connection, its edges.
    const isPart = isObjectType(type) && !type.getInterfaces().some(({ name }) => name === 'Node');
    const inner = depth > 0 ? fields.filter((each) => !leaves.includes(each)) : [];
    const chosen = random.shuffled([
      ...random.shuffled(leaves).slice(0, 1 + random.below(4)),
      ...random.shuffled(inner).slice(0, isPart ? 1 + random.below(3) : random.below(3)),
    ]);
    const selections = chosen.map((each) =>
      this.field(each, isPart && each.name !== 'record' && each.name !== 'subject' ? depth : depth - 1),
    );
    // The same again, under another key: with other arguments, mostly.
    const again = chosen.find(({ args }) => args.length > 0);
    if (again && random.chance(0.15)) selections.push(this.field(again, Math.max(0, depth - 2), `again_${again.name}`));
    if (random.chance(0.2)) selections.push('__typename');
    if (isInterfaceType(type)) {
      for (const possible of random.shuffled(schema.getPossibleTypes(type)).slice(0, 1 + random.below(3))) {
        selections.push(this.#fragment(possible, depth));
      }
    } else if (random.chance(0.1)) {
      selections.push(this.#fragment(random.pick([type, ...type.getInterfaces()]), depth));
    }
    return selections.length > 0 ? selections.join(' ') : '__typename';
  }

  #fragment(type: Composite, depth: number): string {
    if (this.#random.chance(0.7)) return `... on ${type.name}${this.#directive()} { ${this.#selections(type, depth - 1)} }`;
    const name = `F${this.#fragments.length}`;
    // Its place is taken first: others may be drawn within it.
    const i = this.#fragments.push('') - 1;
    this.#fragments[i] = `fragment ${name} on ${type.name} { ${this.#selections(type, depth - 1)} }`;
    return `...${name}${this.#directive()}`;
  }

  #directive(): string {
    const random = this.#random;
    if (!random.chance(0.06)) return '';
    const value = random.chance(0.3) ? String(random.chance(0.5)) : this.#condition();
    return ` @${random.pick(['skip', 'include'])}(if: ${value})`;
  }

  /** One of a few variables. */
  #condition(): string {
    if (this.#conditions.length < 2) this.#conditions.push(this.#variable('Boolean!', this.#random.chance(0.5)));
    return this.#random.pick(this.#conditions);
  }

  #argument({ name, type, defaultValue }: GraphQLArgument): string[] {
    const random = this.#random;
    const isRequired = isNonNullType(type) && defaultValue === undefined;
    // The past has a way of its own, which takes long.
    const likely = { asOf: 0.01, first: 0.6, last: 0.08, before: 0.03, after: 0.05 }[name] ?? 0.3;
    if (!isRequired && !random.chance(likely)) return [];
    const value = !isRequired && !isNonNullType(type) && random.chance(0.03) ? null : this.#value(type, name, 2);
    return [`${name}: ${random.chance(0.35) ? this.#variable(String(type), value) : literal(value)}`];
  }

  /** A variable with this value, which now and then is only its default, or is missing. */
  #variable(type: string, value: unknown): string {
    const random = this.#random;
    const name = `v${this.#variables.length}`;
    const isDefault = value !== null && random.chance(0.15);
    this.#variables.push({ name, type, standard: isDefault ? literal(value) : undefined });
    if (!isDefault && !(type.endsWith('!') ? random.chance(0.005) : random.chance(0.05))) this.#values[name] = json(value);
    return `$${name}`;
  }

  #value(type: GraphQLInputType, name: string, depth: number): unknown {
    const random = this.#random;
    const nullable = getNullableType(type);
    if (isListType(nullable)) return random.list(random.below(4), () => this.#value(nullable.ofType, name, depth));
    if (isEnumType(nullable)) return new Enum(random.pick(nullable.getValues()).name);
    if (isInputObjectType(nullable)) {
      const of = /^(\w+?)(?:Ref|Filter)$/.exec(nullable.name)?.[1] ?? '';
      if (this.#material.ids[of]) this.#of = of;
      const fields = Object.values(nullable.getFields());
      const needed = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
      const others = random.shuffled(fields.filter((field) => !needed.includes(field)));
      const few = depth > 0 ? others : others.filter((field) => !isInputObjectType(getNamedType(field.type)));
      const chosen = nullable.isOneOf ? [random.pick(fields)] : [...needed, ...few.slice(0, 1 + random.below(2))];
      const own = chosen.map((field) => {
        const isNull = !nullable.isOneOf && !isNonNullType(field.type) && random.chance(0.04);
        const value = isNull ? null : this.#value(field.type, field.name, depth - 1);
        return [field.name, value] as const;
      });
      if (nullable.name === 'IdentifierRef' && random.chance(0.8)) return { ...random.pick(this.#material.identifiers) };
      return Object.fromEntries(own);
    }
    return this.#scalar(getNamedType(nullable).name, name);
  }

  #scalar(type: string, name: string): unknown {
    const random = this.#random;
    const { ids, cursors } = this.#material;
    switch (type) {
      case 'ID': {
        const known = random.chance(0.97) ? ids[this.#of] : undefined;
        if (random.chance(0.02))
          return random.pick(['', 'x', 'UGVyc29uOng=', Buffer.from(`Statement:${random.uuid()}`).toString('base64')]);
        return random.pick(known ?? random.pick(Object.values(ids)));
      }
      case 'Int':
        if (name === 'first' || name === 'last') return random.chance(0.03) ? random.pick([-1, 101, 2 ** 31 - 1]) : random.below(5);
        return random.below(5);
      case 'Float':
        return random.pick([0, 1, -3.5, 33.3, 44.25]);
      case 'Boolean':
        return random.chance(0.5);
      case 'EDTF':
        return random.chance(0.02) ? 'then' : random.date().edtf;
      case 'DateTime':
        return random.instant().toISOString();
      case 'Language':
        return random.chance(0.02) ? 'not a language' : random.language();
      case 'JSON':
        return {};
      default:
        if (name === 'after' || name === 'before') return random.chance(0.95) && cursors.length > 0 ? random.pick(cursors) : 'x';
        return random.words(1 + random.below(2));
    }
  }
}

/** A value of an enum, which is no string in a document. */
class Enum {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function json(value: unknown): unknown {
  if (value instanceof Enum) return value.name;
  if (Array.isArray(value)) return value.map(json);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, json(inner)]));
}

function literal(value: unknown): string {
  if (value instanceof Enum) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(', ')} }`;
}
