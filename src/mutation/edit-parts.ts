import { delegate } from '../record/delegate.ts';
import { BrokenRule, type RecordKey } from '../record/rule.ts';
import type { Transaction } from '../record/values.ts';
import { idField, removedIdField } from './edit.ts';
import { givenId, type InputFields, requiring, type Write } from './input.ts';
import { defineMutation, type Target } from './mutation.ts';
import { isVisible } from './open.ts';

interface PartEditing<Input> {
  model: string;
  one: string;
  fields: InputFields;
  required: readonly string[];
  /** The models that can own one, by the column that says so. */
  owners: Readonly<Record<string, string>>;
  /** @throws {BrokenRule} */
  add(tx: Transaction, owner: Record<string, string>, input: Input): Promise<string>;
  /** @throws {BrokenRule} */
  update(tx: Transaction, id: string, changes: Input): Promise<void>;
}

/** `addX`, `updateX` and `removeX` of what is a part of a record, and changes with it. */
export function definePartMutations<Input>({ model, one, fields, required, owners, add, update }: PartEditing<Input>): void {
  const columnOf = new Map(Object.entries(owners).map(([column, of]) => [of, column]));
  defineMutation({
    name: `add${model}`,
    description: `Adds ${one} to a record.`,
    permission: 'CONTRIBUTE',
    creates: true,
    input: {
      record: { type: 'ID', required: true, description: `The id of the record: of a ${[...columnOf.keys()].join(', ')}.` },
      ...requiring(fields, ...required),
    },
    target: ({ record }) => ownerGiven([...columnOf.keys()], record),
    run: async ({ tx }, { record: _, ...input }, target) => {
      await add(tx, { [columnOf.get(target.model) ?? '']: target.id }, input as Input);
      return { record: target };
    },
  });
  const ownerOf = async (given: unknown, write: Write): Promise<RecordKey> => {
    const part = givenId(model, given, ['id']);
    const row = await delegate(write.tx, model).findUnique({ where: { id: part } });
    const [column = ''] = Object.keys(owners).filter((name) => row?.[name] != null);
    const owner = { model: owners[column] ?? '', id: String(row?.[column]) };
    // The same answer for what isn't there and what belongs to a record that may not be seen.
    if (!row || !(await isVisible(write, owner))) throw new BrokenRule('NOT_FOUND', `There is no such ${model}.`, ['id']);
    return owner;
  };
  defineMutation({
    name: `update${model}`,
    description: `Changes ${one} of a record. What isn’t given stays as it is; null clears a value.`,
    permission: 'CONTRIBUTE',
    input: { id: idField(one), ...fields },
    target: ({ id }, write) => ownerOf(id, write),
    run: async ({ tx }, { id, ...changes }, target) => {
      await update(tx, givenId(model, id, ['id']), changes as Input);
      return { record: target };
    },
  });
  defineMutation({
    name: `remove${model}`,
    description: `Removes ${one} of a record. The history keeps it, and \`revert\` brings it back.`,
    permission: 'CONTRIBUTE',
    input: { id: idField(one) },
    target: ({ id }, write) => ownerOf(id, write),
    payload: removedIdField,
    run: async ({ tx }, { id }, target) => {
      await delegate(tx, model).delete({ where: { id: givenId(model, id, ['id']) }, select: { id: true } });
      return { record: target, more: id };
    },
  });
}

function ownerGiven(models: readonly string[], id: unknown): Target {
  for (const model of models) {
    try {
      return { model, id: givenId(model, id, ['record']), path: ['record'] };
    } catch {
      // It may be of another of the models.
    }
  }
  throw new BrokenRule('NOT_FOUND', `“${String(id).slice(0, 80)}” is not the id of a record of a fitting kind: ${models.join(', ')}.`, [
    'record',
  ]);
}
