import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  getVariableValues,
  isNonNullType,
  locatedError,
} from 'graphql';
import { TextData } from './data.ts';
import { type OperationPlan, PlannedOperation } from './operation.ts';
import type { Request } from './request.ts';
import { Decline, DeclineAlways } from './selection.ts';

/** Executes an operation in GraphQL's way. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** How many operations were answered from rows, and why the others were executed. */
export class AnswerCounts {
  answered = 0;
  /** How many fields the plans have that are kept. */
  planned = 0;
  readonly executed = new Map<string, number>();

  count(reason: string): void {
    this.executed.set(reason, (this.executed.get(reason) ?? 0) + 1);
  }
}

/** How many fields all plans may have together: some 100 MB, if a stranger makes them as large as they get. */
const mostPlanned = 50_000;

/** An operation of a document; a reason when it is always executed. */
type Known = PlannedOperation | string;

/**
 * Answers queries straight from the rows that their fields declare to read, and executes all others, and those in
 * which something goes wrong. Plans are kept as long as their documents are, and made anew when all of them together
 * have become too large: a document may be kept that is short, and unfolds to many fields in many ways.
 */
export function answering(execute: Execute, counts = new AnswerCounts(), most = mostPlanned): Execute {
  let known = new WeakMap<DocumentNode, Map<string, Known>>();

  function planned(): void {
    counts.planned++;
    if (counts.planned <= most) return;
    counts.planned = 0;
    known = new WeakMap();
  }

  function operationOf({ schema, document, operationName }: ExecutionArgs): Known {
    let operations = known.get(document);
    if (!operations) {
      operations = new Map();
      known.set(document, operations);
    }
    const name = operationName ?? '';
    let operation = operations.get(name);
    if (operation === undefined) {
      try {
        operation = new PlannedOperation(schema, document, operationName, planned);
      } catch (error) {
        operation = reasonOf(error);
      }
      // A name that the document doesn't have could be any.
      if (typeof operation !== 'string' || operation !== 'no query') operations.set(name, operation);
    }
    return operation;
  }

  return (args) => {
    const operation = operationOf(args);
    const decline = (reason: string) => {
      counts.count(reason);
      return execute(args);
    };
    if (typeof operation === 'string') return decline(operation);
    try {
      const { coerced, errors } = getVariableValues(args.schema, operation.variables, args.variableValues ?? {}, { maxErrors: 50 });
      if (errors) return decline('wrong variables');
      const plan = operation.planFor(coerced);
      const request = { context: args.contextValue as object, variables: coerced, args: new Array(plan.slots.count) };
      return answer(plan, request).then(
        (result) => {
          counts.answered++;
          return result;
        },
        (error) => {
          forget(error);
          return decline(reasonOf(error));
        },
      );
    } catch (error) {
      forget(error);
      return decline(reasonOf(error));
    }

    function forget(error: unknown): void {
      if (error instanceof DeclineAlways) known.get(args.document)?.set(args.operationName ?? '', error.message);
    }
  };
}

async function answer({ roots }: OperationPlan, request: Request): Promise<ExecutionResult> {
  const [only] = roots;
  const values =
    only && roots.length === 1 ? [await readRoot(only, request)] : await Promise.all(roots.map((root) => readRoot(root, request)));
  const errors: GraphQLError[] = [];
  let isNull = false;
  const parts = roots.map(({ key, nodes, field, complete }, i) => {
    const value = values[i];
    if (!(value instanceof Error)) return `${JSON.stringify(key)}:${complete(value, request)}`;
    errors.push(locatedError(value, nodes, [key]));
    isNull ||= isNonNullType(field?.type);
    return `${JSON.stringify(key)}:null`;
  });
  const data = new TextData(`{${parts.join(',')}}`) as object as Record<string, unknown>;
  if (errors.length === 0) return { data };
  // Which of them are told depends on which comes first.
  if (isNull && errors.length > 1) throw new Decline('several errors');
  return { errors, data: isNull ? null : data };
}

/** The value of a field of the root, or the error that reading it ended in. */
async function readRoot({ read, args, selection }: OperationPlan['roots'][number], request: Request): Promise<unknown> {
  if (!read) return undefined;
  // What is wrong with arguments is found in the ordinary way, with its place in the document.
  const given = args(request);
  try {
    return await read(given as never, request.context as never, selection(request));
  } catch (error) {
    if (error instanceof Decline) throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}

function reasonOf(error: unknown): string {
  // What people are told of a request may hold what they asked.
  return error instanceof Decline ? error.message : 'an error';
}
