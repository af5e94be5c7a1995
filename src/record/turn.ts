import { BrokenRule } from './rule.ts';

/**
 * Writes that run at once, of one database. They wait for one another's records while they hold a connection,
 * and must leave some of the pool's ten to those who read.
 */
const atOnce = 6;

/** Who has a turn, and who waits for one, the first first. */
interface Turns {
  taken: number;
  waiting: (() => void)[];
}

const turnsOf = new WeakMap<object, Turns>();

/**
 * Does work when it is its turn among the writes of a database.
 * @param patience how long it may wait for that, in milliseconds.
 * @throws {BrokenRule} BUSY when its turn doesn't come in time.
 */
export async function inTurn<T>(database: object, patience: number, work: () => Promise<T>): Promise<T> {
  const turns = turnsOf.get(database) ?? { taken: 0, waiting: [] };
  turnsOf.set(database, turns);
  if (turns.taken < atOnce) turns.taken += 1;
  else await turnIn(turns, patience);
  try {
    return await work();
  } finally {
    // The turn goes to whoever waits.
    const next = turns.waiting.shift();
    if (next) next();
    else turns.taken -= 1;
  }
}

function turnIn({ waiting }: Turns, patience: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      waiting.splice(waiting.indexOf(begin), 1);
      reject(busy());
    }, patience);
    const begin = () => {
      clearTimeout(late);
      resolve();
    };
    waiting.push(begin);
  });
}

/** What is said to someone who writes while too many others do. */
export function busy(): BrokenRule {
  return new BrokenRule('BUSY', 'Too many others are writing at this moment. Nothing was changed; try again.', []);
}
