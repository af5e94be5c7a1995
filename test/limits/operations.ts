import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { Random } from '../support/chance.ts';

/** What the required arguments of the schema are given. */
const required: Record<string, string> = {
  id: '"x"',
  ids: '["x", "y"]',
  of: '"x"',
  query: '"x"',
  at: '"2021"',
  by: '{ id: "x" }',
  type: 'PERSON',
};

/** A random operation on a schema that is valid, with fragments of both kinds, nested and used again. */
export function randomOperation(schema: GraphQLSchema, seed: number): string {
  const random = new Random(seed);
  const fragments: string[] = [];
  const reusable = new Map<string, string[]>();
  let names = 0;

  function selections(type: GraphQLCompositeType, levels: number): string {
    const parts = Array.from({ length: 1 + random.below(3) }, () => selection(type, levels));
    return `{ ${parts.join(' ')} }`;
  }

  function selection(type: GraphQLCompositeType, levels: number): string {
    const known = reusable.get(type.name) ?? [];
    if (known.length > 0 && random.chance(0.15)) return `...${random.pick(known)}`;
    if (levels > 0 && random.chance(0.15)) return namedFragment(random.pick(narrower(type)), levels);
    if (levels > 0 && random.chance(0.15)) {
      const inner = random.pick(narrower(type));
      return `... ${inner === type && random.chance(0.5) ? '' : `on ${inner.name} `}${selections(inner, levels - 1)}`;
    }
    return field(type, levels);
  }

  function namedFragment(type: GraphQLCompositeType, levels: number): string {
    const name = `F${names++}`;
    fragments.push(`fragment ${name} on ${type.name} ${selections(type, levels - 1)}`);
    reusable.set(type.name, [...(reusable.get(type.name) ?? []), name]);
    return `...${name}`;
  }

  function field(type: GraphQLCompositeType, levels: number): string {
    const fields = 'getFields' in type ? (Object.values(type.getFields()) as GraphQLField<unknown, unknown>[]) : [];
    const fitting = fields.filter((each) => levels > 0 || !isCompositeType(getNamedType(each.type)));
    if (fitting.length === 0 || random.chance(0.1)) return random.chance(0.5) ? `a${names++}: __typename` : '__typename';
    const chosen = random.pick(fitting);
    const inner = getNamedType(chosen.type);
    const args = chosen.args.flatMap((arg) => {
      if (isRequiredArgument(arg)) return `${arg.name}: ${required[arg.name] ?? 'ASC'}`;
      return arg.name === 'first' && random.chance(0.5) ? `first: ${random.below(101)}` : [];
    });
    const body = isCompositeType(inner) ? ` ${selections(inner, levels - 1)}` : '';
    // A name of its own keeps it from being merged with another of the same name.
    const alias = chosen.args.length > 0 || body || random.chance(0.3) ? `a${names++}: ` : '';
    return `${alias}${chosen.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${body}`;
  }

  /** The types of which a fragment may be, where this type stands. */
  function narrower(type: GraphQLCompositeType): GraphQLCompositeType[] {
    return isObjectType(type) ? [type, ...type.getInterfaces()] : [type, ...schema.getPossibleTypes(type)];
  }

  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries.');
  const operation = `query ${selections(root, 3 + random.below(6))}`;
  return [operation, ...fragments].join('\n');
}

/** The same operation with each fragment written out where it is spread. */
export function unfolded(operation: string): string {
  const { definitions } = parse(operation);
  const fragments = new Map(
    definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((each) => [each.name.value, each]),
  );
  const unfold = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        return selection.selectionSet ? { ...selection, selectionSet: unfold(selection.selectionSet) } : selection;
      }
      const fragment = fragments.get(selection.name.value);
      if (!fragment) throw new Error(`There is no fragment ${selection.name.value}.`);
      return { kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, selectionSet: unfold(fragment.selectionSet) };
    }),
  });
  const [first] = definitions;
  if (first?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The operation must come first.');
  return print({ ...first, selectionSet: unfold(first.selectionSet) });
}

/** Counts an unfolded operation field by field. */
export function naiveCount(operation: string): { depth: number; aliases: number; rootFields: number } {
  const [first] = parse(operation).definitions;
  if (first?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The operation must come first.');
  const count = { depth: 0, aliases: 0, rootFields: 0 };
  const walk = (fields: FieldNode[], depth: number) => {
    for (const field of fields) {
      count.depth = Math.max(count.depth, depth);
      if (field.alias) count.aliases++;
      if (depth === 1) count.rootFields++;
      if (field.selectionSet) walk(fieldsOf(field.selectionSet), depth + 1);
    }
  };
  walk(fieldsOf(first.selectionSet), 1);
  return count;
}

function fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}
