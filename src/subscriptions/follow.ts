import type { Viewer } from '../auth/viewer.ts';
import { type Change, isToldOf } from './change.ts';
import { compare, invalidCursor, type Place, readCursor } from './cursor.ts';
import { insist } from './insist.ts';
import type { Subscription } from './subscription.ts';

/** How many changes are looked at together. */
const batchSize = 100;

/** An event, and whom it is for: what is read for it is read in this viewer's name. */
export interface Told {
  change: Change;
  viewer: Viewer;
}

/** What a subscription asks for, of all that its viewer is told of. */
export interface Wish {
  /** Whether it is for this change. It is asked of each once, in order. */
  wants(change: Change): boolean;
  /** Leaves out what has to be looked up, several at once. */
  choose?(changes: readonly Change[], viewer: Viewer): Promise<readonly Change[]>;
}

/**
 * Where a subscription begins: after a cursor, or now.
 * @throws {GraphQLError} INVALID_CURSOR.
 */
export async function beginning({ changes }: Subscription, after: string | null | undefined): Promise<Place> {
  const place = after == null ? undefined : readCursor(after);
  const end = await changes.end();
  if (place && compare(place, end) > 0) throw invalidCursor('lies beyond what was done here');
  return place ?? end;
}

/**
 * Gives the changes after a place that are wished for, each once and in order, until the subscription is over.
 * @throws {GraphQLError} UNAUTHENTICATED when its client is no longer to be told anything.
 */
export async function* follow(subscription: Subscription, from: Place, wish: Wish): AsyncGenerator<Told, void, void> {
  const { changes } = subscription;
  let place = from;
  subscription.place = place;
  /** Whether it has come to what is kept. From then on it has to keep up. */
  let isLive = false;
  while (!subscription.isOver) {
    const { version } = changes;
    let batch = changes.after(place, batchSize);
    if (batch) isLive = true;
    else if (isLive) return subscription.end('SLOW');
    batch ??= await insist(subscription, () => changes.read(place));
    const viewer = await insist(subscription, () => subscription.viewer());
    if (!batch || !viewer) return;
    const told = batch.filter((change) => isToldOf(viewer, change));
    const chosen = new Set(wish.choose && told.length > 0 ? await insist(subscription, async () => wish.choose?.(told, viewer)) : told);
    for (const change of batch) {
      if (wish.wants(change) && chosen.has(change)) {
        // Some time may have passed since the one before.
        const now = await insist(subscription, () => subscription.viewer());
        if (!now) return;
        if (isToldOf(now, change)) yield { change, viewer: now };
      }
      place = change;
      subscription.place = place;
      if (subscription.isOver) return;
    }
    if (batch.length === 0) await subscription.wait(version);
  }
}
