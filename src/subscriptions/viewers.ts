import type { Logger } from 'pino';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Changes } from './changes.ts';

/** Milliseconds for which an answer counts, if nothing happened since. */
const freshness = 1_000;

interface Look {
  /** What was known to have happened when it began. */
  tick: number;
  at: number;
  viewer: Promise<Viewer>;
}

/**
 * Who subscribers are now. Each is looked at anew after each read of changes, and all that have the same token
 * at once: so nothing that was done after a token was revoked is shown to whoever has it.
 */
export class Viewers {
  readonly #authenticate: Authenticate;
  readonly #changes: Pick<Changes, 'tick'>;
  readonly #looks = new Map<string | null, Look>();

  constructor(authenticate: Authenticate, changes: Pick<Changes, 'tick'>) {
    this.#authenticate = authenticate;
    this.#changes = changes;
  }

  /** @throws {GraphQLError} UNAUTHENTICATED when the token is no longer taken. */
  async now(authorization: string | null, log: Logger): Promise<Viewer> {
    const last = this.#looks.get(authorization);
    const at = Date.now();
    if (last && last.tick >= this.#changes.tick && at - last.at < freshness) return last.viewer;
    const look = { tick: this.#changes.tick, at, viewer: this.#authenticate(authorization, log) };
    this.#looks.set(authorization, look);
    try {
      return await look.viewer;
    } finally {
      // Who asks later is looked at anew anyway.
      setTimeout(() => {
        if (this.#looks.get(authorization) === look) this.#looks.delete(authorization);
      }, freshness).unref();
    }
  }
}
