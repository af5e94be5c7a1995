const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/**
 * Whether a text is a year, a month or a day that exists, such as 2021, 2021-12 or 2021-12-09. Nearly all dates are, and
 * the parser for EDTF takes a third of a millisecond for each.
 */
export function isPlainDate(text: string): boolean {
  const [matched, year = '', month = '01', day = '01'] = form.exec(text) ?? [];
  if (!matched || year === '0000') return false;
  const date = `${year}-${month}-${day}T00:00:00.000Z`;
  const instant = Date.parse(date);
  return !Number.isNaN(instant) && new Date(instant).toISOString() === date;
}
