import { exportTo } from '../../src/exchange/export/export.ts';
import type { Format } from '../../src/exchange/format.ts';
import { type Imported, importFrom } from '../../src/exchange/import/import.ts';
import type { ImportOptions } from '../../src/exchange/import/options.ts';
import type { Told } from '../../src/exchange/import/told.ts';
import { sourceOf } from '../../src/exchange/source.ts';
import { verbatim } from '../../src/exchange/verbatim.ts';
import type { Asked } from '../support/ask.ts';

// Imports and exports as the commands do them, without a process around them.

type Loose = Record<string, unknown>;

export interface Brought extends Imported {
  told: Told[];
  problems: string[];
  conflicts: string[];
}

/** Imports texts, by the names of their files. */
export async function bring(
  { prisma }: Pick<Asked, 'prisma'>,
  format: Format,
  texts: Record<string, string | Uint8Array>,
  options: Partial<ImportOptions> = {},
): Promise<Brought> {
  const told: Told[] = [];
  const imported = await importFrom(
    prisma,
    format,
    sourceOf(texts),
    { read: { by: 'speech' }, by: null, ...options },
    { told: (each) => told.push(each) },
  );
  const messages = (kind: Told['kind']) => told.filter((each) => each.kind === kind).map(({ message }) => message);
  return { ...imported, told, problems: messages('problem'), conflicts: messages('conflict') };
}

/** Imports native records. */
export function bringNative(
  database: Pick<Asked, 'prisma'>,
  records: readonly Loose[],
  options: Partial<ImportOptions> = {},
  file = 'records.jsonl',
) {
  return bring(database, verbatim, { [file]: records.map((record) => JSON.stringify(record)).join('\n') }, options);
}

/** All that a format writes, by file. */
export async function take({ prisma }: Pick<Asked, 'prisma'>, format: Format, options: Partial<Parameters<typeof exportTo>[3]> = {}) {
  const files: Record<string, string> = {};
  const { left, records } = await exportTo(
    prisma,
    format,
    {
      write: async (text, file = '') => {
        files[file] = (files[file] ?? '') + text;
      },
    },
    { statuses: 'all', ...options },
  );
  return { files, text: files[''] ?? '', left, records };
}
