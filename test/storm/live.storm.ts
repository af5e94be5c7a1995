import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import { ask, build, endAll, type Program } from '../process/program.ts';
import { Random } from '../support/chance.ts';
import { tally } from './check.ts';
import { killServer } from './crash.ts';
import { type Grounds, postgresGrounds, startOn, within } from './ground.ts';
import { writeRows } from './rows.ts';
import { changes, seed, subscribers, writers } from './settings.ts';
import { Storm } from './storm.ts';
import { Subscriber } from './subscriber.ts';

// Two programs on one server: whoever subscribes, however often they are cut off, is told of every change that
// they may see, once, in the order of commits.

let grounds: Grounds;

beforeAll(async () => {
  await build();
  grounds = await postgresGrounds();
}, 300_000);

afterAll(async () => {
  endAll();
  await grounds?.close();
});

it('subscribers are told of everything once and in order', async () => {
  const { postgres } = grounds;
  if (!postgres) throw new Error('There is no server to restart.');
  const made = await grounds.make();
  const ground = { ...made, variables: { ...made.variables, LIMIT_SUBSCRIPTIONS_PER_IDENTITY: '1000' } };
  const secret = await within(ground, async ({ prisma }) => (await createToken(prisma, { name: 'reader', role: 'READER' }, null)).secret);
  const programs = [startOn(ground), startOn(ground)];
  const addresses = await Promise.all(programs.map(({ listening }) => listening));
  const [first = ''] = addresses;
  const cursorOf = async () => (await ask(first, '{ changeCursor }')).data?.changeCursor as string;
  const from = await cursorOf();
  const r = new Random(seed);
  const all = Array.from({ length: subscribers }, (_, i) => {
    // One of four works on the record; one of ten asks for the records as well.
    const token = i % 4 === 0 ? ground.token : i % 4 === 1 ? secret : undefined;
    const place = { addresses, token, asked: i % 10 === 3 ? 'record { id status revision }' : '' };
    return { isEditor: token === ground.token, subscriber: new Subscriber(place, from, new Random(seed + 1 + i)) };
  });
  const running = all.map(({ subscriber }) => subscriber.run());

  const began = Date.now();
  const storms = addresses.map((address, i) => ({
    storm: new Storm(Math.max(1, writers >> 1), seed + 1000 * (i + 1), `s${i}`),
    endpoint: { address, token: ground.token },
  }));
  let isOver = false;
  await Promise.all(storms.map(({ storm, endpoint }) => storm.begin(endpoint)));
  const until = { isOver: () => isOver };
  const blowing = [
    ...storms.map(({ storm, endpoint }) => storm.blowUntil(endpoint, until)),
    // Requests alone would take an hour for ten thousand changes.
    within(ground, async ({ prisma }) => {
      await Promise.all(Array.from({ length: 8 }, (_, i) => writeRows(prisma, new Random(seed + 5000 + i), until)));
    }),
  ];
  const half = changes * (0.3 + r.next() * 0.4);
  await within(ground, async ({ prisma }) => {
    while ((await countChanges(prisma, from)) < half) await sleep(200);
  });
  await killServer(postgres);
  await within(ground, async ({ prisma }) => {
    while ((await countChanges(prisma, from)) < changes) await sleep(200);
  });
  isOver = true;
  await Promise.all(blowing);
  const written = (Date.now() - began) / 1000;

  const last = await ask(first, 'mutation { createPlace(input: { name: "The end", publish: true }) { record { id } } }', ground.token);
  const { createPlace } = last.data as { createPlace: { record: { id: string } } };
  const end = createPlace.record.id;
  const expected = await within(ground, ({ prisma }) => readExpected(prisma, from));
  const most = Date.now() + 1_800_000;
  while (all.some(({ subscriber }) => !subscriber.isAt(end)) && Date.now() < most) await sleep(100);
  const seconds = (Date.now() - began) / 1000;
  const memory = await Promise.all(programs.map(memoryOf));
  for (const { subscriber } of all) subscriber.end();
  const stopped = Date.now();
  for (const program of programs) program.process.kill('SIGTERM');
  const ended = await Promise.all(programs.map((program) => program.ended));
  await Promise.all(running);
  const stopping = (Date.now() - stopped) / 1000;

  const sum = (key: 'cut' | 'resume' | 'lost') => all.reduce((total, { subscriber }) => total + subscriber.ends[key], 0);
  const told = all.reduce((total, { subscriber }) => total + subscriber.cursors.length, 0);
  console.log(
    `Live: VERBATIM_SEED=${seed}, ${subscribers} subscribers on 2 programs, ${expected.all.length} changes (${expected.public.length} for readers) in ${written.toFixed(1)} s; ` +
      `${told} events told by ${seconds.toFixed(1)} s; connections: ${sum('cut')} cut, ${sum('lost')} lost, ${sum('resume')} told to resume; ` +
      `${memory.join(' and ')} MB at most; stopped in ${stopping.toFixed(1)} s.`,
  );
  for (const [i, { isEditor, subscriber }] of all.entries()) {
    const wanted = isEditor ? expected.all : expected.public;
    expect(differenceOf(subscriber.cursors, wanted), `subscriber ${i}`).toBe('');
    expect(tally(subscriber.complaints), `subscriber ${i}`).toBe('');
  }
  expect(told).toBeGreaterThan(subscribers);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  await ground.remove();
});

