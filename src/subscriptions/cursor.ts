import type { GraphQLError } from 'graphql';
import { userError } from '../errors.ts';

/** A place in the order of changes: all that comes up to it, and nothing after it. */
export interface Place {
  /** The place of the transaction among all. */
  position: number;
  /** The place of the change in its transaction: its first revision. */
  ordinal: number;
}

export const start: Place = { position: 0, ordinal: 0 };

export function compare(one: Place, other: Place): number {
  return one.position - other.position || one.ordinal - other.ordinal;
}

export function writeCursor({ position, ordinal }: Place): string {
  return Buffer.from(`change:${position}:${ordinal}`).toString('base64url');
}

/** @throws {GraphQLError} INVALID_CURSOR. */
export function readCursor(cursor: string): Place {
  const [, position, ordinal] = /^change:(\d{1,15}):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (position === undefined) throw invalidCursor('is not a cursor of a change');
  return { position: Number(position), ordinal: Number(ordinal) };
}

export function invalidCursor(why: string): GraphQLError {
  return userError('INVALID_CURSOR', `\`after\` ${why}. Take it from an event of a subscription, or from \`changeCursor\`.`);
}
