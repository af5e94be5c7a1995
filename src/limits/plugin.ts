import { type DocumentNode, type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../config.ts';
import { userError } from '../errors.ts';
import { measureInput } from './input.ts';
import { countTokens, enforce } from './limits.ts';
import { measure } from './measure.ts';

/** Refuses requests that ask too much, before anything is asked of the database, and ends those that take too long. */
export function limitsPlugin(limits: Limits): Plugin {
  return {
    onParams: ({ params }) => {
      if (typeof params.query === 'string') enforce(limits, 'tokens', countTokens(params.query));
    },
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const operation = enforceAll(limits, args as Asked);
      const advice =
        operation?.operation === 'mutation'
          ? 'It may be done all the same: look, or send it again with the same `idempotencyKey`.'
          : 'Ask for less, or for smaller pages.';
      setExecuteFn((executeArgs) => within(limits.timeoutMs, advice, executeFn(executeArgs)));
    },
  };
}

/** What is run, as far as it is looked at here. */
export interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null;
  variableValues?: Record<string, unknown> | null;
}

/**
 * Refuses an operation that asks too much.
 * @throws {GraphQLError} with the code of the limit.
 */
export function enforceAll(
  limits: Limits,
  { schema, document, operationName, variableValues }: Asked,
): OperationDefinitionNode | null | undefined {
  const variables = variableValues ?? {};
  const input = measureInput(document, variables);
  enforce(limits, 'inputDepth', input.inputDepth);
  enforce(limits, 'inputValues', input.inputValues);
  const operation = getOperationAST(document, operationName);
  if (operation) {
    const found = measure(schema, document, operation, variables);
    enforce(limits, 'depth', found.depth);
    enforce(limits, 'aliases', found.aliases);
    enforce(limits, 'rootFields', found.rootFields);
    enforce(limits, 'nodes', found.nodes);
  }
  return operation;
}

/**
 * Gives work so much time.
 * @throws {GraphQLError} TIMEOUT.
 */
export async function within<T>(milliseconds: number, advice: string, work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        userError('TIMEOUT', `The request took more than ${milliseconds} ms and was given up. ${advice}`, {
          extensions: { limit: milliseconds, http: { status: 503 } },
        }),
      );
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
