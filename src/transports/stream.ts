import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import type { Viewer } from '../auth/viewer.ts';
import type { Limits } from '../config.ts';
import { shown } from '../http/errors.ts';
import type { Connection } from './connections.ts';
import { event, ping, streamHeaders } from './event-stream.ts';
import type { Result } from './operation.ts';
import { patience, pingEvery } from './pace.ts';

/** How long a stream may be reserved before it is opened, in milliseconds. */
const reservation = 60_000;

/** One event stream for many operations, from its reservation to its end. */
export class Stream implements Connection {
  /** Whoever has it and is the same as the one who reserved the stream may use it. */
  readonly token = randomBytes(32).toString('base64url');
  readonly address: string;
  readonly #owner: string | null;
  readonly #limits: Limits;
  readonly #gone = new AbortController();
  /** What runs, by the ids that the client chose: nothing until there is a result. */
  readonly #operations = new Map<string, AsyncIterator<ExecutionResult> | undefined>();
  readonly #opened: Promise<void>;
  #setOpened: () => void = () => {};
  #response: ServerResponse | undefined;
  #timer: NodeJS.Timeout;
  #busy = performance.now();
  #finishing = false;

  constructor(owner: Viewer, address: string, limits: Limits) {
    this.address = address;
    this.#owner = owner.id;
    this.#limits = limits;
    this.#opened = new Promise((resolve) => {
      this.#setOpened = resolve;
    });
    this.#timer = setTimeout(() => this.cut(), Math.min(reservation, limits.idleMs));
  }

  /** Aborted when nobody will read it any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  get isOpen(): boolean {
    return this.#response !== undefined;
  }

  get isFull(): boolean {
    return this.#finishing || this.#operations.size >= this.#limits.operations;
  }

  belongsTo(viewer: Viewer): boolean {
    return viewer.id === this.#owner;
  }

  has(id: string): boolean {
    return this.#operations.has(id);
  }

  open(response: ServerResponse): void {
    clearTimeout(this.#timer);
    this.#response = response;
    this.#busy = performance.now();
    response.once('close', () => this.cut());
    response.writeHead(200, streamHeaders);
    response.write(ping);
    // Node destroys a socket that took nothing for so long.
    response.socket?.setTimeout(patience);
    this.#timer = setInterval(() => this.#watch(response), pingEvery(this.#limits));
    this.#setOpened();
  }

  /** Takes the id of an operation, before it runs. */
  reserve(id: string): void {
    this.#operations.set(id, undefined);
  }

  /** Ends an operation, as the client asks or because there is nothing of it to send. */
  release(id: string): void {
    const results = this.#operations.get(id);
    this.#operations.delete(id);
    this.#busy = performance.now();
    void results?.return?.();
    if (this.#finishing) this.finish();
  }

  /** Sends what an operation gives, each when the one before was taken. */
  async send(id: string, result: Result): Promise<void> {
    const results = isAsyncIterable<ExecutionResult>(result) ? result[Symbol.asyncIterator]() : undefined;
    this.#operations.set(id, results);
    const each = results ?? [result as ExecutionResult].values();
    for (let step = await each.next(); !step.done && this.#isOf(id, results); step = await each.next()) {
      await this.#write(event('next', { id, payload: shown(step.value) }));
    }
    if (!this.#isOf(id, results)) return;
    await this.#write(event('complete', { id }));
    this.release(id);
  }

  finish(): void {
    this.#finishing = true;
    if (this.#operations.size === 0) this.cut();
  }

  cut(): void {
    if (this.gone.aborted) return;
    clearTimeout(this.#timer);
    this.#gone.abort();
    this.#setOpened();
    for (const id of [...this.#operations.keys()]) this.release(id);
    this.#response?.destroy();
  }

  /** Whether an operation was not ended meanwhile, nor another begun by its id. */
  #isOf(id: string, results: AsyncIterator<ExecutionResult> | undefined): boolean {
    return this.#operations.has(id) && this.#operations.get(id) === results;
  }

  /** Ends when it was taken: those that wait for it hold one event each. */
  async #write(text: string): Promise<void> {
    await this.#opened;
    const response = this.#response;
    if (!response?.writable) return;
    await new Promise<void>((resolve) => {
      response.once('close', resolve);
      response.write(text, () => {
        response.off('close', resolve);
        resolve();
      });
    });
    this.#busy = performance.now();
  }

  #watch(response: ServerResponse): void {
    if (this.#operations.size > 0) this.#busy = performance.now();
    if (performance.now() - this.#busy >= this.#limits.idleMs) this.cut();
    else if (response.writableLength === 0) response.write(ping);
  }
}
