import { type DocumentNode, execute, type GraphQLError, parse, validate } from 'graphql';
import { pino } from 'pino';
import type { Role } from '../../src/auth/roles.ts';
import { reader, type Viewer } from '../../src/auth/viewer.ts';
import type { Context } from '../../src/context.ts';
import type { Database } from '../../src/database/database.ts';
import { schema } from '../../src/schema.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';

/** What an operation answers, as it goes over the wire. */
export interface Answer<Data> {
  data: Data | null;
  errors: readonly GraphQLError[];
}

/** A document made by `graphql(...)`, whose types are known, or the text of one. */
type Operation<Data, Variables> = TypedDocumentString<Data, Variables> | string;

/** Variables may be left out when the document needs none. */
type Rest<Variables> = Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];

type Loose = Record<string, unknown>;

/** What is asked, and in whose name: a reader's, if nobody is named. */
export interface Asked extends Pick<Database, 'prisma'> {
  viewer?: Viewer;
}

/** The same database, asked by someone with this role. */
export function as<Each extends Asked>(database: Each, role: Role, id = `token:${role.toLowerCase()}`): Each & { viewer: Viewer } {
  return { ...database, viewer: { id, role } };
}

/** Asks without the server around the schema. */
export async function ask<Data = Loose, Variables = Loose>(
  { prisma, viewer = reader }: Asked,
  operation: Operation<Data, Variables>,
  ...[variables]: Rest<Variables>
): Promise<Answer<Data>> {
  const { document, invalid } = read(textOf(operation));
  if (invalid.length > 0) return { data: null, errors: invalid };
  const context: Context = { prisma, viewer, requestId: 'test', log: pino({ level: 'silent' }) };
  const { data, errors = [] } = await execute({ schema, document, variableValues: variables as Loose | undefined, contextValue: context });
  return { data: JSON.parse(JSON.stringify(data ?? null)), errors };
}

const known = new Map<string, { document: DocumentNode; invalid: readonly GraphQLError[] }>();

/** Large operations are asked again and again, and looking whether they are valid takes longer than their answer. */
function read(text: string) {
  const before = known.get(text);
  if (before) return before;
  const document = parse(text);
  const now = { document, invalid: validate(schema, document) };
  // What has other ids in it each time isn't asked again.
  if (known.size >= 500) known.clear();
  known.set(text, now);
  return now;
}

/** The data of an operation that is expected to succeed. */
export async function run<Data = Loose, Variables = Loose>(
  database: Asked,
  operation: Operation<Data, Variables>,
  ...rest: Rest<Variables>
): Promise<Data> {
  const { data, errors } = await ask(database, operation, ...rest);
  if (errors.length > 0 || !data) throw new Error(`The operation was refused.\n${errors.map(describe).join('\n')}`);
  return data;
}

/** The first error of an operation that is expected to have one. */
export async function refused<Data = Loose, Variables = Loose>(
  database: Asked,
  operation: Operation<Data, Variables>,
  ...rest: Rest<Variables>
) {
  const { data, errors } = await ask(database, operation, ...rest);
  const [error] = errors;
  if (!error) throw new Error(`The operation was not refused. It answers ${JSON.stringify(data, null, 2)}`);
  return { code: error.extensions.code, message: error.message, path: error.path };
}

function textOf(operation: object | string): string {
  const text = operation.toString();
  if (text === '[object Object]') throw new Error('The document is not generated: write it between backticks, and run "npm run generate".');
  return text;
}

function describe({ message, path = [], extensions, originalError }: GraphQLError): string {
  return [`${extensions.code ?? 'UNEXPECTED'} at ${path.join('.') || 'the root'}: ${message}`, originalError?.stack]
    .filter(Boolean)
    .join('\n');
}
