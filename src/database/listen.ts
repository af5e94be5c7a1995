import pg from 'pg';
import type { Listen } from './connection.ts';

/** How long to wait before connecting again, in milliseconds: twice as long each time, up to the longest. */
const patience = { shortest: 100, longest: 5_000 };

/** Listens on a server, each time on a connection of its own that is made anew whenever it breaks. */
export function listenOn(url: string): { listen: Listen; stopListening(): Promise<void> } {
  const stops = new Set<() => Promise<void>>();
  const listen: Listen = (channel, hear) => {
    let client: pg.Client | undefined;
    let again: NodeJS.Timeout | undefined;
    let wait = patience.shortest;
    let isOver = false;

    function connect(): void {
      const current = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: patience.longest,
        keepAlive: true,
        application_name: 'verbatim',
      });
      client = current;
      let isLost = false;
      const lose = () => {
        if (isLost) return;
        isLost = true;
        current.end().catch(() => {});
        if (isOver) return;
        again = setTimeout(connect, wait);
        wait = Math.min(wait * 2, patience.longest);
      };
      // Both may come, or either.
      current.on('error', lose);
      current.on('end', lose);
      current.on('notification', ({ payload }) => hear(payload));
      current
        .connect()
        .then(() => current.query(`LISTEN ${pg.escapeIdentifier(channel)}`))
        .then(() => {
          wait = patience.shortest;
          hear(undefined);
        })
        .catch(lose);
    }

    connect();
    const stop = async () => {
      stops.delete(stop);
      isOver = true;
      clearTimeout(again);
      await client?.end().catch(() => {});
    };
    stops.add(stop);
    return stop;
  };
  return {
    listen,
    stopListening: async () => {
      await Promise.all([...stops].map((stop) => stop()));
    },
  };
}
