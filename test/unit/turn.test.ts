import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurn } from '../../src/record/turn.ts';

test('a few write at once, and the others after them, the first first', async () => {
  const database = {};
  const begun: number[] = [];
  let [now, most] = [0, 0];
  const write = (i: number) =>
    inTurn(database, 60_000, async () => {
      begun.push(i);
      now += 1;
      most = Math.max(most, now);
      await sleep(i % 3);
      now -= 1;
      if (i % 5 === 0) throw new Error('It was refused.');
    });
  const done = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => write(i)));
  expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(10);
  expect(begun).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect(most).toBe(6);
});

test('whoever waits too long is told to try again, and takes no turn', async () => {
  const database = {};
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const long = Array.from({ length: 6 }, () => inTurn(database, 1, () => ended));
  await expect(inTurn(database, 1, async () => 'done')).rejects.toMatchObject({ code: 'BUSY' });
  // Another database has turns of its own.
  expect(await inTurn({}, 1, async () => 'done')).toBe('done');
  end();
  await Promise.all(long);
  expect(await inTurn(database, 1, async () => 'done')).toBe('done');
});
