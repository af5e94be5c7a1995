/** The longest time that is a number of days, so that no date is out of reach. */
const mostDays = 36_500;

/**
 * When a token expires, from what a person wrote: `90d` for so many days from now, `2027-01-01` for the
 * beginning of that day in UTC.
 * @throws {RangeError} when it is neither, or past.
 */
export function readExpiry(text: string, now: Date): Date {
  const expiry = readDays(text, now) ?? readDay(text);
  if (!expiry) throw new RangeError(`Write it like 90d (up to ${mostDays}d) or 2027-01-01.`);
  if (expiry <= now) throw new RangeError('That is past.');
  return expiry;
}

function readDays(text: string, now: Date): Date | undefined {
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  if (!days || Number(days) > mostDays) return undefined;
  return new Date(now.getTime() + Number(days) * 24 * 60 * 60 * 1000);
}

function readDay(text: string): Date | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // JavaScript takes the 30th of February for the 2nd of March.
  return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : undefined;
}
