import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { Format, Output } from '../format.ts';
import type { ExchangeRecord } from '../record.ts';
import { type Asked, choose, type Statuses } from './choose.ts';
import { records } from './read.ts';

export interface ExportOptions {
  /** Which nouns; all of them, if it isn't given. */
  asked?: Asked;
  statuses: Statuses;
}

export interface Exported {
  records: number;
  /** What the format has no room for, how often, by name. */
  left: ReadonlyMap<string, number>;
}

/** As long as it takes. */
const patience = 7 * 24 * 3_600_000;

/** Writes what the record has at one moment; others may go on writing. */
export function exportTo(
  prisma: PrismaClient,
  format: Format,
  output: Output,
  { asked, statuses }: ExportOptions,
  progress: (records: number) => void = () => {},
): Promise<Exported> {
  const { write } = format;
  if (!write) throw new Error('The format is not written.');
  return prisma.$transaction(
    async (tx) => {
      // A request may not take long; this may.
      await tx.$executeRawUnsafe('SET LOCAL statement_timeout = 0');
      const isChosen = asked !== undefined || statuses !== 'all';
      if (isChosen) await choose(tx, statuses, asked);
      let count = 0;
      async function* counted(): AsyncGenerator<ExchangeRecord> {
        for await (const record of records(tx, { isChosen })) {
          yield record;
          count += 1;
          if (count % 100 === 0) progress(count);
        }
      }
      const left = await write(counted(), output);
      return { records: count, left };
    },
    { isolationLevel: 'RepeatableRead', timeout: patience, maxWait: 10_000 },
  );
}
