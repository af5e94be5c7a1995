import { builder } from '../builder.ts';
import type { Selection } from '../compiler/answer/index.ts';
import type { Context } from '../context.ts';
import { userError } from '../errors.ts';
import { rootConnection } from './connection.ts';
import { type AnyField, type ListArgs, listArgs } from './fields.ts';
import { survivorsOf } from './merged.ts';
import { recordModels } from './model.ts';
import { delegateOf, type Noun, refOf } from './noun.ts';
import type { Query } from './page.ts';
import { asOfArgument } from './past.ts';
import { defineReference, type Reference, type Ways, whereOf } from './reference.ts';
import { readRoot, readRootAsOf } from './selection.ts';

interface EntryPoints {
  singular: string;
  plural: string;
  by: Ways;
  /** The record in a sentence, such as "a person". */
  one: string;
  many: string;
}

/** The two entry points of a noun: one record by a reference to it, and all of them in pages. */
export function defineQueries(noun: Noun, { singular, plural, by, one, many }: EntryPoints) {
  const { model } = noun;
  const ref = defineReference(model, by, one);
  builder.queryFields((t) => {
    const record = t.field({
      type: refOf(model),
      nullable: true,
      description: `Finds ${one}. What isn’t there, or may not be seen, is null with the error NOT_FOUND; what was taken back is null with the error RETRACTED, which says why.`,
      args: { by: t.arg({ type: ref, required: true, description: 'The reference.' }), asOf: t.arg(asOfArgument) },
      ...readRootAsOf<{ by: Reference; asOf?: Date | null }>(({ by: reference }, context, selection) =>
        findOne(noun, reference, context, selection),
      ),
    } as never);
    return { [singular]: record };
  });
  defineList(noun, plural, `Lists ${many}, in pages.`);
}

/** An entry point that lists the records of a noun. */
export function defineList(noun: Noun, name: string, description: string) {
  const { model } = noun;
  builder.queryField(
    name,
    (t) =>
      t.field({
        type: noun.connection,
        description,
        args: listArgs(t, model),
        ...readRoot<ListArgs>((args, context, selection) =>
          rootConnection(
            {
              model,
              delegate: delegateOf(model, context),
              where: () => ({ AND: [noun.visible(context), noun.filter.where(args.where, context)] }),
              orderBy: () => noun.order.keys(args.orderBy),
            },
            args,
            context,
            selection,
          ),
        ),
      } as never) as AnyField,
  );
}

async function findOne(noun: Noun, reference: Reference, context: Context, selection: Selection) {
  const where = whereOf(noun.model, reference);
  const query = selection.query(noun.model);
  const [row] = await delegateOf(noun.model, context).findMany({ ...query, where: { AND: [noun.visible(context), where] }, take: 1 });
  if (row) return row;
  const [survivor] = (await survivorsOf(noun.model, where, context)).values();
  if (!survivor) throw await missing(noun, where, context);
  const [merged] = await delegateOf(noun.model, context).findMany({
    ...query,
    where: { AND: [noun.visible(context), { id: survivor }] },
    take: 1,
  });
  if (merged) return merged;
  throw await missing(noun, { id: survivor }, context);
}

/** Why a record can't be had: the same answer for what isn't there and what may not be seen. */
export async function missing({ model }: Noun, where: Query, context: Context): Promise<Error> {
  const [retracted] = await findRetracted(model, where, context);
  return retracted ? retraction(model, retracted) : userError('NOT_FOUND', `There is no such ${model}.`);
}

/** Why each of several records can't be had, by their ids, with one statement. */
export async function allMissing({ model }: Noun, ids: readonly string[], context: Context): Promise<Map<string, Error>> {
  const retracted = new Map((await findRetracted(model, { id: { in: ids } }, context)).map((row) => [row.id, row]));
  return new Map(
    ids.map((id) => {
      const row = retracted.get(id);
      return [id, row ? retraction(model, row) : userError('NOT_FOUND', `There is no such ${model}.`)];
    }),
  );
}

interface Retracted {
  id: string;
  retractionReason: string;
}

/** A draft that was taken back was never there for readers. */
const wasSeen: Query[] = [{ revisions: { some: { status: 'PUBLISHED' } } }, { revisions: { none: { status: 'DRAFT' } } }];

async function findRetracted(model: string, where: Query, context: Context): Promise<Retracted[]> {
  // A proposal is no record, and is never retracted.
  if (!recordModels.includes(model)) return [];
  const rows = await delegateOf(model, context).findMany({
    where: { AND: [{ status: 'RETRACTED' }, { OR: wasSeen }, where] },
    select: { id: true, retractionReason: true },
  });
  // A check in the database keeps the reason there.
  return rows as Retracted[];
}

function retraction(model: string, { retractionReason: reason }: Retracted): Error {
  return userError('RETRACTED', `This ${model} was retracted: ${reason}`, { extensions: { reason } });
}
