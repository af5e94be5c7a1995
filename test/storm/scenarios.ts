import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Postgres } from '../../scripts/postgres.mjs';
import type { Program } from '../process/program.ts';
import { Random } from '../support/chance.ts';
import { expectWhole, tally } from './check.ts';
import { killBackend, killServer } from './crash.ts';
import { account, type Grounds, startOn, within } from './ground.ts';
import { kills, mutations, seed, writers } from './settings.ts';
import { Storm } from './storm.ts';
import type { Endpoint, Entry } from './writer.ts';

/** What a storm did, on one line. */
function report(name: string, count: number, journal: readonly Entry[], seconds?: number): void {
  const time = seconds === undefined ? '' : ` in ${seconds.toFixed(1)} s`;
  const codes = tally(journal.flatMap((entry) => entry.codes)) || 'none';
  console.log(
    `${name}: VERBATIM_SEED=${seed}, ${count} writers, ${journal.length} mutations${time}: ${tally(journal.map(({ outcome }) => outcome))}; codes: ${codes}.`,
  );
}

/** The errors in the program's log, each with the end of its message. */
function defectsIn(log: string): string {
  const lines = log.split('\n').filter((line) => line !== '');
  return tally(
    lines.map((line) => {
      const { msg, err } = line.startsWith('{') ? (JSON.parse(line) as { msg: string; err?: { message?: string } }) : { msg: line };
      return `${msg}: ${err?.message?.trim().split('\n').at(-1)}`;
    }),
  );
}

/** Many write at once, all that they have to. */
export async function manyWriters(grounds: Grounds): Promise<void> {
  const ground = await grounds.make();
  const program = startOn(ground);
  const endpoint = { address: await program.listening, token: ground.token };
  const storm = new Storm(writers);
  await storm.begin(endpoint);
  const began = Date.now();
  await storm.blow(endpoint, mutations);
  const seconds = (Date.now() - began) / 1000;
  program.process.kill('SIGTERM');
  const { code, stderr } = await program.ended;
  const journal = storm.journal();
  report(`${grounds.name}, many writers`, writers, journal, seconds);
  await within(ground, ({ prisma }) => expectWhole(prisma, journal, account));
  expect({ code, defects: defectsIn(stderr) }).toEqual({ code: 0, defects: '' });
  expect(journal.flatMap(({ codes }) => codes)).not.toContain('INTERNAL_ERROR');
  await ground.remove();
}

/** How many mutations are acknowledged before the end of a round: this many at least, and up to as many more. */
const calm = 5;
const range = 30;

/** How many write until the end: what matters is its moment, not how many they are. */
const few = Math.min(writers, 12);

const patiently = { timeout: 120_000, interval: 20 };

/** A round of a storm that is about to end. */
interface Round {
  program: Program;
  endpoint: Endpoint;
  storm: Storm;
  r: Random;
}

/** How a round ends; resolves when the program no longer runs. */
type End = (round: Round) => Promise<void>;

const kill: End = async ({ program }) => {
  program.process.kill('SIGKILL');
  expect((await program.ended).signal).toBe('SIGKILL');
};

const stop: End = async ({ program }) => {
  program.process.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
};

/** The database goes and comes back; the program goes on, and writes again. */
const lose =
  (postgres: Postgres): End =>
  async (round) => {
    const { endpoint, storm, r } = round;
    if (r.chance(0.5)) await killServer(postgres);
    else await killBackend(postgres, r.next());
    const ready = new URL('/ready', endpoint.address);
    await expect.poll(() => fetch(ready).then(({ status }) => status), patiently).toBe(200);
    const before = storm.done();
    await expect.poll(() => storm.done(), patiently).toBeGreaterThan(before);
    await (r.chance(0.5) ? kill : stop)(round);
  };

/** The program is killed time after time on the same database, and told to stop at last, always amid a storm. */
export async function killProgram(grounds: Grounds): Promise<void> {
  const ends = [...Array.from({ length: kills }, () => kill), stop];
  const journal = await blow(grounds, `killed ${kills} times and stopped`, ends, ({ program }) =>
    expect(defectsIn(program.stderr())).toBe(''),
  );
  // Whoever got an answer got one that says what was wrong.
  expect(journal.flatMap(({ codes }) => codes)).not.toContain('INTERNAL_ERROR');
}

/** The database is killed time after time. */
export async function killDatabase(grounds: Grounds): Promise<void> {
  const { postgres } = grounds;
  if (!postgres) throw new Error('There is no server to kill.');
  await blow(
    grounds,
    `database killed ${kills} times`,
    Array.from({ length: kills }, () => lose(postgres)),
  );
}

/** Blows on one database, round after round; after each everything that was acknowledged is there. */
async function blow(grounds: Grounds, name: string, ends: readonly End[], after: (round: Round) => void = () => {}): Promise<Entry[]> {
  const r = new Random(seed);
  const ground = await grounds.make();
  const storm = new Storm(few);
  for (const [i, end] of ends.entries()) {
    const program = startOn(ground);
    const endpoint = { address: await program.listening, token: ground.token };
    const round = { program, endpoint, storm, r };
    if (i === 0) await storm.begin(endpoint);
    let isOver = false;
    const enough = storm.done() + calm + r.below(range);
    const blowing = storm.blowUntil(endpoint, { isOver: () => isOver });
    await expect.poll(() => storm.done(), patiently).toBeGreaterThan(enough);
    await sleep(r.below(60));
    await end(round);
    isOver = true;
    await blowing;
    await within(ground, ({ prisma }) => expectWhole(prisma, storm.journal(), account)).catch((error) => {
      throw new Error(`After round ${i + 1}, VERBATIM_SEED=${seed}: ${error.message}`, { cause: error });
    });
    after(round);
  }
  const journal = storm.journal();
  report(`${grounds.name}, ${name}`, few, journal);
  await ground.remove();
  return journal;
}
