import { parseEdtf } from '../../edtf.ts';

/**
 * A date of schema.org as EDTF. A time of day counts only with its zone: without one, it is the day that is known.
 * @throws {RangeError} saying what is wrong: `22/07/2019` may be read in several ways, and isn't.
 */
export function edtfOf(text: string): string {
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i.exec(text.trim()) ?? [];
  if (day === undefined || time === undefined) return parseEdtf(text.trim()).edtf;
  if (zone === undefined) return parseEdtf(day).edtf;
  return parseEdtf(`${day}T${time.padEnd(8, ':00')}${offset(zone)}`).edtf;
}

function offset(zone: string): string {
  if (/^z$/i.test(zone)) return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
