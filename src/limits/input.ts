import { type DocumentNode, Kind, type ValueNode, visit } from 'graphql';
import { userError } from '../errors.ts';

/** How much a request brings along in its arguments and variables. */
export interface InputMeasure {
  inputDepth: number;
  inputValues: number;
}

/**
 * Measures the values of a request's arguments and variables, and of the variables' defaults.
 * @throws {GraphQLError} INVALID_TEXT for a text with the character U+0000, which PostgreSQL can't hold.
 */
export function measureInput(document: DocumentNode, variables: unknown): InputMeasure {
  const measure: InputMeasure = { inputDepth: 0, inputValues: 0 };
  const addLiteral = (value: ValueNode) =>
    add(measure, value, childrenOfLiteral, (node) => (node.kind === Kind.STRING ? node.value : undefined));
  visit(document, {
    Argument: ({ value }) => addLiteral(value),
    VariableDefinition: ({ defaultValue }) => defaultValue && addLiteral(defaultValue),
  });
  add(measure, variables, childrenOfJson, (value) => (typeof value === 'string' ? value : undefined));
  return measure;
}

/** Walks a tree of values without recursion, since its depth is what is in question. */
function add<Value>(
  measure: InputMeasure,
  root: Value,
  childrenOf: (value: Value) => readonly Value[],
  textOf: (value: Value) => string | undefined,
): void {
  let level: readonly Value[] = childrenOf(root);
  if (textOf(root) !== undefined) check(textOf(root));
  measure.inputValues += 1;
  for (let depth = 1; level.length > 0; depth++) {
    measure.inputDepth = Math.max(measure.inputDepth, depth);
    measure.inputValues += level.length;
    for (const value of level) check(textOf(value));
    level = level.flatMap(childrenOf);
  }
}

function check(text: string | undefined): void {
  if (text?.includes('\0')) {
    throw userError('INVALID_TEXT', 'A text in the request has the character U+0000, which no text of the record can have. Leave it out.', {
      extensions: { http: { status: 400 } },
    });
  }
}

function childrenOfLiteral(node: ValueNode): readonly ValueNode[] {
  if (node.kind === Kind.LIST) return node.values;
  return node.kind === Kind.OBJECT ? node.fields.map(({ value }) => value) : [];
}

function childrenOfJson(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
