import { parseEdtf } from '../../edtf.ts';

/** A date of TimelineJS, only as precise as it is known. Its own example files write the numbers as texts. */
export interface SlideDate {
  year: string;
  month?: string;
  day?: string;
  hour?: string;
  minute?: string;
  second?: string;
}

export interface SlideDates {
  start_date: SlideDate;
  end_date?: SlideDate;
  /** What is shown in place of the dates, when they say more than TimelineJS can. */
  display_date?: string;
}

const fields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** What TimelineJS can write by itself: a day, a month or a year, in UTC. */
const plain = /^\d{4}(-(0\d|1[0-2])(-\d\d(T\d\d:\d\d:\d\dZ)?)?)?$/;

/**
 * When something happened, from its dates as EDTF: from the start of the first to the end of the last. Undefined without a
 * date, or when it isn't known from when.
 */
export function slideDates(date: string | undefined, endDate: string | undefined): SlideDates | undefined {
  if (date === undefined) return undefined;
  const [first = date, last] = date.split('/');
  const start = isOpen(first) ? undefined : slideDate(first, 'earliest');
  if (!start) return undefined;
  const end = endDate?.split('/').at(-1) ?? last;
  const endOf = end === undefined || isOpen(end) ? undefined : slideDate(end, 'latest');
  const isPlain = [first, end].every((each) => each === undefined || plain.test(each));
  return {
    start_date: start,
    ...(endOf ? { end_date: endOf } : lastYear(first, start)),
    ...(!isPlain && { display_date: [date, endDate].filter((each) => each !== undefined).join(' – ') }),
  };
}

const isOpen = (side: string) => side === '' || side === '..';

/** One side of an interval, or the whole: as precise as it is written, whatever is said of its certainty. */
function slideDate(side: string, bound: 'earliest' | 'latest'): SlideDate | undefined {
  const written = side.replace(/[?~%]$/, '');
  // Most dates are plain, and to parse EDTF takes its time.
  if (plain.test(written)) return fromNumbers(written);
  const instant = parseEdtf(side)[bound];
  if (!instant) return undefined;
  // In UTC, since TimelineJS knows no zones. Of a season, or a date of which some digits are not known, the year is all
  // that it can say.
  return fromNumbers(written.includes('T') ? instant.toISOString() : String(instant.getUTCFullYear()));
}

function fromNumbers(text: string): SlideDate {
  const numbers = (text.match(/\d+/g) ?? []).slice(0, fields.length).map((digits, i) => [fields[i] ?? 'year', String(Number(digits))]);
  return { year: '', ...Object.fromEntries(numbers) };
}

/** A date of which digits are not known may lie in any of several years. */
function lastYear(side: string, { year }: SlideDate): Pick<SlideDates, 'end_date'> {
  if (!/^\d+X/.test(side)) return {};
  const end = slideDate(side, 'latest');
  return end && end.year !== year ? { end_date: end } : {};
}
