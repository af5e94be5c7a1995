import type { GraphQLError } from 'graphql';
import { userError } from '../errors.ts';

/** Something that stays open for many answers: a WebSocket or an event stream. */
export interface Connection {
  /** Takes nothing new, lets what runs end, and closes. Subscriptions end by themselves when the process stops. */
  finish(): void;
  /** Closes at once. */
  cut(): void;
}

/** What is open in this process, whichever way it came. */
export class Connections {
  readonly limit: number;
  readonly #open = new Set<Connection>();
  #finishing = false;

  /** @param stopping says when the process stops. */
  constructor(limit: number, stopping: AbortSignal) {
    this.limit = limit;
    stopping.addEventListener('abort', () => {
      this.#finishing = true;
      for (const connection of this.#open) connection.finish();
    });
  }

  /**
   * Counts a connection until the function that it gives is called.
   * @throws {GraphQLError} TOO_MANY_CONNECTIONS
   */
  add(connection: Connection): () => void {
    if (this.full) throw this.refusal();
    this.#open.add(connection);
    return () => this.#open.delete(connection);
  }

  get full(): boolean {
    return this.#finishing || this.#open.size >= this.limit;
  }

  refusal(): GraphQLError {
    const message = this.#finishing
      ? 'The server is being stopped. Try again soon.'
      : `The server has ${this.limit} connections open, and takes no more. Try again later.`;
    return userError('TOO_MANY_CONNECTIONS', message, { extensions: { limit: this.limit, http: { status: 503 } } });
  }

  cut(): void {
    for (const connection of this.#open) connection.cut();
  }
}
