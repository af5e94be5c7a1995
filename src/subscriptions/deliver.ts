import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute, GraphQLError } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import { sayOrNote } from '../http/errors.ts';
import { within } from '../limits/plugin.ts';
import { type Subscription, setSubscription } from './subscription.ts';

/** What an event is about is no longer to be told: it is left out. */
export class Gone extends Error {}

/** How often an event is read when that fails, and the milliseconds in between. */
const patience = { tries: 3, wait: 500 };

type Result = ExecutionResult<Record<string, unknown>>;

/** What every event has: in whose name it is read. */
interface Event {
  viewer: Viewer;
}

/**
 * The answers of a subscription, one for each event. Each is read with a context of its own, since what a context
 * keeps is for one answer. An error that ends the subscription is the last answer.
 * @returns an answer with errors alone when there is nothing to begin with.
 */
export async function deliver(
  subscription: Subscription,
  args: ExecutionArgs,
  timeoutMs: number,
): Promise<Result | AsyncIterableIterator<Result>> {
  const context = { ...(args.contextValue as Context) };
  const say = (error: unknown) => sayOrNote(error, context.log);
  setSubscription(context, subscription);
  const stream = await createSourceEventStream({ ...args, contextValue: context });
  if (!(Symbol.asyncIterator in stream)) {
    subscription.end();
    return { ...stream, errors: stream.errors?.map(say) };
  }

  async function answer(event: Event): Promise<Result | undefined> {
    for (let tries = 1; ; tries++) {
      const { past: _past, ...rest } = context;
      const contextValue = { ...rest, viewer: event.viewer };
      const result = await within(
        timeoutMs,
        'Ask for less with each event.',
        Promise.resolve(execute({ ...args, rootValue: event, contextValue })),
      ).catch((error): Result => ({ errors: [error] }));
      const { errors } = result as Result;
      if (!errors) return result as Result;
      if (errors.some(({ originalError }) => originalError instanceof Gone)) return undefined;
      // A database that was away may be there again. Nothing is changed by reading twice.
      if (errors.every(isSaid) || tries >= patience.tries || subscription.isOver) {
        return { ...(result as Result), errors: errors.map(say) };
      }
      await subscription.pause(patience.wait);
    }
  }

  async function* answers(): AsyncGenerator<Result, void, void> {
    try {
      for await (const event of stream as AsyncIterable<Event>) {
        const result = await answer(event);
        if (result) yield result;
      }
      const ending = subscription.ending();
      if (ending) yield { errors: [ending] };
    } catch (error) {
      yield { errors: [say(error)] };
    } finally {
      subscription.end();
    }
  }

  const results = answers();
  const iterator: AsyncIterableIterator<Result> = {
    [Symbol.asyncIterator]: () => iterator,
    next: () => results.next(),
    // A generator that has not begun would not come to its end, and one that waits would not hear of it.
    return: async () => {
      subscription.end();
      await results.return();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      subscription.end();
      await results.return();
      throw error;
    },
  };
  return iterator;
}

function isSaid({ originalError }: GraphQLError): boolean {
  return originalError == null || originalError instanceof GraphQLError;
}
