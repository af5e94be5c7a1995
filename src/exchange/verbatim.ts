import type { z } from 'zod';
import type { Entry, Format, Output, ReadOptions } from './format.ts';
import { lines } from './reading/json-lines.ts';
import { type ExchangeRecord, exchangeRecord } from './record.ts';
import type { Source } from './source.ts';

/** The native format: JSON Lines, a noun with its links on each line. It carries all that the record holds. */
export const verbatim: Format = {
  name: 'verbatim',
  description: 'Verbatim’s own: JSON Lines, one record a line with its links',
  read,
  write,
};

async function* read(source: Source, _options: ReadOptions): AsyncGenerator<Entry> {
  for (const file of source.files) {
    for await (const line of lines(file)) {
      yield 'problem' in line ? line : entryOf(line.value, line.at);
    }
  }
}

/** A value as a record, or what is wrong with it. */
export function entryOf(value: unknown, at: Entry['at']): Entry {
  const read = exchangeRecord.safeParse(value);
  const id = (value as { id?: unknown } | null)?.id;
  const where = typeof id === 'string' ? { ...at, id: id.slice(0, 80) } : at;
  if (read.success) return { at: where, record: read.data };
  const [issue] = read.error.issues;
  const path = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ?? '';
  return { at: where, problem: `${path.slice(1) || 'The record'}: ${whatIsWrong(issue)}` };
}

/** In words for whoever wrote the line. */
function whatIsWrong(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'unrecognized_keys':
      return `There is no such field: ${issue.keys.join(', ').slice(0, 200)}.`;
    case 'invalid_value':
      return `Choose one of ${issue.values.join(', ')}.`;
    case 'invalid_type':
      return issue.message.endsWith('undefined')
        ? 'It is missing.'
        : `It has to be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}.`;
    case 'invalid_union':
      return 'It has none of the forms that it can have; docs/formats/verbatim.md has them.';
    default:
      return `${issue?.message ?? 'It has the wrong shape'}.`;
  }
}

async function write(records: AsyncIterable<ExchangeRecord>, output: Output): Promise<ReadonlyMap<string, number>> {
  for await (const record of records) await output.write(`${JSON.stringify(record)}\n`);
  return new Map();
}
