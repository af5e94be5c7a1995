import { z } from 'zod';
import { parseEdtf } from '../../edtf.ts';
import type { Statement } from './statements.ts';

const time = z.object({
  /** Such as `+1957-03-00T00:00:00Z`; older dumps have more zeros. */
  time: z.string().regex(/^[+-]\d{4,16}-\d\d-\d\dT/),
  precision: z.int(),
  before: z.int().optional(),
  after: z.int().optional(),
  calendarmodel: z.string(),
});

const julian = /\/Q1985786$/;
const circa = 'Q5727902';

/** The EDTF date of a value of type time: a day, month, year, decade or century of our era; undefined for any other. */
export function edtfOf({ datavalue }: Statement['mainsnak'], isCirca = false): string | undefined {
  const { data } = time.safeParse(datavalue?.value);
  // What lies around the value says that it isn't known as precisely as it seems.
  if (!data || data.before || data.after) return undefined;
  const [, sign, digits = '', month = '', day = ''] = /^([+-])0*(\d+)-(\d\d)-(\d\d)/.exec(data.time) ?? [];
  // A day of the Julian calendar is another day of ours; its year is ours, but for some days.
  if (sign === '-' || digits.length > 4 || (data.precision > 9 && julian.test(data.calendarmodel))) return undefined;
  const date = withPrecision(digits.padStart(4, '0'), month, day, data.precision);
  if (date === undefined) return undefined;
  return valid(isCirca ? `${date}~` : date);
}

/** Of a statement, which may say that it is about then (P1480). */
export function dateOf({ mainsnak, qualifiers }: Statement): string | undefined {
  const circumstances = Object.hasOwn(qualifiers, 'P1480') ? (qualifiers.P1480 ?? []) : [];
  const isCirca = circumstances.some(({ datavalue }) => JSON.stringify(datavalue?.value ?? null).includes(circa.slice(1)));
  return edtfOf(mainsnak, isCirca);
}

function withPrecision(year: string, month: string, day: string, precision: number): string | undefined {
  switch (precision) {
    case 11:
      return `${year}-${month}-${day}`;
    case 10:
      return `${year}-${month}`;
    case 9:
      return year;
    case 8:
      return `${year.slice(0, 3)}X`;
    case 7:
      // The 19th century is given by any of its years, from 1801 to 1900.
      return `${String(Math.ceil(Number(year) / 100) - 1).padStart(2, '0')}XX`;
    default:
      return undefined;
  }
}

function valid(date: string): string | undefined {
  try {
    return parseEdtf(date).edtf;
  } catch {
    return undefined;
  }
}
