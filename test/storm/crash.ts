import pg from 'pg';
import { expect } from 'vitest';
import type { Postgres } from '../../scripts/postgres.mjs';

// How a PostgreSQL server is lost: at once, whole or by one of its processes.

/** Kills the server, and starts it again. */
export async function killServer(postgres: Postgres): Promise<void> {
  const pid = postgres.pid();
  if (pid === undefined) throw new Error('The PostgreSQL server does not run.');
  process.kill(pid, 'SIGKILL');
  // Its other processes see that it is gone, and give its memory back, in their own time.
  for (const end = Date.now() + 30_000; ; ) {
    try {
      return await postgres.start();
    } catch (error) {
      if (Date.now() > end) throw new Error(`${(error as Error).message}\n${await postgres.log()}`);
    }
  }
}

/** Kills one of the processes that serve the program: the server ends all the others, and begins anew. */
export async function killBackend(postgres: Postgres, chance: number): Promise<void> {
  const client = new pg.Client(postgres.url('postgres'));
  // It ends with the others.
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'verbatim' AND backend_type = 'client backend' ORDER BY pid",
  );
  const chosen = rows[Math.floor(chance * rows.length)];
  if (!chosen) throw new Error('No process serves the program.');
  const ended = new Promise((resolve) => client.once('end', resolve));
  process.kill(chosen.pid, 'SIGKILL');
  await ended;
  await expect.poll(() => canConnect(postgres), { timeout: 30_000, interval: 100 }).toBe(true);
}

async function canConnect(postgres: Postgres): Promise<boolean> {
  const client = new pg.Client(postgres.url('postgres'));
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
