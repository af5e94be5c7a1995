import { queryFromInfo } from '@pothos/plugin-prisma';
import { builder, decodeGlobalId } from '../builder.ts';
import type { Context } from '../context.ts';
import { userError } from '../errors.ts';
import { rootConnection } from './connection.ts';
import { type ListArgs, listArgs } from './fields.ts';
import { delegateOf, type Info, type Noun, refOf } from './noun.ts';
import type { Query } from './page.ts';

const IdentifierRef = builder.inputType('IdentifierRef', {
  description: 'An identifier, which one record holds at most.',
  fields: (t) => ({
    scheme: t.string({ required: true, description: 'The scheme, in lower case, such as `wikidata`.' }),
    value: t.string({ required: true, description: 'The value within the scheme, such as `Q796`.' }),
  }),
});

interface Reference {
  id?: string | null;
  identifier?: { scheme: string; value: string } | null;
  url?: string | null;
}

interface EntryPoints {
  singular: string;
  plural: string;
  /** What else but its id may name a record. */
  by: { identifier?: boolean; url?: boolean };
  /** The record in a sentence, such as "a person". */
  one: string;
  many: string;
}

/** The two entry points of a noun: one record by a reference to it, and all of them in pages. */
export function defineQueries(noun: Noun, { singular, plural, by, one, many }: EntryPoints) {
  const { model } = noun;
  const ref = builder.inputType(`${model}Ref`, {
    isOneOf: true,
    description: `Names ${one}, in one of these ways.`,
    fields: (t) => ({
      id: t.id({ description: 'By its id.' }),
      ...(by.identifier ? { identifier: t.field({ type: IdentifierRef, description: 'By an identifier that it holds.' }) } : {}),
      ...(by.url ? { url: t.string({ description: 'By where it stands on the web, to the letter.' }) } : {}),
    }),
  });
  builder.queryFields((t) => {
    const record = t.field({
      type: refOf(model),
      nullable: true,
      description: `Finds ${one}. What isn’t there, or may not be seen, is null with the error NOT_FOUND; what was taken back is null with the error RETRACTED, which says why.`,
      args: { by: t.arg({ type: ref, required: true, description: 'The reference.' }) },
      resolve: (_root: object, args: { by: Reference }, context: Context, info: Info) => findOne(noun, args.by, context, info),
    } as never);
    const records = t.field({
      type: noun.connection,
      description: `Lists ${many}, in pages.`,
      args: listArgs(t, model),
      resolve: (_root: object, args: ListArgs, context: Context, info: Info) =>
        rootConnection(
          {
            model,
            delegate: delegateOf(model, context),
            where: () => ({ AND: [noun.visible(context), noun.filter.where(args.where, context)] }),
            orderBy: () => noun.order.keys(args.orderBy),
          },
          args,
          context,
          info,
        ),
    } as never);
    return { [singular]: record, [plural]: records };
  });
}

async function findOne(noun: Noun, reference: Reference, context: Context, info: Info) {
  const where = whereOf(noun.model, reference);
  const query = queryFromInfo({ context, info, typeName: noun.model });
  const [row] = await delegateOf(noun.model, context).findMany({ ...query, where: { AND: [noun.visible(context), where] }, take: 1 });
  if (row) return row;
  throw await missing(noun, where, context);
}

function whereOf(model: string, { id, identifier, url }: Reference): Query {
  if (url != null) return { url };
  if (identifier) return { identifiers: { some: identifier } };
  const decoded = decodeGlobalId(id ?? '');
  if (decoded.typename !== model) {
    throw userError('INVALID_ID', `"${id}" is the id of a ${decoded.typename}, where that of a ${model} is needed.`);
  }
  return { id: decoded.id };
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

async function findRetracted(model: string, where: Query, context: Context): Promise<Retracted[]> {
  const rows = await delegateOf(model, context).findMany({
    where: { AND: [{ status: 'RETRACTED' }, where] },
    select: { id: true, retractionReason: true },
  });
  // A check in the database keeps the reason there.
  return rows as Retracted[];
}

function retraction(model: string, { retractionReason: reason }: Retracted): Error {
  return userError('RETRACTED', `This ${model} was retracted: ${reason}`, { extensions: { reason } });
}
