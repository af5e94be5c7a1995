import { userError } from '../errors.ts';

/**
 * Gives work so much time.
 * @throws {GraphQLError} TIMEOUT.
 */
export function within<T>(milliseconds: number, advice: string, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        userError('TIMEOUT', `The request took more than ${milliseconds} ms and was given up. ${advice}`, {
          extensions: { limit: milliseconds, http: { status: 503 } },
        }),
      );
    }, milliseconds);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
