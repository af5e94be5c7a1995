import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type ExecutionArgs, GraphQLError, parse } from 'graphql';
import { CloseCode, makeServer, type Context as ProtocolContext, type SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import { reader, type Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config.ts';
import type { ServerContext } from '../context.ts';
import { shown, shownError } from '../http/errors.ts';
import { bodyLimit } from '../limits/body.ts';
import { schema } from '../schema.ts';
import { authorizationOf } from './authorization.ts';
import type { Connection, Connections } from './connections.ts';
import { failed, type Result, requestErrors, runOperation, standIn, tooManyOperations, type Yoga } from './operation.ts';
import { patience, pingEvery } from './pace.ts';

export interface WebSocketParts {
  yoga: Yoga;
  authenticate: Authenticate;
  connections: Connections;
  limits: Limits;
  log: Logger;
  /** Whether the page that asks may open one: browsers ask nobody before. */
  mayConnect(request: IncomingMessage): boolean;
  addressOf(request: IncomingMessage): string;
}

/** How long a client may take to say who it is, in milliseconds. */
const initWait = 3_000;

/** Bytes that may wait to be sent. Only a client that asks on without reading comes there. */
const mostBuffered = 16 * 1024 * 1024;

/** The protocol decides by the operation in its document how to run it, and ours has run by then. */
const placeholder = parse('{ __typename }');

/** One WebSocket: who is behind it, what runs on it, and when it is closed. */
export class WebSocketConnection implements Connection {
  readonly #socket: WebSocket;
  readonly #request: IncomingMessage;
  readonly #parts: WebSocketParts;
  readonly #gone = new AbortController();
  readonly #standIn: Request;
  readonly #address: string;
  #authorization: string | null;
  /** Operations of which the first answer is not there yet. */
  #running = 0;
  #finishing = false;
  #alive = performance.now();
  #busy = performance.now();
  /** Those of which not all was sent, as the protocol's server keeps them. */
  #operations: ProtocolContext['subscriptions'] = {};

  constructor(socket: WebSocket, request: IncomingMessage, parts: WebSocketParts) {
    this.#socket = socket;
    this.#request = request;
    this.#parts = parts;
    this.#authorization = request.headers.authorization ?? null;
    this.#address = parts.addressOf(request);
    this.#standIn = standIn(parts.yoga, request, this.#gone.signal);
    this.#allow(reader);
    this.#open();
  }

  finish(): void {
    this.#finishing = true;
    const close = () => this.#isIdle && this.#socket.close(1001, 'The server is being stopped.');
    const waiting = setInterval(close, 50);
    this.#socket.once('close', () => clearInterval(waiting));
    close();
  }

  cut(): void {
    this.#socket.terminate();
  }

  #open(): void {
    const socket = this.#socket;
    const { connections, limits, log } = this.#parts;
    const start = performance.now();
    const release = connections.add(this);
    const closed = this.#protocol().opened(
      {
        protocol: socket.protocol,
        send: (text) => this.#send(text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => socket.on('message', (data) => this.#receive(data, take)),
      },
      {},
    );
    const watching = setInterval(() => this.#watch(), pingEvery(limits));
    this.#request.socket.setTimeout(patience, () => socket.terminate());
    socket.on('pong', () => this.#sign());
    // It is closed after an error, with the code for it.
    socket.on('error', (error) => log.debug({ err: error }, 'websocket error'));
    socket.once('close', (code, reason) => {
      clearInterval(watching);
      release();
      this.#gone.abort();
      log.info({ code, ms: Math.round(performance.now() - start) }, 'websocket closed');
      Promise.resolve(closed(code, String(reason))).catch((error) => failed(error, this.#parts));
    });
  }

  #protocol() {
    return makeServer<Record<string, unknown>, object>({
      schema,
      connectionInitWaitTimeout: Math.min(initWait, this.#parts.limits.idleMs),
      onConnect: (context) => this.#connect(context),
      onSubscribe: (context, _id, payload) => this.#run(context, payload),
      execute: ({ rootValue }) => rootValue as Result,
      onNext: (_context, _id, _payload, _args, result) => shown(result),
      onError: (_context, _id, _payload, errors) => errors.map((error) => (error instanceof GraphQLError ? shownError(error) : error)),
    });
  }

  /** What a request's headers would tell comes with the first message. */
  async #connect({ connectionParams, subscriptions }: ProtocolContext): Promise<boolean> {
    this.#operations = subscriptions;
    try {
      const given = authorizationOf(connectionParams);
      if (given !== undefined) this.#authorization = given;
      this.#allow(await this.#parts.authenticate(this.#authorization, this.#parts.log));
      return true;
    } catch (error) {
      const [told] = failed(error, this.#parts).errors;
      const code =
        told?.extensions.code === 'UNAUTHENTICATED'
          ? CloseCode.Forbidden
          : told?.extensions.code === 'INTERNAL_ERROR'
            ? CloseCode.InternalServerError
            : 1013;
      this.#socket.close(code, reasonOf(told));
      return false;
    }
  }

  /** Gives what the protocol is to hand over: the errors of the request, or its result in place of its execution. */
  async #run({ subscriptions }: ProtocolContext, payload: SubscribePayload): Promise<readonly GraphQLError[] | ExecutionArgs> {
    const { yoga, authenticate, limits, log } = this.#parts;
    const requestId = randomUUID();
    const context: ServerContext = {
      requestId,
      log: log.child({ requestId }),
      viewer: reader,
      authorization: this.#authorization,
      address: this.#address,
    };
    // Its own id is among the subscriptions already.
    if (Math.max(this.#running + 1, Object.keys(subscriptions).length) > limits.operations) {
      return failed(tooManyOperations(limits), context).errors;
    }
    this.#running++;
    const start = performance.now();
    try {
      // The token may have been revoked since the last one.
      context.viewer = await authenticate(context.authorization, context.log);
      this.#allow(context.viewer);
      const result = await runOperation(yoga, { ...payload } as never, this.#standIn, context);
      return requestErrors(result) ?? { schema, document: placeholder, rootValue: result };
    } catch (error) {
      return failed(error, context).errors;
    } finally {
      this.#running--;
      this.#sign();
      this.#busy = performance.now();
      context.log.info({ transport: 'websocket', ms: Math.round(performance.now() - start) }, 'operation');
    }
  }

  #receive(data: RawData, take: (text: string) => Promise<void>): void {
    if (this.#finishing || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#sign();
    take(String(data)).catch((error: Error) => {
      // A message of the kinds that only servers send.
      const wrong = error.message.startsWith('Unexpected message of type');
      if (wrong) this.#socket.close(CloseCode.BadRequest, 'Invalid message received');
      else this.#socket.close(CloseCode.InternalServerError, reasonOf(failed(error, this.#parts).errors[0]));
    });
  }

  /** Ends when the message was taken, so that whoever makes the next one waits for a slow client. */
  #send(text: string): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve) => {
      if (socket.bufferedAmount + text.length > mostBuffered && socket.bufferedAmount > 0) socket.terminate();
      if (socket.readyState !== socket.OPEN) return resolve();
      socket.send(text, () => {
        this.#busy = performance.now();
        resolve();
      });
    });
  }

  /** Pings, and closes what nobody uses or is behind. */
  #watch(): void {
    const now = performance.now();
    const { idleMs } = this.#parts.limits;
    if (!this.#isIdle) this.#busy = now;
    if (now - this.#busy >= idleMs) this.#socket.close(1000, 'There was no operation for long.');
    else if (now - this.#alive > patience) this.#socket.terminate();
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  get #isIdle(): boolean {
    return this.#running === 0 && Object.keys(this.#operations).length === 0;
  }

  #sign(): void {
    this.#alive = performance.now();
  }

  /** Notes who is behind it, and lets messages be as large as they may send. */
  #allow(viewer: Viewer): void {
    // The library has one number for all sockets; this is the one that it looks at for this socket.
    const receiver: unknown = Reflect.get(this.#socket, '_receiver');
    if (typeof receiver === 'object' && receiver) Reflect.set(receiver, '_maxPayload', bodyLimit(this.#parts.limits, viewer));
  }
}

/** What can be said on closing: 123 bytes at most. */
function reasonOf(error: GraphQLError | undefined): string {
  const text = error?.message ?? '';
  return Buffer.byteLength(text) <= 123 ? text : String(error?.extensions.errorId ?? error?.extensions.code ?? '');
}
