import type { Selection } from '../compiler/answer/index.ts';
import type { Context } from '../context.ts';
import { branded } from './ends.ts';
import { delegateOf, nounOf } from './noun.ts';

/**
 * Finds the records of a model that the viewer may see, by their UUIDs, with all that is asked below the field:
 * one statement.
 */
export async function findVisible(
  model: string,
  uuids: readonly string[],
  context: Context,
  selection: Selection,
): Promise<Map<string, object>> {
  const rows = await delegateOf(model, context).findMany({
    ...selection.query(model, undefined, { id: true }),
    where: { AND: [nounOf(model).visible(context), { id: { in: uuids } }] },
  });
  return new Map((rows as { id: string }[]).map((row) => [row.id, branded(row, model)]));
}
