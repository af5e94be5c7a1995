import type { RecordStatus } from '../../generated/prisma/enums.ts';
import type { ReadOptions } from '../format.ts';

export interface ImportOptions {
  read: ReadOptions;
  /** Of records that say nothing of their status; drafts, if it isn't given. */
  status?: RecordStatus;
  /** Does all and takes it back. */
  isDryRun?: boolean;
  /** The first problem stops the import, which leaves nothing behind then. */
  isStrict?: boolean;
  /** After so many problems it stops; what was written stays. */
  maxErrors?: number;
  /** The account that started it; null on the command line. */
  by: string | null;
  /** Stops it between two batches; the next run goes on from there. */
  signal?: AbortSignal;
}
