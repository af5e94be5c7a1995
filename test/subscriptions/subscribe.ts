import { type Client, createClient } from 'graphql-sse';
import type { AnswerError, RunningServer } from '../server/start.ts';

export interface Result {
  data?: Record<string, unknown> | null;
  errors?: readonly AnswerError[];
}

export interface Heard {
  /** All that came, in order. */
  results: Result[];
  /** Resolves when the stream has ended, with the error that the client had. */
  ended: Promise<unknown>;
  /** Resolves with the first so many results; fails when the stream ends before. */
  until(count: number): Promise<Result[]>;
  stop(): void;
}

export interface Asked {
  token?: string;
  variables?: Record<string, unknown>;
}

/** Subscribes with a client of the protocol; resolves when the server has begun to listen. */
export async function subscribe({ endpoint }: Pick<RunningServer, 'endpoint'>, query: string, asked: Asked = {}): Promise<Heard> {
  const results: Result[] = [];
  let wake = () => {};
  let isOver = false;
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const client: Client = createClient({
    url: endpoint,
    retryAttempts: 0,
    headers: asked.token ? { authorization: `Bearer ${asked.token}` } : {},
    fetchFn: async (url: string, init: RequestInit) => {
      // The answer's head is sent when the stream has its place.
      const response = await fetch(url, init);
      begun();
      return response;
    },
  });
  let stop = () => {};
  const ended = new Promise<unknown>((resolve) => {
    stop = client.subscribe(
      { query, variables: asked.variables },
      {
        next: (result) => {
          results.push(result as Result);
          wake();
        },
        error: resolve,
        complete: () => resolve(undefined),
      },
    );
  }).finally(() => {
    isOver = true;
    begun();
    wake();
  });
  await beginning;
  return {
    results,
    ended,
    stop,
    until: async (count) => {
      while (results.length < count) {
        if (isOver) throw new Error(`The stream ended after ${results.length}: ${JSON.stringify(results)} ${await ended}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return results.slice(0, count);
    },
  };
}

/** The codes of the errors of a result. */
export const codesOf = (result: Result | undefined) => (result?.errors ?? []).map(({ extensions }) => extensions?.code);
