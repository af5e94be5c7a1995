import { type DocumentNode, type GraphQLSchema, getOperationAST, type OperationDefinitionNode } from 'graphql';
import type { Limits } from '../config.ts';
import type { Context } from '../context.ts';
import { measureInput } from './input.ts';
import { enforce } from './limits.ts';
import { measure } from './measure.ts';

/** What is run, as far as it is looked at here. */
export interface Asked {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  /** As they come with the request; without them, what only they would say is not measured. */
  variableValues?: Record<string, unknown> | null | undefined;
  /** A gateway asks for more at once. */
  contextValue?: Pick<Context, 'isGateway'>;
}

/**
 * Refuses an operation of a valid document that asks too much.
 * @returns the operation; none, if the document has none by that name.
 * @throws {GraphQLError} naming the limit.
 */
export function enforceOperation(
  limits: Limits,
  { schema, document, operationName, variableValues, contextValue }: Asked,
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
    enforce(limits, 'entities', found.entities);
    enforce(contextValue?.isGateway ? { ...limits, nodes: Math.max(limits.nodes, limits.gatewayNodes) } : limits, 'nodes', found.nodes);
  }
  return operation;
}
