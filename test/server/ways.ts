import { createClient as createStreamClient, NetworkError } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { AnswerError, RunningServer } from './start.ts';

/** What is asked, whichever way it goes. */
export interface Asked {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  token?: string;
}

/** What is answered, as far as all ways have it. */
export interface Answered {
  data?: unknown;
  errors: { code: unknown; message: string; path: unknown }[];
}

export type Way = (server: RunningServer, asked: Asked) => Promise<Answered>;

interface Result {
  data?: unknown;
  errors?: readonly AnswerError[];
}

const authorization = (token: string | undefined): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/** Each with the client of its own protocol. */
export const ways: Record<string, Way> = {
  'a request': async (server, { token, ...asked }) => {
    const response = await fetch(server.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...authorization(token) },
      body: JSON.stringify(asked),
    });
    return answered((await response.json()) as Result);
  },
  'a WebSocket': (server, { token, ...asked }) => {
    const client = createSocketClient({
      url: server.endpoint.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: authorization(token),
    });
    const result = new Promise<Result>((resolve, reject) => {
      client.subscribe(asked, {
        next: (value) => resolve(value as Result),
        error: (error) => {
          if (Array.isArray(error)) resolve({ errors: error });
          else if (isClose(error)) resolve({ errors: [{ message: error.reason, extensions: { code: codes[error.code] } }] });
          else reject(error);
        },
        complete: () => reject(new Error('It ended without an answer.')),
      });
    });
    return result.then(answered).finally(() => client.dispose());
  },
  'an event stream': (server, asked) => byStream(server.endpoint, false, asked),
  'one event stream for all': (server, asked) => byStream(`${server.endpoint}/stream`, true, asked),
};

/** What the codes say with which a connection is closed. */
const codes: Record<number, string> = { 4403: 'UNAUTHENTICATED', 1013: 'IDENTITY_PROVIDER_UNAVAILABLE' };

function byStream(url: string, singleConnection: boolean, { token, ...asked }: Asked): Promise<Answered> {
  /** The text of an answer that is no stream: the client gives it up. */
  let refused = '';
  const fetchFn = async (address: string, init: RequestInit) => {
    const response = await fetch(address, init);
    if (!response.ok) refused = await response.clone().text();
    return response;
  };
  const client = createStreamClient({
    fetchFn,
    url,
    retryAttempts: 0,
    headers: authorization(token),
    ...(singleConnection ? { singleConnection } : {}),
  });
  const result = new Promise<Result>((resolve, reject) => {
    client.subscribe(asked, {
      next: (value) => resolve(value as Result),
      error: (error) => {
        if (error instanceof NetworkError && refused) resolve(resultOf(refused));
        else reject(error);
      },
      complete: () => reject(new Error('It ended without an answer.')),
    });
  });
  return result.then(answered).finally(() => client.dispose());
}

/** What a request that was refused is answered with, as JSON or as the one event of a stream. */
function resultOf(text: string): Result {
  return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text);
}

function answered({ data, errors = [] }: Result): Answered {
  return {
    ...(data === undefined ? {} : { data }),
    errors: errors.map(({ message, path, extensions }) => ({
      message: message.replace(/[\da-f-]{36}/, '<id>'),
      path,
      code: extensions?.code,
    })),
  };
}

function isClose(value: unknown): value is { code: number; reason: string } {
  return typeof value === 'object' && value !== null && 'code' in value && 'reason' in value;
}
