import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { collectFields, type Selected } from './collect.ts';
import { type ReadRoot, readOf } from './declared.ts';
import { Operation, planRoot, type RootPlan } from './plan.ts';
import { DeclineAlways } from './selection.ts';

/** An operation whose fields all declare how they are read. */
export interface OperationPlan {
  roots: readonly (RootPlan & { read: ReadRoot | undefined })[];
  /** How many fields have variables in their arguments. */
  slots: { readonly count: number };
}

/** How many variables may decide what is left out: each doubles the plans. */
const maxConditions = 6;

/** An operation of a document, with a plan for each way in which its `@skip` and `@include` can fall out. */
export class PlannedOperation {
  readonly variables: readonly VariableDefinitionNode[];
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #conditions: readonly string[];
  readonly #plans = new Map<string, OperationPlan>();
  readonly #root: GraphQLObjectType;
  readonly #selectionSet;
  readonly #planned: () => void;

  /**
   * @param planned hears of each field that is planned.
   * @throws {DeclineAlways} when it isn't a query, or leaves out too much.
   */
  constructor(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined, planned: () => void) {
    this.#planned = planned;
    const operation = getOperationAST(document, operationName);
    const root = schema.getQueryType();
    if (operation?.operation !== OperationTypeNode.QUERY || !root) throw new DeclineAlways('no query');
    this.#schema = schema;
    this.#root = root;
    this.#selectionSet = operation.selectionSet;
    this.variables = operation.variableDefinitions ?? [];
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
    this.#conditions = conditionsIn(document);
    if (this.#conditions.length > maxConditions) throw new DeclineAlways('too many conditions');
  }

  /** @throws {DeclineAlways} when one of its fields doesn't declare how it is read. */
  planFor(variables: Readonly<Record<string, unknown>>): OperationPlan {
    const key = this.#conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let plan = this.#plans.get(key);
    if (!plan) {
      // The others are planned with the same values as here.
      const values = Object.fromEntries(this.#conditions.map((name) => [name, variables[name] === true]));
      plan = this.#plan({ schema: this.#schema, fragments: this.#fragments, isIn: (selection) => isIn(selection, values) });
      this.#plans.set(key, plan);
    }
    return plan;
  }

  #plan(selected: Selected): OperationPlan {
    const operation = new Operation(selected, this.#planned);
    const roots = [...collectFields(selected, this.#root, [this.#selectionSet])].map(([key, nodes]) => {
      const root = planRoot(operation, this.#root, key, nodes);
      const read = root.field && readOf(root.field);
      if (root.field && !read) throw new DeclineAlways(`${this.#root.name}.${root.field.name} is executed`);
      return { ...root, read };
    });
    return { roots, slots: operation.slots };
  }
}

/** The variables that decide what is left out. */
function conditionsIn(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Whether `@skip` and `@include` leave a selection in. */
function isIn({ directives = [] }: SelectionNode, variables: Readonly<Record<string, boolean>>): boolean {
  return directives.every(({ name, arguments: args }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = args?.find((argument) => argument.name.value === 'if')?.value;
    const condition = value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
    return (name.value === 'include') === condition;
  });
}
