import { createHash } from 'node:crypto';

// Ids that follow from what is read, so that the same source makes the same record wherever it is read,
// and is found again. They are UUIDs of version 8, which RFC 9562 leaves to applications.

/** The id of what this names, such as `stableId('parlamint-es', 'person', 'AnaPastor')`. */
export function stableId(...key: readonly string[]): string {
  return uuid(digest(key));
}

/**
 * The same, in an order: ids of a later instant, or of a higher position, sort behind. Lists of records that
 * are told apart by nothing else come in the order of their source then.
 * @param instant in milliseconds since 1970; what is earlier counts as then.
 * @param position from 0, within what happened at that instant.
 */
export function orderedId(instant: number, position: number, ...key: readonly string[]): string {
  const bytes = digest(key);
  // As in version 7, the first 48 bits are milliseconds; a day has enough of them for any order within it.
  bytes.writeUIntBE(Math.min(Math.max(0, Math.trunc(instant)) + position, 2 ** 48 - 1), 0, 6);
  return uuid(bytes);
}

function digest(key: readonly string[]): Buffer {
  // A length in front of each part, lest two keys make one text.
  const text = key.map((part) => `${part.length}:${part}`).join('');
  return createHash('sha256').update(text).digest().subarray(0, 16);
}

function uuid(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
