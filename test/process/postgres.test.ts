import { describe, expect, inject, it } from 'vitest';
import { openPostgres } from '../../src/database/postgres.ts';
import { isPostgres } from '../support/database.ts';

const url = () => (inject('template') as { url: string }).url;

describe.runIf(isPostgres)('a PostgreSQL whose statements are short of time', () => {
  it('gives up those that take longer', async () => {
    const hurried = await openPostgres(url(), 100);
    await expect(hurried.query('SELECT pg_sleep(60)')).rejects.toThrow('statement timeout');
    await hurried.close();
  });

  it('gives migrations all the time that they need', async () => {
    const hurried = await openPostgres(url(), 100);
    await hurried.run('SELECT pg_sleep(0.3); SELECT 1;');
    // The limit is back afterwards.
    await expect(hurried.query('SELECT pg_sleep(60)')).rejects.toThrow('statement timeout');
    await hurried.close();
  });

  it('waits for another process that migrates', async () => {
    const [first, second] = [await openPostgres(url(), 100), await openPostgres(url(), 100)];
    const order: string[] = [];
    let waiting: Promise<unknown> | undefined;
    await first.exclusively(async () => {
      waiting = second.exclusively(async () => order.push('second'));
      // Keeps the test's failure from ending the process before it is told.
      waiting.catch(() => {});
      await first.run('SELECT pg_sleep(0.4)');
      order.push('first');
    });
    await waiting;
    expect(order).toEqual(['first', 'second']);
    await Promise.all([first.close(), second.close()]);
  });
});