/** Where the one list leaves the other, in a few words. */
function differenceOf(found: readonly string[], wanted: readonly string[]): string {
  const i = wanted.findIndex((cursor, at) => found[at] !== cursor);
  if (i === -1 && found.length === wanted.length) return '';
  const decode = (cursor: string | undefined) => cursor && Buffer.from(cursor, 'base64url').toString();
  return `${found.length} of ${wanted.length}; at ${i}: ${found.slice(i, i + 3).map(decode)} instead of ${wanted.slice(i, i + 3).map(decode)}`;
}

const positionOf = (cursor: string) => Number(Buffer.from(cursor, 'base64url').toString().split(':')[1]);

async function countChanges(prisma: PrismaClient, from: string): Promise<number> {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT (c."position", r."recordId"))::int AS count FROM history.commit AS c
      JOIN history.revision AS r ON r."transaction" = c."transaction" AND r."began" = c."began"
    WHERE c."position" > ${positionOf(from)}`.catch(() => [{ count: 0 }]);
  return row?.count ?? 0;
}

interface Row {
  position: bigint;
  id: bigint;
  recordId: string;
  model: string;
  isOwn: boolean;
  action: string;
  status: string | null;
}

/** The cursors of all changes, and of those that readers are told of, by what the tables say of each row. */
async function readExpected(prisma: PrismaClient, from: string): Promise<{ all: string[]; public: string[] }> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT coalesce(c."position", 0) AS "position", r.id, r."recordId", r."model", r."rowId" = r."recordId" AS "isOwn", r."action"::text,
      r."after" ->> 'status' AS "status"
    FROM history.revision AS r LEFT JOIN history.commit AS c ON c."transaction" = r."transaction" AND c."began" = r."began"
    ORDER BY 1, r.id`;
  const statuses = new Map<string, { now: string | null; wasPublished: boolean }>();
  const told = new Map<
    string,
    { position: number; ordinal: number; model: string; before: string | null; after: string | null; was: boolean }
  >();
  for (const row of rows) {
    const state = statuses.get(row.recordId) ?? { now: null, wasPublished: false };
    const key = `${row.position} ${row.recordId}`;
    const change = told.get(key) ?? {
      position: Number(row.position),
      ordinal: Number(row.id),
      model: row.model,
      before: state.now,
      after: state.now,
      was: state.wasPublished,
    };
    told.set(key, change);
    if (!row.isOwn) continue;
    if (row.action === 'DELETE') state.now = null;
    else if (row.status) state.now = row.status;
    if (state.now === 'PUBLISHED') state.wasPublished = true;
    change.after = state.now;
    statuses.set(row.recordId, state);
  }
  const cursor = ({ position, ordinal }: { position: number; ordinal: number }) =>
    Buffer.from(`change:${position}:${ordinal}`).toString('base64url');
  const later = [...told.values()].filter(
    ({ position, before, after }) => position > positionOf(from) && !(before === null && after === null),
  );
  return {
    all: later.map(cursor),
    public: later
      .filter(
        ({ before, after, was }) =>
          before === 'PUBLISHED' || after === 'PUBLISHED' || (was && before === 'RETRACTED' && after !== 'RETRACTED'),
      )
      .map(cursor),
  };
}

async function memoryOf({ process: { pid } }: Program): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
