import { MultiBar, type SingleBar } from 'cli-progress';
import { type Result, type Told, total } from '../exchange/import/told.ts';
import type { Where } from '../exchange/unreadable.ts';

// What is seen of an import or an export on the way: a bar with its rate and the time left when a person
// watches, a line of JSON a step when a program does.

export interface Watch {
  /** Some more bytes were read, of so many. */
  bytes(count: number): void;
  told(told: Told): void;
  step(result: Result): void;
  end(): void;
}

/** How far apart two steps are told, in milliseconds. */
const pace = 1000;

export function watchImport(total: number | undefined): Watch {
  return process.stderr.isTTY ? asBar(total) : asLines(total);
}

function asBar(size: number | undefined): Watch {
  const bars = new MultiBar(
    {
      format:
        size === undefined
          ? '{done} MB read | {rate} MB/s | {records} records | {problems} left out'
          : '{bar} {percentage}% | {done} of {all} MB | {rate} MB/s | {left} left | {records} records | {problems} left out',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    undefined,
  );
  const started = Date.now();
  let read = 0;
  let records = 0;
  let problems = 0;
  const shown = () => {
    const seconds = Math.max(0.1, (Date.now() - started) / 1000);
    const rate = read / seconds;
    const remaining = size === undefined || rate === 0 ? 0 : (size - read) / rate;
    return {
      done: mega(read),
      all: mega(size ?? 0),
      rate: mega(rate),
      left: clock(remaining),
      records: records.toLocaleString('en'),
      problems,
    };
  };
  const bar: SingleBar = bars.create(size ?? 0, 0, shown());
  return {
    bytes: (count) => {
      // Some readers look into a file once more than is reckoned with.
      read = Math.min(read + count, size ?? Number.POSITIVE_INFINITY);
      bar.update(read, shown());
    },
    told: (told) => {
      bars.log(`${lineOf(told)}\n`);
    },
    step: (result) => {
      records = total(result, 'created') + total(result, 'updated') + total(result, 'unchanged');
      problems = total(result, 'skipped');
      bar.update(read, shown());
    },
    end: () => bars.stop(),
  };
}

function asLines(size: number | undefined): Watch {
  let read = 0;
  let last = 0;
  const tell = (what: object) => process.stderr.write(`${JSON.stringify(what)}\n`);
  return {
    bytes: (count) => {
      read = Math.min(read + count, size ?? Number.POSITIVE_INFINITY);
    },
    told: ({ kind, at, model, record, message }) =>
      tell({ [kind]: message, ...at, ...(model ? { model } : {}), ...(record ? { record } : {}) }),
    step: (result) => {
      if (Date.now() - last < pace) return;
      last = Date.now();
      tell({ step: last, bytes: read, ...(size === undefined ? {} : { of: size }), ...countsOf(result) });
    },
    end: () => {},
  };
}

export const countsOf = (result: Result) => ({
  created: total(result, 'created'),
  updated: total(result, 'updated'),
  unchanged: total(result, 'unchanged'),
  skipped: total(result, 'skipped'),
  problems: result.problems,
  conflicts: result.conflicts,
});

/** Something that was told, on one line: the place, the record's id there, what it is. */
export function lineOf({ kind, at, model, record, message }: Told): string {
  const what = [model, at.id && `“${at.id}”`, record && `(${record})`].filter(Boolean).join(' ');
  return `${kind === 'conflict' ? 'kept' : 'left out'} ${placeOf(at)}: ${what && `${what}: `}${message}`;
}

const placeOf = ({ file, line, column }: Where) => [file, line, column].filter((each) => each !== undefined).join(':');

const mega = (bytes: number) => (bytes / 1_000_000).toFixed(1);

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? `${h} h ${m} min` : m > 0 ? `${m} min ${s} s` : `${s} s`;
}
