import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import { userError } from '../errors.ts';
import type { Changes } from './changes.ts';
import { type Place, writeCursor } from './cursor.ts';
import type { Viewers } from './viewers.ts';

interface Parts {
  changes: Changes;
  viewers: Viewers;
  authorization: string | null;
  log: Logger;
}

/** Why a subscription ends though its client is still there. */
export type Reason = 'SLOW' | 'TIME' | 'STOP';

const words: Record<Reason, string> = {
  SLOW: 'This subscription came too far behind what changed.',
  TIME: 'This subscription has lasted as long as one may.',
  STOP: 'The server is stopping.',
};

/** One subscription of one client, from its first look at the changes to its last. */
export class Subscription {
  readonly changes: Changes;
  /** Up to where the client was told all that it is to be told. */
  place: Place | undefined;
  readonly #parts: Parts;
  readonly #over = new AbortController();
  readonly #onEnd: (() => void)[] = [];
  readonly #leave: () => void;

  constructor(parts: Parts) {
    this.changes = parts.changes;
    this.#parts = parts;
    this.#leave = parts.changes.join();
  }

  /** Who the client is now. */
  viewer(): Promise<Viewer> {
    return this.#parts.viewers.now(this.#parts.authorization, this.#parts.log);
  }

  /** Ends it; without a reason, because the client is gone. */
  end(reason?: Reason): void {
    if (this.isOver) return;
    this.#over.abort(reason);
    this.#leave();
    for (const listener of this.#onEnd) listener();
  }

  /** Calls back when it is over, whatever ended it. */
  onEnd(listener: () => void): void {
    this.#onEnd.push(listener);
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** What the client is told at the end, if it is to be told something. */
  ending(): GraphQLError | undefined {
    const reason: unknown = this.#over.signal.reason;
    if (!this.isOver || !isReason(reason)) return undefined;
    const after = this.place && writeCursor(this.place);
    return userError('RESUME', `${words[reason]} Subscribe again with \`after\`, and nothing is missed.`, {
      extensions: after === undefined ? {} : { after },
    });
  }

  /** Waits until something may have changed since the version, or it is over. */
  wait(version: number): Promise<void> {
    return this.#until((resolve) => this.changes.watch(version, resolve));
  }

  /** Waits so many milliseconds, or until it is over. */
  pause(milliseconds: number): Promise<void> {
    return this.#until((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      return () => clearTimeout(timer);
    });
  }

  async #until(begin: (resolve: () => void) => () => void): Promise<void> {
    const { signal } = this.#over;
    if (signal.aborted) return;
    let stop = () => {};
    await new Promise<void>((resolve) => {
      const done = () => resolve();
      const cancel = begin(done);
      signal.addEventListener('abort', done);
      stop = () => {
        cancel();
        signal.removeEventListener('abort', done);
      };
    });
    stop();
  }
}

function isReason(reason: unknown): reason is Reason {
  return typeof reason === 'string' && Object.hasOwn(words, reason);
}

/** By the context that the field of a subscription gets, which is for the stream of its events alone. */
const subscriptions = new WeakMap<object, Subscription>();

export function setSubscription(context: object, subscription: Subscription): void {
  subscriptions.set(context, subscription);
}

/** @throws when the operation is not run as a subscription: a mistake in the code. */
export function subscriptionOf(context: object): Subscription {
  const subscription = subscriptions.get(context);
  if (!subscription) throw new Error('A subscription is run without the plugin that serves it.');
  return subscription;
}
