import { type DocumentNode, Kind, type TypeNode, type ValueNode, visit } from 'graphql';
import { userError } from '../errors.ts';

/** How much a request brings along in its arguments and variables. */
export interface InputMeasure {
  inputDepth: number;
  inputValues: number;
}

/**
 * How many values of each representation of `_entities` aren't counted: their number has a limit of its own, and
 * `__typename` and a key or two are all that they need.
 */
const valuesOfRepresentation = 5;

/** What a document brings along whatever its variables are. */
interface Brought extends InputMeasure {
  /** The variables that hold representations. */
  apart: ReadonlySet<string>;
}

const brought = new WeakMap<DocumentNode, Brought>();

/**
 * Measures the values of a request's arguments and variables, and of the variables' defaults. Those in the document
 * are measured once for each document.
 * @throws {GraphQLError} INVALID_TEXT for a text with the character U+0000, which PostgreSQL can't hold.
 */
export function measureInput(document: DocumentNode, variables: unknown): InputMeasure {
  let own = brought.get(document);
  if (!own) {
    own = measureLiterals(document);
    brought.set(document, own);
  }
  const { apart } = own;
  const measure: InputMeasure = { inputDepth: own.inputDepth, inputValues: own.inputValues };
  const given = Object.entries(variables ?? {});
  addJson(measure, apart.size === 0 ? (variables ?? {}) : Object.fromEntries(given.filter(([name]) => !apart.has(name))));
  for (const [name, value] of given) {
    if (!apart.has(name)) continue;
    for (const each of Array.isArray(value) ? value : [value]) addApart(measure, addJson, each);
  }
  return measure;
}

function measureLiterals(document: DocumentNode): Brought {
  const measure: InputMeasure = { inputDepth: 0, inputValues: 0 };
  const apart = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (name.value !== 'representations') return addLiteral(measure, value);
      for (const each of value.kind === Kind.LIST ? value.values : [value]) addApart(measure, addLiteral, each);
    },
    VariableDefinition: ({ variable, type, defaultValue }) => {
      if (nameOf(type) === '_Any') apart.add(variable.name.value);
      if (defaultValue) addLiteral(measure, defaultValue);
    },
  });
  return { ...measure, apart };
}

function addLiteral(to: InputMeasure, value: ValueNode): void {
  add(to, value, childrenOfLiteral, (node) => (node.kind === Kind.STRING ? node.value : undefined));
}

function addJson(to: InputMeasure, value: unknown): void {
  add(to, value, childrenOfJson, (each) => (typeof each === 'string' ? each : undefined));
}

/** Adds a representation, without what each may have. */
function addApart<Value>(measure: InputMeasure, addTo: (measure: InputMeasure, value: Value) => void, representation: Value): void {
  const own: InputMeasure = { inputDepth: 0, inputValues: 0 };
  addTo(own, representation);
  measure.inputDepth = Math.max(measure.inputDepth, own.inputDepth);
  measure.inputValues += Math.max(0, own.inputValues - valuesOfRepresentation);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
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
