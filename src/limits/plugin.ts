import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../config.ts';
import { userError } from '../errors.ts';
import { countTokens, enforce } from './limits.ts';
import { type Asked, enforceOperation } from './operation.ts';

/** Refuses requests that ask too much, before anything is asked of the database, and ends those that take too long. */
export function limitsPlugin(limits: Limits): Plugin {
  return {
    // The hooks of the operation itself: every way in passes them.
    onParse: ({ params: { source } }) => {
      enforce(limits, 'tokens', countTokens(typeof source === 'string' ? source : source.body));
    },
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const operation = enforceOperation(limits, args as Asked);
      const advice =
        operation?.operation === 'mutation'
          ? 'It may be done all the same: look, or send it again with the same `idempotencyKey`.'
          : 'Ask for less, or for smaller pages.';
      setExecuteFn((executeArgs) => within(limits.timeoutMs, advice, executeFn(executeArgs)));
    },
  };
}

/**
 * Gives work so much time.
 * @throws {GraphQLError} TIMEOUT.
 */
export async function within<T>(milliseconds: number, advice: string, work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        userError('TIMEOUT', `The request took more than ${milliseconds} ms and was given up. ${advice}`, {
          extensions: { limit: milliseconds, http: { status: 503 } },
        }),
      );
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
