import { type FieldNode, type GraphQLField, getArgumentValues, Kind, type ValueNode } from 'graphql';
import type { Request } from './request.ts';

/** The arguments of a field, coerced: the same object for all values of the field in one request. */
export type ArgumentsOf = (request: Request) => object;

const none: object = Object.freeze({});

/**
 * How the arguments of a field are had. Those without variables are made once.
 * @param slots counts the fields that have variables in their arguments.
 * @throws {GraphQLError} when they can't be coerced.
 */
export function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, slots: { count: number }): ArgumentsOf {
  if (field.args.length === 0) return () => none;
  if (!node.arguments?.some(({ value }) => hasVariable(value))) {
    const args = getArgumentValues(field, node);
    return () => args;
  }
  const slot = slots.count++;
  return (request) => {
    request.args[slot] ??= getArgumentValues(field, node, request.variables);
    return request.args[slot];
  };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}
