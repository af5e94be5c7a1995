import { encodeGlobalID } from '@pothos/plugin-relay';
import { permit } from '../auth/permit.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import { delegate } from '../record/delegate.ts';
import { publish } from '../record/publish.ts';
import type { Transaction } from '../record/values.ts';
import { givenId, type InputField, type InputFields, requiring, type Write } from './input.ts';
import { defineMutation } from './mutation.ts';
import type { Outcome } from './outcome.ts';

// The mutations that make and change records, as far as they are alike for all of them.

interface Editing<Input> {
  model: string;
  /** Such as "a person". */
  one: string;
  /** What can be given and changed. */
  fields: InputFields;
  /** Those of the fields that a new record must have. */
  required: readonly string[];
  /** What is given once: it stays, or has mutations of its own afterwards. */
  first?: InputFields;
  /** Fields that a new record has instead of those under the same names. */
  instead?: InputFields;
  /** @throws {BrokenRule} */
  create(tx: Transaction, input: Input, write: Write): Promise<string>;
  /** @throws {BrokenRule} */
  update(tx: Transaction, id: string, changes: Input): Promise<void>;
}

const publishNow: InputField = {
  type: 'Boolean',
  description: 'Publish it at once, with all that it needs; only editors may. Otherwise it is a draft.',
};

export const idField = (one: string): InputField => ({ type: 'ID', required: true, description: `The id of ${one}.` });

/** `createX` and `updateX`. */
export function defineNounMutations<Input>(editing: Editing<Input>): void {
  defineCreate(`create${editing.model}`, 'Makes', editing);
  defineUpdate(editing);
}

/**
 * `addX`, `updateX` and `removeX`.
 * @param owner the record that a removed link hung on, by the column of the link and its model.
 */
export function defineLinkMutations<Input>(editing: Editing<Input>, owner: Readonly<Record<string, string>>): void {
  defineCreate(`add${editing.model}`, 'Adds', editing);
  defineUpdate(editing);
  const { model, one } = editing;
  defineMutation({
    name: `remove${model}`,
    description: `Removes ${one}. The history keeps it, and \`revert\` brings it back. To say publicly that it was wrong, retract it instead.`,
    permission: 'CONTRIBUTE',
    input: { id: idField(one) },
    target: ({ id }) => ({ model, id: givenId(model, id, ['id']) }),
    payload: removedIdField,
    run: async ({ tx }, _input, { id }) => {
      const select = Object.fromEntries(Object.keys(owner).map((column) => [column, true]));
      const row = (await delegate(tx, model).findUnique({ where: { id }, select })) ?? {};
      await delegate(tx, model).delete({ where: { id }, select: { id: true } });
      const [column] = Object.keys(owner).filter((name) => row[name] != null);
      const record = column ? { model: owner[column] as string, id: String(row[column]) } : null;
      return { record, more: encodeGlobalID(model, id) };
    },
  });
}

/** The id of what was removed, from an outcome's `more`. */
export function removedIdField(t: Pick<AnyFields, 'field'>) {
  return {
    removedId: t.field({
      type: 'ID',
      nullable: true,
      description: 'The id of what was removed; null when nothing was. `record` is what it belonged to.',
      resolve: ({ more }: Outcome) => more,
    } as never) as AnyField,
  };
}

function defineCreate<Input>(name: string, verb: string, { model, one, fields, required, first, instead, create }: Editing<Input>): void {
  defineMutation({
    name,
    description: `${verb} ${one}.`,
    permission: 'CONTRIBUTE',
    model,
    creates: true,
    input: { ...first, ...requiring({ ...fields, ...instead }, ...required), publish: publishNow },
    run: async (write, { publish: now, ...input }) => {
      if (now) permit(write.viewer, 'EDIT');
      // The schema has checked the input, and the fields say what the write function takes.
      const record = { model, id: await create(write.tx, input as Input, write) };
      if (now) await publish(write.tx, record, { withNeeded: true, withLinks: true });
      return { record };
    },
  });
}

function defineUpdate<Input>({ model, one, fields, update }: Editing<Input>): void {
  defineMutation({
    name: `update${model}`,
    description: `Changes ${one}. What isn’t given stays as it is; null clears a value.`,
    permission: 'CONTRIBUTE',
    model,
    input: { id: idField(one), ...fields },
    target: ({ id }) => ({ model, id: givenId(model, id, ['id']) }),
    run: async ({ tx }, { id: _, ...changes }, { id }) => {
      // The schema has checked the input, and the fields say what the write function takes.
      await update(tx, id, changes as Input);
      return { record: { model, id } };
    },
  });
}
