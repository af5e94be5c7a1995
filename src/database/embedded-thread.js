// @ts-check
import { parentPort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { embeddedOptions } from './embedded-options.js';
import { readEmbedded } from './embedded-read.js';
import { inTurns } from './turns.js';

// The thread that the embedded database runs in: its other half is embedded-client.ts. In JavaScript, because a
// thread is started from a file as it stands, also by tests, and Node doesn't read TypeScript in all its versions.

/** @typedef {import('./embedded-client.ts').Call} Call */
/** @typedef {import('./embedded-client.ts').Said} Said */
/** @typedef {import('@electric-sql/pglite').Transaction} Transaction */

/**
 * Values of the types that the other half reads itself are sent as PostgreSQL wrote them.
 * @param {readonly number[]} types
 */
const asText = (types) => Object.fromEntries(types.map((type) => [type, (/** @type {string} */ text) => text]));

/** @type {PGlite} */
let pglite;

/** @type {import('../compiler/statement/index.ts').Run} */
let read;

const inTurn = inTurns();

/**
 * The transactions that are open, by the number that the other half gave them.
 * @type {Map<number, { tx: Transaction, end: (rollback: boolean) => void, ended: Promise<void> }>}
 */
const transactions = new Map();

/**
 * What stops hearing what is notified on a channel.
 * @type {Map<number, () => Promise<void>>}
 */
const listeners = new Map();

/** @param {number} id */
function transactionOf(id) {
  const open = transactions.get(id);
  if (!open) throw new Error('The transaction is closed.');
  return open;
}

/** @param {number | undefined} tx */
const on = (tx) => (tx === undefined ? pglite : transactionOf(tx).tx);

/**
 * @param {number} id
 * @returns {Promise<void>} when its turn has come.
 */
function begin(id) {
  return new Promise((begun, failed) => {
    const ended = pglite.transaction(async (tx) => {
      const rollback = await new Promise((end) => {
        transactions.set(id, { tx, end, ended: ended });
        begun();
      });
      if (rollback) await tx.rollback();
    });
    ended.catch(failed);
  });
}

/**
 * @param {number} id
 * @param {boolean} rollback
 */
async function end(id, rollback) {
  const open = transactionOf(id);
  transactions.delete(id);
  open.end(rollback);
  await open.ended;
}

/**
 * @param {Call} call
 * @returns {Promise<unknown>}
 */
async function perform(call) {
  switch (call.what) {
    case 'open':
      pglite = await PGlite.create({ ...embeddedOptions, dataDir: call.dataDir });
      read = readEmbedded(pglite);
      return;
    case 'query':
      return on(call.tx).query(call.sql, call.params, {
        rowMode: call.rowMode,
        parsers: asText(call.asText),
      });
    case 'exec':
      await on(call.tx).exec(call.sql);
      return;
    case 'read':
      return inTurn(call.asker, () => read(call.statement, call.values));
    case 'begin':
      return begin(call.tx);
    case 'end':
      return end(call.tx, call.rollback);
    case 'listen':
      listeners.set(call.listener, await pglite.listen(call.channel, (payload) => say({ listener: call.listener, payload })));
      return;
    case 'unlisten': {
      const stop = listeners.get(call.listener);
      listeners.delete(call.listener);
      return stop?.();
    }
    case 'close':
      return pglite.close();
  }
}

/**
 * What goes over of an error: its own properties, such as the SQL state, without what was asked, which holds functions.
 * @param {unknown} error
 */
function failedBy(error) {
  if (!(error instanceof Error)) return { message: String(error), name: 'Error' };
  const told = Object.entries(error).filter(([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value));
  return { ...Object.fromEntries(told), message: error.message, name: error.name };
}

/** @param {Said} said */
function say(said) {
  parentPort?.postMessage(said);
}

parentPort?.on('message', (/** @type {Call & { id: number }} */ call) => {
  perform(call).then(
    (value) => say({ id: call.id, value }),
    (error) => say({ id: call.id, failed: failedBy(error) }),
  );
});
