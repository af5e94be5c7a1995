import { Worker } from 'node:worker_threads';

// The thread of the embedded database, which takes a moment to load what it needs, whatever it is to open.

let begun: Worker | undefined;

/** Begins to load it, before it is known whether it will be needed. */
export function beginThread(): void {
  begun = startThread();
  // A program that doesn't need it ends all the same.
  begun.unref();
}

/** The thread that was begun, or a new one. */
export function takeThread(): Worker {
  const thread = begun ?? startThread();
  begun = undefined;
  thread.ref();
  return thread;
}

function startThread(): Worker {
  // As seen from this folder, and from that of the bundle beside it.
  return new Worker(new URL('../database/embedded-thread.js', import.meta.url));
}
