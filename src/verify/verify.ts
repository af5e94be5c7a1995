import type { PrismaClient } from '../generated/prisma/client.ts';
import type { Transaction } from '../record/values.ts';
import { capacities } from './capacities.ts';
import type { Check, Finding } from './check.ts';
import { dependences, merged, references } from './dependences.ts';
import { comparedNames, entries, titles, topics } from './derived.ts';
import { spans, texts } from './evidence.ts';
import { ancestors, circles } from './hierarchies.ts';
import { history } from './history.ts';

const checks: readonly Check[] = [
  history,
  references,
  texts,
  spans,
  capacities,
  dependences,
  merged,
  circles,
  ancestors,
  titles,
  topics,
  entries,
  comparedNames,
];

/** How long all checks together may take, in milliseconds. */
const patience = 60 * 60_000;

export interface Verified {
  /** A sentence on each check that found nothing. */
  holds: string[];
  findings: Finding[];
}

/** Checks the whole record as it is at one moment; others may go on writing. Changes nothing. */
export function verify(prisma: PrismaClient): Promise<Verified> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe('SET TRANSACTION READ ONLY');
      // A request may not take long; this may.
      await tx.$executeRawUnsafe('SET LOCAL statement_timeout = 0');
      return checkAll(tx);
    },
    { isolationLevel: 'RepeatableRead', timeout: patience, maxWait: 10_000 },
  );
}

/** Checks the whole record as a transaction sees it. */
export async function checkAll(tx: Transaction): Promise<Verified> {
  const holds: string[] = [];
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = await check.find(tx);
    findings.push(...found);
    if (found.length === 0) holds.push(check.says((await check.count(tx)).toLocaleString('en')));
  }
  return { holds, findings };
}
