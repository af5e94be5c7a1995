import type { Entry } from '../format.ts';
import type { ExchangeRecord } from '../record.ts';
import { Unreadable, type Where } from '../unreadable.ts';
import type { Told } from './told.ts';

/** What is written in one transaction. */
export interface Lines {
  records: { record: ExchangeRecord; at: Where }[];
  /** What the reader found wrong. */
  told: Told[];
  left: Record<string, number>;
  /** How many entries of the source had been read before these, and how many with them. */
  from: number;
  to: number;
}

/** Larger batches cost memory, smaller ones time. */
const most = { records: 1000, characters: 4 * 1024 * 1024 };

/**
 * Puts entries together, a record at most once in each batch.
 * @param skip how many entries were written already.
 */
export async function* batchesOf(entries: AsyncIterable<Entry>, skip: number): AsyncGenerator<Lines> {
  let read = 0;
  let lines = noLines(skip);
  let size = 0;
  let names = new Set<string>();
  const flush = () => {
    const full = { ...lines, to: read };
    [lines, size, names] = [noLines(read), 0, new Set()];
    return full;
  };
  for await (const entry of reading(entries)) {
    if (read < skip) {
      read += 1;
      continue;
    }
    if ('record' in entry) {
      const own = namesIn(entry.record);
      if (own.some((name) => names.has(name)) || lines.records.length >= most.records || size >= most.characters) yield flush();
      for (const name of own) names.add(name);
      lines.records.push(entry);
      size += sizeOf(entry.record);
    } else if ('problem' in entry) lines.told.push({ kind: 'problem', at: entry.at, message: entry.problem });
    else lines.left[entry.left] = (lines.left[entry.left] ?? 0) + entry.count;
    read += 1;
    if (lines.told.length >= most.records) yield flush();
  }
  if (lines.records.length > 0 || lines.told.length > 0 || Object.keys(lines.left).length > 0) yield flush();
}

/** The entries, with what ended the reading before the end as the last one. */
async function* reading(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
  try {
    yield* entries;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    yield { at: error.at, problem: `${error.message} What follows was not read.` };
  }
}

const noLines = (from: number): Lines => ({ records: [], told: [], left: {}, from, to: from });

function namesIn(record: ExchangeRecord): string[] {
  return [
    ...(record.id === undefined ? [] : [`${record.type} ${record.id.toLowerCase()}`]),
    ...(record.identifiers ?? []).map(({ scheme, value }) => `${scheme} ${value}`),
    ...('url' in record && record.url !== undefined ? [`url ${record.url}`] : []),
  ];
}

/** About how long it is: texts are what makes records long. */
function sizeOf(record: ExchangeRecord): number {
  if (record.type === 'Document') return 1000 + (record.text?.length ?? 0);
  return record.type === 'Statement' ? 1000 + record.text.length * (1 + (record.appearances?.length ?? 0)) : 1000;
}
