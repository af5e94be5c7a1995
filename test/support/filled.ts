import { seed } from './chance.ts';
import { openCopy, type TestDatabase } from './database.ts';
import { type Filled, fillRandomly } from './random.ts';

/**
 * A database of one's own with random records of every kind, of which there are at least as many as `size`
 * says; see `fillRandomly`. It is filled once in a run.
 */
export async function openFilledDatabase(size: 8 | 12 | 24): Promise<TestDatabase & { filled: Filled }> {
  const { notes, ...database } = await openCopy(`filled_${size}`, (empty) => fillRandomly(empty, seed, size));
  return { ...database, filled: notes };
}
