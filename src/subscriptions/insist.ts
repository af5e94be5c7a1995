import { GraphQLError } from 'graphql';
import type { Subscription } from './subscription.ts';

/** Milliseconds until what failed is tried again, and how often that is done while the database answers. */
const patience = { wait: 500, tries: 3 };

/**
 * Does what needs the database, again and again while that is away; undefined when the subscription is over.
 * @throws what the work throws for the client, or though the database is there.
 */
export async function insist<T>(subscription: Subscription, work: () => Promise<T>): Promise<T | undefined> {
  for (let failed = 0; !subscription.isOver; ) {
    try {
      return await work();
    } catch (error) {
      if (isSaid(error)) throw error;
      const answers = await subscription.changes.end().then(
        () => true,
        () => false,
      );
      if (answers) failed += 1;
      if (failed >= patience.tries) throw error;
      await subscription.pause(patience.wait);
    }
  }
  return undefined;
}

/** Whether an error is meant for the client, and not only for now. */
export function isSaid(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.extensions.code === 'IDENTITY_PROVIDER_UNAVAILABLE') return false;
  return error.originalError == null || isSaid(error.originalError);
}
