import { encodeGlobalID } from '@pothos/plugin-relay';
import { type Viewer, visible } from '../auth/viewer.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import { descriptionOf } from '../graph/model.ts';
import { type Reference, referenceTo, uuidOf, whereOf } from '../graph/reference.ts';
import { delegate } from '../record/delegate.ts';
import { BrokenRule, type Path } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';

// The inputs of mutations: what stands in the schema, and how it becomes what the write functions take.

/** A transaction, and in whose name it writes. */
export interface Write {
  tx: Transaction;
  viewer: Viewer;
}

/** One field of an input. */
export interface InputField {
  /** Its GraphQL type, as Pothos takes it; in an array for a list. */
  type: unknown;
  description: string;
  required?: boolean;
  /** Its name in the write function's input, when it is another. */
  as?: string;
  /** Makes the value that the write function takes; null stays null. */
  read?(value: unknown, write: Write, path: Path): unknown;
}

export type InputFields = Readonly<Record<string, InputField>>;

/** A value as it came in, without what GraphQL made of it: plain JSON, which can be kept and read again. */
export type Plain = Record<string, unknown>;

/** A column of a model, under the description that it has in the data model. */
export function column(model: string, name: string, type: unknown = 'String', options: Partial<InputField> = {}): InputField {
  return { type, description: descriptionOf(model, name), ...options };
}

/** The same fields with these required. */
export function requiring(fields: InputFields, ...names: string[]): InputFields {
  return { ...fields, ...Object.fromEntries(names.map((name) => [name, { ...(fields[name] as InputField), required: true }])) };
}

/** A record of a model, by a reference to it; the write function takes its UUID. */
export function reference(model: string, description: string, as: string): InputField {
  return { type: referenceTo(model), description, as, read: (value, write, path) => find(write, model, value as Reference, path) };
}

/**
 * An input type with these fields.
 * @param isOneOf whether exactly one of them is given.
 */
export function inputType(name: string, description: string, fields: InputFields, isOneOf = false) {
  return builder.inputType(name, {
    description,
    isOneOf,
    fields: (t: PothosSchemaTypes.InputFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, 'InputObject'>) =>
      Object.fromEntries(
        Object.entries(fields).map(([field, { type, description: what, required = false }]) => [
          field,
          t.field({ type: type as never, description: what, required: required as never }),
        ]),
      ),
  } as never);
}

/** A field with an input of its own, or a list of such. */
export function nested(type: unknown, fields: InputFields, description: string, options: Partial<InputField> = {}): InputField {
  const isList = Array.isArray(type);
  return {
    type,
    description,
    read: async (value, write, path) => {
      if (!isList) return readInput(fields, value as Plain, write, path);
      const read: Plain[] = [];
      for (const [i, each] of (value as Plain[]).entries()) read.push(await readInput(fields, each, write, [...path, i]));
      return read;
    },
    ...options,
  };
}

/** Makes of an input what the write functions take: absent stays absent, null stays null. */
export async function readInput(fields: InputFields, input: Plain, write: Write, path: Path = []): Promise<Plain> {
  const result: Plain = {};
  for (const [name, { as = name, read }] of Object.entries(fields)) {
    const value = input[name];
    if (value === undefined) continue;
    result[as] = value === null || !read ? value : await read(value, write, [...path, name]);
  }
  return result;
}

/**
 * The UUID of the record that is meant; that of the one into which it was merged.
 * @throws {BrokenRule} NOT_FOUND, also when the viewer may not see it.
 */
export async function find({ tx, viewer }: Write, model: string, given: Reference, path: Path): Promise<string> {
  const hasMerged = mergeable.has(model);
  const [row] = await delegate(tx, model).findMany({
    where: { AND: [whereGiven(model, given, path), hasMerged ? { OR: [visible(viewer), { status: 'MERGED' }] } : visible(viewer)] },
    select: { id: true },
    take: 1,
  });
  if (!row) throw new BrokenRule('NOT_FOUND', `There is no such ${model}.`, path);
  const survivor = hasMerged ? await survivorOf(tx, model, row.id as string) : null;
  return survivor ? find({ tx, viewer }, model, { id: encodeGlobalID(model, survivor) }, path) : (row.id as string);
}

/** Keeps a record from being merged until the transaction ends, so that nothing comes to refer to what was merged. */
async function survivorOf(tx: Transaction, model: string, id: string): Promise<string | null> {
  const [row] = await tx.$queryRawUnsafe<{ mergedIntoId: string | null }[]>(
    `SELECT "mergedIntoId"::text FROM "${model}" WHERE id = $1::uuid FOR KEY SHARE`,
    id,
  );
  return row?.mergedIntoId ?? null;
}

/** The models whose records can be merged. */
export const mergeable: ReadonlySet<string> = new Set(['Person', 'Organization', 'Place', 'Event', 'Document']);

function whereGiven(model: string, given: Reference, path: Path) {
  try {
    return whereOf(model, given);
  } catch (error) {
    throw new BrokenRule('NOT_FOUND', (error as Error).message, path);
  }
}

/**
 * The UUID in an id that an input gives.
 * @throws {BrokenRule} NOT_FOUND when it is none of this model.
 */
export function givenId(model: string, id: unknown, path: Path): string {
  try {
    return uuidOf(model, String(id));
  } catch (error) {
    throw new BrokenRule('NOT_FOUND', (error as Error).message, path);
  }
}
