import edtf, { defaults, type Parsed, parse } from 'edtf';

/** A date as EDTF, levels 0 and 1, with the instants between which it lies. */
export interface Edtf {
  /** As it was written. */
  edtf: string;
  /** The first instant that it allows; null when it is open or unknown on that side. */
  earliest: Date | null;
  /** The last instant that it allows; null when it is open or unknown on that side. */
  latest: Date | null;
}

/** No EDTF date of levels 0 and 1 that is of use here is longer; the parser's time grows with the length. */
const maxLength = 64;

/** The years that are written with four digits and no sign: Prisma's drivers lose the sign of an earlier one. */
const firstInstant = Date.parse('0001-01-01T00:00:00Z');
const lastInstant = Date.UTC(10_000, 0) - 1;

// Else a time without a zone would be one of where this process runs.
defaults.offset = 0;

/** What levels 0 and 1 have. The parser also takes the centuries of ISO 8601, which would make `21` a date. */
const types = ['Date', 'Year', 'Season', 'Interval'];

/**
 * Reads a date. Days without a time zone are days in UTC.
 * @throws {RangeError} saying what was wrong with the text.
 */
export function parseEdtf(text: string): Edtf {
  const hint = 'Write it like 2021-12-09, 2021-07, 2020-01~, 2021?, 2021-12-09/2021-12-11 or 2021-12-09/.. (EDTF level 0 or 1)';
  if (text.length > maxLength) {
    throw new RangeError(`The date is ${text.length} characters long; dates have at most ${maxLength}. ${hint}.`);
  }
  const bounds = plain(text) ?? read(text);
  if (!bounds) throw new RangeError(`"${text}" is not an EDTF date. ${hint}.`);
  const { min, max } = bounds;
  if (isOutside(min) || isOutside(max)) {
    throw new RangeError(`"${text}" lies outside the years from 1 to 9999.`);
  }
  if (min !== null && max !== null && min > max) {
    throw new RangeError(`"${text}" ends before it starts.`);
  }
  return { edtf: text, earliest: min === null ? null : new Date(min), latest: max === null ? null : new Date(max) };
}

/** The first and last millisecond; null on a side that is open or unknown. */
interface Bounds {
  min: number | null;
  max: number | null;
}

const plainForm = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** A year, month or day, as nearly all dates are: the parser takes a third of a millisecond for each. */
function plain(text: string): Bounds | undefined {
  const [matched, year = '', month, day] = plainForm.exec(text) ?? [];
  if (!matched || Number(year) < 100) return undefined;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const min = Date.UTC(y, m, d);
  // A month or day that isn't there becomes another one.
  if (new Date(min).getUTCMonth() !== m || new Date(min).getUTCDate() !== d) return undefined;
  const next = day ? Date.UTC(y, m, d + 1) : month ? Date.UTC(y, m + 1, 1) : Date.UTC(y + 1, 0, 1);
  return { min, max: next - 1 };
}

function read(text: string): Bounds | undefined {
  try {
    const parsed = parse(text, { level: 1, types });
    if (parsed.type !== 'Interval') return boundsOf(parsed);
    const [start, end] = parsed.values.map(boundsOfEnd);
    return start && end && { min: start.min, max: end.max };
  } catch {
    return undefined;
  }
}

function boundsOfEnd(end: Parsed | number | null): Bounds | undefined {
  return end === null || typeof end === 'number' ? { min: null, max: null } : boundsOf(end);
}

function boundsOf(parsed: Parsed): Bounds | undefined {
  const [year = Number.NaN, second, day] = parsed.values as number[];
  if (parsed.type === 'Season') {
    // Which months it has depends on the hemisphere; a winter, or a southern summer, ends in the next year.
    const winterOrSummer = second === 22 || second === 24;
    return {
      min: edtf({ type: 'Year', values: [year] }).min,
      max: edtf({ type: 'Date', values: winterOrSummer ? [year + 1, 2] : [year] }).max,
    };
  }
  // The parser gives every year a 29th of February, and then takes it for the 1st of March.
  if (second === 1 && day === 29 && new Date(Date.UTC(year, 1, 29)).getUTCMonth() !== 1) return undefined;
  return edtf(parsed);
}

/** Whether the database can't hold it, in milliseconds. */
export function isOutside(instant: number | null): boolean {
  // A year that is too far for JavaScript is not a number.
  return instant !== null && !(instant >= firstInstant && instant <= lastInstant);
}
