import type { Context } from '../context.ts';
import { mergeable } from '../mutation/input.ts';
import { delegateOf } from './noun.ts';
import type { Query } from './page.ts';

/**
 * Where records lead to that were merged into others: the ids of those that they are part of in the end, by
 * their own. One statement for those that meet the condition, and one for each further merge of a survivor.
 */
export async function survivorsOf(model: string, where: Query, context: Context): Promise<Map<string, string>> {
  if (!mergeable.has(model)) return new Map();
  const survivors = await mergedOf(model, where, context);
  for (let further = survivors; further.size > 0; ) {
    further = await mergedOf(model, { id: { in: [...new Set(further.values())] } }, context);
    for (const [id, survivor] of survivors) survivors.set(id, further.get(survivor) ?? survivor);
  }
  return survivors;
}

async function mergedOf(model: string, where: Query, context: Context): Promise<Map<string, string>> {
  const rows = await delegateOf(model, context).findMany({
    where: { AND: [{ status: 'MERGED' }, where] },
    select: { id: true, mergedIntoId: true },
  });
  // A check in the database keeps the survivor there.
  return new Map((rows as { id: string; mergedIntoId: string }[]).map(({ id, mergedIntoId }) => [id, mergedIntoId]));
}
