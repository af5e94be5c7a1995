import { builder, decodeGlobalId } from '../builder.ts';
import type { Selection } from '../compiler/answer/index.ts';
import type { Context } from '../context.ts';
import { userError } from '../errors.ts';
import { findVisible } from './find.ts';
import { survivorsOf } from './merged.ts';
import { recordModels } from './model.ts';
import { nounOf } from './noun.ts';
import { maxPageSize } from './page.ts';
import { asOfArgument } from './past.ts';
import { allMissing } from './queries.ts';
import { readRoot, readRootAsOf } from './selection.ts';

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'Finds any record by its id. What can’t be had is null with an error, as for the other entry points.',
    // Nothing else: Relay's compiler takes a `node` of one argument alone for what fetches a fragment again.
    args: { id: t.arg.id({ required: true, description: 'The id.' }) },
    ...readRoot<{ id: string }>(async ({ id }, context, selection) => {
      const [record] = await findNodes([String(id)], context, selection);
      if (record instanceof Error) throw record;
      return record;
    }),
  } as never),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: `Finds up to ${maxPageSize} records by their ids, in that order. What can’t be had is null with an error.`,
    args: { ids: t.arg.idList({ required: true, description: 'The ids.' }), asOf: t.arg(asOfArgument) },
    ...readRootAsOf<{ ids: string[]; asOf?: Date | null }>(async ({ ids }, context, selection) => {
      if (ids.length > maxPageSize) {
        throw userError('INVALID_PAGE', `\`ids\` has ${ids.length} ids; up to ${maxPageSize} can be asked for at once.`);
      }
      return findNodes(ids.map(String), context, selection);
    }),
  } as never),
}));

/** Finds records with one statement for each kind; an error stands where a record can't be had. */
export async function findNodes(ids: readonly string[], context: Context, selection: Selection): Promise<(object | Error)[]> {
  const wanted = ids.map((id) => {
    try {
      const decoded = decodeGlobalId(id);
      return nodeModels.has(decoded.typename) ? decoded : userError('INVALID_ID', `"${id}" is not the id of a record.`);
    } catch (error) {
      return error as Error;
    }
  });
  const idsByModel = new Map<string, string[]>();
  for (const each of wanted) {
    if (each instanceof Error) continue;
    const sameModel = idsByModel.get(each.typename);
    if (sameModel) sameModel.push(each.id);
    else idsByModel.set(each.typename, [each.id]);
  }
  const found = new Map<string, object>();
  /** Where the ids of merged records lead. */
  const leads = new Map<string, string>();
  for (const [model, uuids] of idsByModel) {
    for (const [id, row] of await findVisible(model, uuids, context, selection)) found.set(id, row);
    const absent = uuids.filter((id) => !found.has(id));
    const survivors = absent.length > 0 ? await survivorsOf(model, { id: { in: absent } }, context) : new Map<string, string>();
    if (survivors.size === 0) continue;
    const others = await findVisible(model, [...survivors.values()], context, selection);
    for (const [id, survivor] of survivors) {
      const row = others.get(survivor);
      if (row) found.set(id, row);
      leads.set(id, survivor);
    }
  }
  const errors = new Map<string, Error>();
  for (const [model, uuids] of idsByModel) {
    const absent = uuids.filter((id) => !found.has(id));
    if (absent.length === 0) continue;
    const meant = absent.map((id) => leads.get(id) ?? id);
    const reasons = await allMissing(nounOf(model), meant, context);
    absent.forEach((id, i) => {
      const reason = reasons.get(meant[i] ?? id);
      if (reason) errors.set(id, reason);
    });
  }
  return wanted.map((each) => (each instanceof Error ? each : (found.get(each.id) ?? errors.get(each.id) ?? each)));
}

/** The models whose ids `node` finds: all records, and what is proposed of them. */
const nodeModels = new Set([...recordModels, 'Proposal']);
