import { createHash } from 'node:crypto';

/** The kinds of records, as the ids of the demo tell them apart. */
export type Kind =
  | 'person'
  | 'organization'
  | 'membership'
  | 'place'
  | 'event'
  | 'participation'
  | 'eventLink'
  | 'document'
  | 'statement'
  | 'appearance'
  | 'statementLink'
  | 'citation';

/** Some moment in the month of the report. It is no fact of the record: a UUID of version 7 starts with a time. */
const time = Date.UTC(2021, 11, 13);

/** The id of a demo record: a UUID of version 7 that is the same in every demo. */
export function demoId(kind: Kind, slug: string): string {
  const bytes = createHash('sha256').update(`${kind}/${slug}`).digest().subarray(0, 16);
  bytes.writeUIntBE(time, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Gives the ids of the records in a table; a slug that isn't in the table is a type error. */
export function idsOf<Table extends object>(kind: Kind, _table: Table): (slug: keyof Table & string) => string {
  return (slug) => demoId(kind, slug);
}
