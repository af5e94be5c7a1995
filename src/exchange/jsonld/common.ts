import type { ExchangeName, ExchangeRecord } from '../record.ts';
import type { Tally } from '../writing/tally.ts';
import { list, type Text, type Value } from './node.ts';

/** A date as ISO 8601, which is all that schema.org takes: no uncertain ones, no intervals. Others are counted. */
export function isoDate(date: string | undefined, left: Tally): Value {
  if (date === undefined) return undefined;
  if (/^\d{4}(-(0\d|1[0-2])(-\d\d(T[\d:]+(Z|[+-]\d\d:\d\d)?)?)?)?$/.test(date)) return date;
  left.add('dates that only EDTF can say');
  return undefined;
}

/** Other names; what is known of each but its language is counted. */
export function alternateNames(names: readonly ExchangeName[] | undefined, left: Tally): Value {
  left.has('kinds of other names', names);
  for (const { script, startDate, endDate } of names ?? []) {
    left.has('scripts of other names', script);
    if (startDate !== undefined || endDate !== undefined) left.add('dates of other names');
  }
  return list((names ?? []).map(({ name, language }): string | Text => (language ? { '@value': name, '@language': language } : name)));
}

/** Of what is no CreativeWork, nothing in schema.org says that it waits for an editor. */
export function countDraft({ status }: Pick<ExchangeRecord, 'status'>, left: Tally): void {
  if (status === 'DRAFT') left.add('that a record is a draft');
}

/** The links that stand; others are counted. */
export function standing<Link extends { status?: string | undefined }>(links: readonly Link[] | undefined, left: Tally): Link[] {
  const there = (links ?? []).filter(({ status }) => status !== 'RETRACTED');
  left.add('links that were retracted', (links?.length ?? 0) - there.length);
  return there;
}
