// @ts-check

// In JavaScript, because the thread of the embedded database runs it: see embedded-thread.js.

/**
 * One thing at a time, and those who ask take turns: who asks for much waits for it while others get their little.
 * @returns {<Result>(asker: number, work: () => Promise<Result>) => Promise<Result>}
 */
export function inTurns() {
  /**
   * What is asked, by who asks; whose turn is next comes first.
   * @type {Map<number, (() => Promise<unknown>)[]>}
   */
  const waiting = new Map();
  let isBusy = false;

  function next() {
    const [first] = waiting;
    isBusy = first !== undefined;
    if (!first) return;
    const [asker, jobs] = first;
    const work = jobs.shift();
    waiting.delete(asker);
    if (jobs.length > 0) waiting.set(asker, jobs);
    // Whoever asked in the meantime is heard before the next turn.
    work?.().finally(() => setImmediate(next));
  }

  return (asker, work) =>
    new Promise((resolve, reject) => {
      const job = () => work().then(resolve, reject);
      const own = waiting.get(asker);
      if (own) own.push(job);
      else waiting.set(asker, [job]);
      if (!isBusy) next();
    });
}
