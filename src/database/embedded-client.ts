import type { QueryOptions, Results } from '@electric-sql/pglite';
import type { Run } from '../compiler/statement/index.ts';
import { takeThread } from './embedded-worker.ts';

// The embedded database in a thread of its own, spoken to by messages. So it opens while the rest of the program
// is loaded, and a long statement holds up neither other requests nor their time limits. The other half is
// embedded-thread.js.

interface Queries {
  query<T>(sql: string, params?: unknown[], options?: QueryOptions): Promise<Results<T>>;
  exec(sql: string): Promise<unknown>;
}

type Statement = Parameters<Run>[0];

interface Transaction extends Queries {
  readonly closed: boolean;
  rollback(): Promise<void>;
}

/** What is used of a PGlite, in this thread or in another. */
export interface Embedded extends Queries {
  readonly closed: boolean;
  /** Rolls back when the work fails. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** @returns a function that ends it. */
  listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** What the thread is asked to do. */
export type Call =
  | { what: 'open'; dataDir: string }
  /** The values of some types are read here, and come as PostgreSQL wrote them. */
  | { what: 'query'; sql: string; params?: unknown[]; rowMode?: QueryOptions['rowMode']; asText: number[]; tx?: number }
  | { what: 'exec'; sql: string; tx?: number }
  /** Those who ask take turns. */
  | { what: 'read'; statement: Statement; values: Parameters<Run>[1]; asker: number }
  | { what: 'begin'; tx: number }
  | { what: 'end'; tx: number; rollback: boolean }
  | { what: 'listen'; channel: string; listener: number }
  | { what: 'unlisten'; listener: number }
  | { what: 'close' };

/** An error, as it crosses over. */
interface Failed {
  name: string;
  message: string;
  [property: string]: unknown;
}

/** What the thread says: what came of a call, or what was notified. */
export type Said = { id: number; value: unknown } | { id: number; failed: Failed } | { listener: number; payload: string };

/** A database that is opened in a thread, which begins to load what it needs at once. */
export class EmbeddedClient implements Embedded {
  readonly #worker = takeThread();
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  readonly #askers = new WeakMap<object, number>();
  readonly #listeners = new Map<number, (payload: string) => void>();
  /** For the class of its errors; the thread loads it for itself. */
  readonly #pglite = import('@electric-sql/pglite');
  #last = 0;
  #ended: Error | undefined;
  closed = false;

  constructor() {
    this.#worker.on('message', (said: Said) => this.#hear(said));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The thread of the embedded database has ended.')));
  }

  /** Opens the database whose files are in this folder, or makes one. */
  async open(dataDir: string): Promise<void> {
    await this.#call({ what: 'open', dataDir });
  }

  query<T>(sql: string, params?: unknown[], options?: QueryOptions): Promise<Results<T>> {
    return this.#query(undefined, sql, params, options);
  }

  exec(sql: string): Promise<unknown> {
    return this.#call({ what: 'exec', sql });
  }

  /** Runs a statement of the read compiler. */
  readonly read: Run = (statement, values, asker) =>
    this.#call({ what: 'read', statement, values, asker: this.#numberOf(asker) }) as Promise<string | null>;

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = ++this.#last;
    let ending: Promise<unknown> | undefined;
    const end = (rollback: boolean) => {
      ending ??= this.#call({ what: 'end', tx, rollback });
      return ending;
    };
    await this.#call({ what: 'begin', tx });
    try {
      const result = await work({
        query: (sql, params, options) => this.#query(tx, sql, params, options),
        exec: (sql) => this.#call({ what: 'exec', sql, tx }),
        get closed() {
          return ending !== undefined;
        },
        rollback: async () => {
          await end(true);
        },
      });
      await end(false);
      return result;
    } catch (error) {
      await end(true).catch(() => {});
      throw error;
    }
  }

  async listen(channel: string, hear: (payload: string) => void): Promise<() => Promise<void>> {
    const listener = ++this.#last;
    this.#listeners.set(listener, hear);
    await this.#call({ what: 'listen', channel, listener });
    return async () => {
      this.#listeners.delete(listener);
      await this.#call({ what: 'unlisten', listener });
    };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    try {
      await this.#call({ what: 'close' });
    } finally {
      await this.#worker.terminate();
    }
  }

  /** Ends the thread of a database that could not be opened. */
  async abandon(): Promise<void> {
    this.closed = true;
    await this.#worker.terminate();
  }

  async #query<T>(tx: number | undefined, sql: string, params: unknown[] = [], { rowMode, parsers = {} }: QueryOptions = {}) {
    const call: Call = { what: 'query', sql, params, asText: Object.keys(parsers).map(Number) };
    if (rowMode) call.rowMode = rowMode;
    if (tx !== undefined) call.tx = tx;
    const results = (await this.#call(call)) as Results<T>;
    const readers = results.fields.flatMap(({ name, dataTypeID }, column) => {
      const read = parsers[dataTypeID];
      return read ? [{ key: rowMode === 'array' ? column : name, read }] : [];
    });
    for (const row of readers.length > 0 ? (results.rows as Record<string | number, unknown>[]) : []) {
      for (const { key, read } of readers) {
        const value = row[key];
        if (typeof value === 'string') row[key] = read(value);
      }
    }
    return results;
  }

  /** Objects can't be known again in the thread. */
  #numberOf(asker: object | undefined): number {
    if (!asker) return 0;
    const number = this.#askers.get(asker) ?? ++this.#last;
    this.#askers.set(asker, number);
    return number;
  }

  #call(call: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...call, id });
    });
  }

  #hear(said: Said): void {
    if ('listener' in said) {
      this.#listeners.get(said.listener)?.(said.payload);
      return;
    }
    const waiting = this.#waiting.get(said.id);
    this.#waiting.delete(said.id);
    if ('failed' in said) this.#errorOf(said.failed).then(waiting?.reject);
    else waiting?.resolve(said.value);
  }

  /** PostgreSQL's own errors are known by their class. */
  async #errorOf({ message, ...rest }: Failed): Promise<Error> {
    const { DatabaseError } = (await this.#pglite).messages;
    const error = rest.severity === undefined ? new Error(message) : new DatabaseError(message, Number(rest.length ?? 0), 'error');
    return Object.assign(error, rest);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
