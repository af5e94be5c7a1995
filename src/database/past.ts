import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { userError } from '../errors.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';

// The record as of an instant: a client whose schema is "past", where a view of each table shows its rows
// as they stood at a setting of the transaction. See docs/decisions/0017-as-of.md.

/** Makes the client of the past, when it is first asked for. */
type Open = () => PrismaClient;

/** By the client of the present, which is what a request knows its database by. */
const opens = new WeakMap<PrismaClient, Open>();

/** Lets `pastOf` find the past of a client. */
export function keepPast(present: PrismaClient, open: Open): void {
  opens.set(present, open);
}

/**
 * A client that answers every query as of an instant.
 * @param all whether what is hidden from readers today is shown as it was.
 * @throws {GraphQLError} INVALID_DATE, from each query, when the instant is yet to come by the database's clock.
 */
export function pastOf(present: PrismaClient, instant: Date, all: boolean): PrismaClient {
  const open = opens.get(present);
  if (!open) throw new Error('The past is asked of the client of a database, and not within a transaction.');
  const past = open();
  return past.$extends({
    query: {
      async $allOperations({ args, query }) {
        const [[settings], result] = await past.$transaction([
          past.$queryRaw<{ isPast: boolean }[]>`SELECT history.look_back(${instant}, ${all}) AS "isPast"`,
          // The settings end with the transaction that this query is the rest of.
          query(args),
        ]);
        if (!settings?.isPast) {
          throw userError('INVALID_DATE', `${instant.toISOString()} is yet to come; \`asOf\` is an instant of the past.`);
        }
        return result;
      },
    },
    // The type of an extended client is another, though it does the same.
  }) as unknown as PrismaClient;
}

/** The same connections for a client whose tables stand in another schema. */
export function inSchema(factory: SqlMigrationAwareDriverAdapterFactory, schema: string): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter = await factory.connect();
      const info = adapter.getConnectionInfo?.();
      adapter.getConnectionInfo = () => ({ supportsRelationJoins: true, ...info, schemaName: schema });
      return adapter;
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  };
}
