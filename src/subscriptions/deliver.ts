import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import { sayOrNote } from '../http/errors.ts';
import { within } from '../limits/within.ts';
import type { Gate } from './gate.ts';
import { insist, isSaid } from './insist.ts';
import { type Subscription, setSubscription } from './subscription.ts';

/** What an event is about is no longer to be told: it is left out. */
export class Gone extends Error {}

const gone = 'GONE';

/** The answer to an event, of which something failed that should not. */
class Defect extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super('An event could not be read.');
    this.result = result;
  }
}

type Result = ExecutionResult<Record<string, unknown>>;

/** What every event has: in whose name it is read. */
interface Event {
  viewer: Viewer;
}

/**
 * The answers of a subscription, one for each event. Each is read with a context of its own, since what a context
 * keeps is for one answer. An error that ends the subscription is the last answer.
 * @param gate lets so many events be read at once, since ordinary requests need connections too.
 * @returns an answer with errors alone when there is nothing to begin with.
 */
export async function deliver(
  subscription: Subscription,
  args: ExecutionArgs,
  { timeoutMs, gate }: { timeoutMs: number; gate: Gate },
): Promise<Result | AsyncIterableIterator<Result>> {
  const context = { ...(args.contextValue as Context) };
  const say = (error: unknown) => sayOrNote(error, context.log);
  setSubscription(context, subscription);
  const stream = await createSourceEventStream({ ...args, contextValue: context });
  if (!(Symbol.asyncIterator in stream)) {
    subscription.end();
    return { ...stream, errors: stream.errors?.map(say) };
  }

  async function read(event: Event): Promise<Result | typeof gone> {
    const { past: _past, ...rest } = context;
    const contextValue = { ...rest, viewer: event.viewer };
    const reading = Promise.resolve(execute({ ...args, rootValue: event, contextValue }) as Result | Promise<Result>);
    const result = await within(timeoutMs, 'Ask for less with each event.', reading).catch((error): Result => ({ errors: [error] }));
    const { errors = [] } = result;
    if (errors.some(({ originalError }) => originalError instanceof Gone)) return gone;
    if (!errors.every(isSaid)) throw new Defect(result);
    return errors.length > 0 ? { ...result, errors: errors.map(say) } : result;
  }

  // A database that was away may be there again. Nothing is changed by reading twice.
  const answer = (event: Event) =>
    insist(subscription, () => gate.through(() => read(event))).catch((error) => {
      if (!(error instanceof Defect)) throw error;
      const { result } = error;
      return { ...result, errors: result.errors?.map(say) };
    });

  async function* answers(): AsyncGenerator<Result, void, void> {
    try {
      for await (const event of stream as AsyncIterable<Event>) {
        const result = await answer(event);
        // It was over before this could be read. It stays for the next time.
        if (!result) break;
        if (result !== gone) yield result;
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
