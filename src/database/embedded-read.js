// @ts-check
import { protocol } from '@electric-sql/pglite';

// In JavaScript, because the thread of the embedded database runs it: see embedded-thread.js.

const { bind, close, execute, parse, sync } = protocol.serialize;

/**
 * Runs the read compiler's statements on an embedded database. PGlite's own `query` has a statement parsed and
 * described each time; here a named one is parsed once, and all messages of a statement go in one call.
 * @param {import('@electric-sql/pglite').PGlite} pglite
 * @returns {import('../compiler/statement/index.ts').Run}
 */
export function readEmbedded(pglite) {
  /** @type {Set<string>} */
  const prepared = new Set();
  return ({ name, text }, values) => {
    const run = async () => {
      const messages = [bind({ statement: name, values: [...values] }), execute({}), sync()];
      // One that failed the first time may be there all the same.
      if (!name || !prepared.has(name)) messages.unshift(close({ type: 'S', name }), parse({ name, text }));
      const { messages: answers } = await pglite.execProtocol(Buffer.concat(messages), { syncToFs: false });
      if (name) prepared.add(name);
      for (const answer of answers) if ('fields' in answer && answer.name === 'dataRow') return firstOf(answer.fields);
      return null;
    };
    // As PGlite's own queries wait, so that this is never run within somebody's transaction.
    return pglite._runExclusiveTransaction(() => pglite._runExclusiveQuery(run));
  };
}

/** @param {unknown} fields */
function firstOf(fields) {
  const [first] = Array.isArray(fields) ? fields : [];
  return typeof first === 'string' ? first : null;
}
