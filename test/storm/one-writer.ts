import { expect } from 'vitest';
import type { PrismaClient } from '../../src/generated/prisma/client.ts';
import { expectWhole, tally } from './check.ts';
import { account, type Grounds, startOn, within } from './ground.ts';
import { compared, seed } from './settings.ts';
import { Storm } from './storm.ts';

/** What one writer is told, and what there is in the end, without what differs between two runs. */
export interface Outcome {
  answers: string[];
  /** The rows of each table. */
  rows: Record<string, string[]>;
}

/** Lets one writer do what chance says. */
export async function oneWriter(grounds: Grounds): Promise<Outcome> {
  const ground = await grounds.make();
  const program = startOn(ground);
  const endpoint = { address: await program.listening, token: ground.token };
  const storm = new Storm(1);
  await storm.begin(endpoint);
  await storm.blow(endpoint, compared);
  program.process.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
  const journal = storm.journal();
  const rows = await within(ground, async ({ prisma }) => {
    await expectWhole(prisma, journal, account);
    return rowsOf(prisma);
  });
  const told = tally(journal.flatMap(({ outcome, codes }) => [outcome, ...codes]));
  console.log(`${grounds.name}, one writer: VERBATIM_SEED=${seed}, ${journal.length} mutations: ${told}.`);
  await ground.remove();
  return {
    answers: journal.map(({ mutation, word, outcome, codes, record }) => `${word} ${mutation} ${outcome} ${codes} ${record?.revision}`),
    rows,
  };
}

const records = ['Person', 'Organization', 'Place', 'Event', 'Document', 'Statement', 'Membership', 'Participation', 'EventLink'];
const others = [
  'Appearance',
  'Citation',
  'StatementLink',
  'Review',
  'Name',
  'Identifier',
  'DocumentAuthor',
  'Translation',
  'StatementTopic',
  'Span',
];
/** Tables whose rows have keys that are made up. */
const derived = ['SearchEntry', 'ComparedName', 'Merge'];

/** The times, what is counted in the database as a whole, and the stems of words, which PostgreSQL finds anew in each version. */
const leftOut = 'createdAt,updatedAt,at,undoneAt,transaction,first,last,vector';

const uuid = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/** All rows, with a number in the place of each id, in the order in which the history first names them. */
async function rowsOf(prisma: PrismaClient): Promise<Record<string, string[]>> {
  const names = new Map<string, string>();
  const first = await prisma.$queryRaw<{ id: string }[]>`SELECT "rowId"::text AS id FROM history.revision GROUP BY 1 ORDER BY min(id)`;
  for (const { id } of first) names.set(id, `#${names.size + 1}`);
  const result: Record<string, string[]> = {};
  for (const table of [...records, ...others, ...derived]) {
    const without = derived.includes(table) ? `${leftOut},id` : leftOut;
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT (to_jsonb(t) - '{${without}}'::text[])::text AS row FROM "${table}" AS t`,
    );
    result[table] = rows.map(({ row }) => row.replaceAll(uuid, (id) => names.get(id) ?? id)).sort();
  }
  return result;
}
