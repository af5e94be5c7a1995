import { userError } from '../errors.ts';

interface Limits {
  subscriptions: number;
  subscriptionsPerIdentity: number;
}

/** How many subscriptions there are, and of whom. */
export class Places {
  readonly #limits: Limits;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * Takes one for an identity; the function that it returns gives it back.
   * @throws {GraphQLError} TOO_MANY_SUBSCRIPTIONS.
   */
  take(identity: string): () => void {
    const { subscriptions, subscriptionsPerIdentity } = this.#limits;
    const own = this.#taken.get(identity) ?? 0;
    if (own >= subscriptionsPerIdentity) {
      throw tooMany('You have', own, subscriptionsPerIdentity, 'End one of them first, or follow more with one.', 429);
    }
    if (this.#all >= subscriptions) throw tooMany('The server has', this.#all, subscriptions, 'Try again later.', 503);
    this.#taken.set(identity, own + 1);
    this.#all += 1;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      const left = (this.#taken.get(identity) ?? 1) - 1;
      if (left > 0) this.#taken.set(identity, left);
      else this.#taken.delete(identity);
      this.#all -= 1;
    };
  }
}

function tooMany(who: string, found: number, limit: number, remedy: string, status: number) {
  return userError('TOO_MANY_SUBSCRIPTIONS', `${who} ${found} subscriptions; up to ${limit} are allowed. ${remedy}`, {
    extensions: { limit, found, http: { status } },
  });
}
