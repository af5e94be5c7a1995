import { type GraphQLInputType, getNamedType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import { expect } from 'vitest';
import { schema } from '../../src/schema.ts';
import { type Answer, type Asked, ask } from '../support/ask.ts';

// Mutations by their names, with an input as a value, so that tests can be made from the schema.

export type Input = Record<string, unknown>;
type Loose = Record<string, unknown>;

export interface Mistake {
  code: string;
  message: string;
  path: string[];
}

interface RowChange {
  model: string;
  action: string;
  changes: { field: string; before: unknown; after: unknown }[];
}

/** What mutations answer, each as far as its payload has it. */
export interface Payload {
  record: (Loose & { __typename: string; id: string; status: string; revision: number }) | null;
  errors: Mistake[];
  proposal: { id: string; status: string; changes: RowChange[] } | null;
  removedId: string | null;
  published: { id: string }[];
  needs: { id: string }[];
}

/** The names of all mutations. */
export const mutationNames = (): string[] => Object.keys(schema.getMutationType()?.getFields() ?? {});

/** The input type of a mutation. */
export function inputTypeOf(mutation: string) {
  const type = getNamedType(
    schema
      .getMutationType()
      ?.getFields()
      [mutation]?.args.find(({ name }) => name === 'input')?.type,
  );
  if (!isInputObjectType(type)) throw new Error(`There is no mutation ${mutation} with an input.`);
  return type;
}

/** The whole answer of a mutation, with what is asked of the record beside the usual. */
export function askTo(database: Asked, mutation: string, input: Input, record = ''): Promise<Answer<Record<string, Payload>>> {
  const operation = `mutation ($input: ${inputTypeOf(mutation).name}!) { ${mutation}(input: $input) { ${selectionOf(mutation, record)} } }`;
  return ask<Record<string, Payload>>(database, operation, { input });
}

/** The payload of a mutation that is allowed. */
export async function mutate(database: Asked, mutation: string, input: Input, record = ''): Promise<Payload> {
  const { data, errors } = await askTo(database, mutation, input, record);
  const payload = data?.[mutation];
  if (errors.length > 0 || !payload) {
    throw new Error(
      `${mutation} was not allowed: ${errors.map(({ message, originalError }) => `${message} ${originalError?.stack ?? ''}`)}`,
    );
  }
  for (const { path, message } of payload.errors) expectPath(mutation, path, message);
  return payload;
}

/** The record of a mutation that succeeds. */
export async function done(database: Asked, mutation: string, input: Input, record = ''): Promise<NonNullable<Payload['record']>> {
  const payload = await mutate(database, mutation, input, record);
  expect(payload.errors, `${mutation} ${JSON.stringify(input)}`).toEqual([]);
  if (!payload.record) throw new Error(`${mutation} answers no record.`);
  return payload.record;
}

/** The only mistake in an input. */
export async function mistake(database: Asked, mutation: string, input: Input): Promise<Mistake> {
  const { errors } = await mutate(database, mutation, input);
  expect(errors, `${mutation} ${JSON.stringify(input)}`).toHaveLength(1);
  return errors[0] as Mistake;
}

function selectionOf(mutation: string, record: string): string {
  const type = getNamedType(schema.getMutationType()?.getFields()[mutation]?.type);
  if (!isObjectType(type)) throw new Error(`${mutation} has no payload.`);
  const below: Record<string, string> = {
    record: `__typename id status revision ${record}`,
    errors: 'code message path',
    proposal: 'id status changes { model action changes { field before after } }',
  };
  return Object.values(type.getFields())
    .map(({ name, type: of }) => {
      const inner = below[name] ?? (isLeafType(getNamedType(of)) ? undefined : '__typename');
      const isRecord = isObjectType(getNamedType(of)) || inner === undefined ? '' : 'id ';
      return inner === undefined ? name : `${name} { ${name in below ? '' : isRecord}${inner} }`;
    })
    .join(' ');
}

/** The path of a mistake leads to a value in the input, or is empty. */
function expectPath(mutation: string, path: readonly string[], message: string): void {
  let type: GraphQLInputType = inputTypeOf(mutation);
  for (const [i, step] of path.entries()) {
    if (isNonNullType(type)) type = type.ofType;
    const here = `${mutation}: the path ${path.join('.')} of “${message}” at ${i}`;
    if (isListType(type)) {
      expect(step, here).toMatch(/^\d+$/);
      type = type.ofType;
      continue;
    }
    const field = isInputObjectType(type) ? type.getFields()[step] : undefined;
    expect(field?.name, here).toBe(step);
    if (field) type = field.type;
  }
}
