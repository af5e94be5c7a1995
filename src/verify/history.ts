import { type Difference, replay } from '../history/verify.ts';
import { type Check, sqlCheck } from './check.ts';

const problems: Readonly<Record<Difference['what'], (columns: readonly string[]) => string>> = {
  MISSING: () => 'The history has it, and the table does not.',
  UNTOLD: () => 'The table has it, and the history does not.',
  CHANGED: (columns) => `These columns are not what the history says: ${columns.join(', ')}.`,
};

/** Whether all revisions together, from the first one on, make the tables what they are. */
export const history: Check = {
  ...sqlCheck((count) => `${count} revisions make the tables what they are.`, ['SELECT count(*) FROM history.revision'], []),
  find: async (tx) => (await replay(tx)).map(({ model, rowId, what, columns }) => ({ model, id: rowId, problem: problems[what](columns) })),
};
