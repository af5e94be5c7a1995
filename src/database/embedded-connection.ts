import type { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import type { Connection } from './connection.ts';
import type { Embedded } from './embedded-client.ts';

/**
 * A connection over a PGlite that is already there.
 * @param read runs the read compiler's statements there.
 */
export function connectionTo(pglite: Embedded, read: Connection['read'], name: string, onClose = async () => {}): Connection {
  return {
    name,
    // All that it uses of a PGlite is what is declared of an embedded database.
    adapter: new PrismaPGlite(pglite as unknown as PGlite),
    query: async (sql) => (await pglite.query<Record<string, unknown>>(sql)).rows,
    run: async (script) => {
      await pglite.exec(script);
    },
    // The lock on the folder keeps other processes out altogether.
    exclusively: (work) => work(),
    read,
    listen: (channel, hear) => {
      const started = pglite.listen(channel, hear).then(
        (stop) => {
          hear(undefined);
          return stop;
        },
        // It was closed in the meantime.
        () => undefined,
      );
      return async () => {
        const stop = await started;
        if (!pglite.closed) await stop?.();
      };
    },
    close: async () => {
      await pglite.close();
      await onClose();
    },
  };
}
