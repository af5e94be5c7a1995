import type { FieldMap } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import { permit } from '../auth/permit.ts';
import type { Permission } from '../auth/roles.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { Context } from '../context.ts';
import { branded } from '../graph/ends.ts';
import { delegateOf, type Info, nounOf, refOf } from '../graph/noun.ts';
import { RecordInterface } from '../graph/record.ts';
import { brokenBy } from '../record/refused.ts';
import { BrokenRule, type Path, type RecordKey } from '../record/rule.ts';
import { inTransaction } from '../record/transaction.ts';
import { changesOf, Proposed, propose } from '../review/propose.ts';
import { once } from './idempotency.ts';
import { type InputField, type InputFields, inputType, type Plain, readInput, type Write } from './input.ts';
import { type Opened, open } from './open.ts';
import type { Outcome } from './outcome.ts';
import { mistake, UserError } from './user-error.ts';

type Types = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** The record that a mutation changes, and where the input names it, if not in `id`. */
export interface Target extends RecordKey {
  path?: Path;
}

interface Definition {
  /** Such as `createPerson`. */
  name: string;
  description: string;
  permission: Permission;
  /** The model of the payload's record; absent when it can be of any. */
  model?: string;
  input: InputFields;
  /** Whether it makes a record, so that a client may want to be sure that it does so once. */
  creates?: boolean;
  /** The record whose content it changes: contributors propose it when that is published. */
  target?(input: Plain, write: Write): Target | undefined | Promise<Target | undefined>;
  /** Further fields of the payload, answered from `more`. */
  payload?(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>): FieldMap;
  /** @throws {BrokenRule} */
  run(write: Write, input: Plain, target: Opened): Promise<Outcome>;
}

const definitions = new Map<string, Definition>();

const expectedRevision: InputField = {
  type: 'Int',
  description:
    'The `revision` that the change is made for: if the record has moved on it is refused with STALE, and the payload has it as it is now.',
};
const idempotencyKey: InputField = {
  type: 'String',
  description:
    'Any text of your own, up to 200 characters. The same key with the same input gives the same answer for a day, and makes nothing again.',
};

/** A mutation: one input, and a payload with the record and what is wrong. */
export function defineMutation(definition: Definition): void {
  const { name, description, permission, model, creates, target } = definition;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  definitions.set(name, definition);
  const input = inputType(`${type}Input`, `The input of \`${name}\`.`, {
    ...definition.input,
    ...(target ? { expectedRevision } : {}),
    ...(creates ? { idempotencyKey } : {}),
  });
  const payload = builder.objectRef<Outcome>(`${type}Payload`).implement({
    description: `The answer of \`${name}\`.`,
    fields: (t) => ({
      record: t.field({
        type: model ? refOf(model) : RecordInterface,
        nullable: true,
        description: 'The record as it is now; null when there is none, or none that may be seen.',
        resolve: ({ record }: Outcome, _args: object, context: Context, info: Info) => (record ? load(record, context, info) : null),
      } as never),
      errors: t.field({
        type: [UserError],
        description: 'What is wrong with the input; empty when all was done.',
        resolve: ({ errors }) => (errors ?? []).map(mistake),
      }),
      ...(target && permission === 'CONTRIBUTE' ? { proposal: proposalField(t) } : {}),
      ...definition.payload?.(t),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      description,
      args: { input: t.arg({ type: input as never, required: true, description: 'What to do.' }) },
      resolve: (_root: unknown, args: { input: object }, context: Context) => perform(definition, args.input, context),
    } as never),
  );
}

function proposalField(t: PothosSchemaTypes.ObjectFieldBuilder<Types, Outcome>) {
  return t.field({
    type: refOf('Proposal'),
    nullable: true,
    description: 'The proposal that was made instead, when the record is published and you are no editor: an editor decides.',
    resolve: ({ proposal }: Outcome, _args: object, context: Context, info: Info) =>
      proposal ? load({ model: 'Proposal', id: proposal }, context, info) : null,
  } as never);
}

async function perform(definition: Definition, given: object, context: Context): Promise<Outcome> {
  const { viewer } = context;
  permit(viewer, definition.permission);
  const input = plain(given) as Plain;
  const known: { target?: Opened } = {};
  try {
    return await inTransaction(context.prisma, viewer.id, (tx) =>
      once(tx, viewer, definition.name, input, async () => {
        const done = await apply(definition, { tx, viewer }, input, (target) => {
          known.target = target;
        });
        if (!known.target?.isProposed) return done;
        // A look at what the change would be; the transaction is given up.
        const changes = await changesOf(tx);
        if (changes.length > 0) throw new Proposed(known.target, changes);
        return done;
      }),
    ).catch((error) => {
      if (error instanceof Proposed) return propose(context, definition.name, input, error);
      throw error;
    });
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error;
    const [stale] = error.code === 'STALE' ? error.records : [];
    return { record: known.target ?? stale ?? null, errors: [pointing(definition, error)] };
  }
}

async function apply(definition: Definition, write: Write, input: Plain, onOpen: (target: Opened) => void): Promise<Outcome> {
  const key = await definition.target?.(input, write);
  const target = key && (await open(write, key, key.path ?? ['id'], input.expectedRevision as number | null | undefined));
  if (target) onOpen(target);
  // What has no target gets none to use.
  return definition.run(write, await readInput(definition.input, input, write), target as Opened);
}

/**
 * Does again what a mutation did, in a transaction that is there already: what was proposed and is published now.
 * @throws {BrokenRule}
 */
export async function performAgain(name: string, write: Write, { expectedRevision: _, ...input }: Plain): Promise<Outcome> {
  const definition = definitions.get(name);
  if (!definition) throw new BrokenRule('WRONG_STATUS', `There is no mutation ${name} any more.`, ['id']);
  return apply(definition, write, input, () => {});
}

/** A record of a payload, in one statement with all that is asked below it. */
export async function load({ model, id }: RecordKey, context: Context, info: Info) {
  const query = queryFromInfo({ context, info, typeName: model });
  const [row] = await delegateOf(model, context).findMany({
    ...query,
    where: { AND: [nounOf(model).visible(context), { id }] },
    take: 1,
  });
  return row ? branded(row, model) : null;
}

/** A broken rule whose path leads into the input, or is empty: the rule may be about something that the input doesn't name. */
function pointing({ input, target, creates }: Definition, error: BrokenRule): BrokenRule {
  const names = [...Object.keys(input), ...(target ? ['expectedRevision'] : []), ...(creates ? ['idempotencyKey'] : [])];
  const [first] = error.path;
  return first === undefined || names.includes(String(first)) ? error : new BrokenRule(error.code, error.message, [], error.records);
}

/** Scalars as they are written, so that an input can be kept as JSON. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (value === null || typeof value !== 'object') return value;
  // What the EDTF scalar makes of a date.
  if ('edtf' in value && 'earliest' in value) return value.edtf;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** Puts what a write function refuses at its place in a larger input. */
export async function at<T>(path: Path, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const broken = error instanceof BrokenRule ? error : brokenBy(error);
    throw broken ? new BrokenRule(broken.code, broken.message, [...path, ...broken.path], broken.records) : error;
  }
}
