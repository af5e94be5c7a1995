import { createReader, type Query, type RawType, type Reader } from '../compiler/statement/index.ts';
import { getDatamodel } from '../generated/pothos-types.ts';
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import type { Connection, StatementLog } from './connection.ts';

// Reads go through the read compiler where it can answer them, else to Prisma: see
// docs/decisions/0026-read-compiler.md. Whoever asks knows the database by its Prisma client.

/** How many reads of this process were answered by the compiler, and why others weren't. */
export const readCounts = { handled: 0, declined: {} as Record<string, number> };

/** By the client of a database. One of a transaction or of the past isn't here: it has a state of its own. */
const readers = new WeakMap<object, () => Reader>();

/** Lets the reads of a client go through the compiler. */
export function keepReader(prisma: PrismaClient, { read }: Pick<Connection, 'read'>, { onStatement }: StatementLog): void {
  let reader: Reader | undefined;
  const run: Connection['read'] = onStatement
    ? (statement, ...rest) => {
        onStatement(statement.text);
        return read(statement, ...rest);
      }
    : read;
  readers.set(prisma, () => {
    reader ??= createReader(getDatamodel().datamodel, { run, onDecline: declined });
    return reader;
  });
}

/** The compiler on a client's database, if its reads go through it. */
export function readerOf(prisma: object): Reader | undefined {
  return readers.get(prisma)?.();
}

interface Delegate {
  findMany(query: Query): Promise<object[]>;
  count(query: Query): Promise<number>;
}

/** Who reads: the context of a request. */
interface Asker {
  prisma: object;
}

/** What reads a model's rows: the compiler first, and Prisma what that leaves. */
export function readingDelegate(asker: Asker, model: string): Delegate {
  const { prisma } = asker;
  const reader = readerOf(prisma);
  const read = <Result>(compiled: (reader: Reader) => Promise<Result> | undefined, ask: (delegate: Delegate) => Promise<Result>) => {
    const answer = reader ? compiled(reader) : undefined;
    if (!reader) declined('another client');
    return answered(answer, () => ask(delegateOf(prisma, model)));
  };
  return {
    findMany: (query) =>
      read(
        (by) => by.findMany(model, query, asker),
        (delegate) => delegate.findMany(query),
      ),
    count: (query) =>
      read(
        (by) => by.count(model, query, asker),
        (delegate) => delegate.count(query),
      ),
  };
}

/** Prisma's own. */
function delegateOf(prisma: object, model: string): Delegate {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  // Prisma's delegates have no type in common; this is the part that all of them have.
  return (prisma as Record<string, Delegate>)[name] as Delegate;
}

/** The rows of a statement of our own that only reads, as `$queryRaw` gives them: those columns, of those types. */
export function rawRows<Row extends object>(
  asker: { prisma: Pick<PrismaClient, '$queryRaw'> },
  sql: Prisma.Sql,
  columns: Readonly<Record<keyof Row & string, RawType>>,
): Promise<Row[]> {
  const answer = readerOf(asker.prisma)?.raw(sql, columns, asker) as Promise<Row[]> | undefined;
  return answered(answer, () => asker.prisma.$queryRaw<Row[]>(sql));
}

function answered<T>(answer: Promise<T> | undefined, ask: () => Promise<T>): Promise<T> {
  if (!answer) return ask();
  readCounts.handled++;
  return answer.catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    readCounts.handled--;
    declined('refused by the database');
    return ask();
  });
}

function declined(reason: string): void {
  readCounts.declined[reason] = (readCounts.declined[reason] ?? 0) + 1;
}

/**
 * Whether the database can't take the statement or one of its values: Prisma says what is wrong with those in
 * its own words. Of the classes of SQLSTATE: data, syntax, names of prepared statements, what isn't supported.
 */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|42|26|0A)...$/.test(String(error.code));
}
