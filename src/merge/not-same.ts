import { encodeGlobalID } from '@pothos/plugin-relay';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import type { InputFields, Plain, Write } from '../mutation/input.ts';
import { defineMutation } from '../mutation/mutation.ts';
import { open } from '../mutation/open.ts';
import type { Outcome } from '../mutation/outcome.ts';
import { BrokenRule } from '../record/rule.ts';
import { mergeableRecord } from './merge.ts';

// An editor looked at two records and found that they are not the same: that is remembered.

const two: InputFields = {
  one: { type: 'ID', required: true, description: 'The id of one of the records.' },
  other: { type: 'ID', required: true, description: 'The id of the other.' },
};

interface TwoIds {
  model: string;
  one: string;
  other: string;
}

/** The fields of the payload that name the two again. */
function idFields(t: Pick<AnyFields, 'field'>) {
  const idField = (name: 'one' | 'other', description: string) =>
    t.field({
      type: 'ID',
      nullable: true,
      description,
      resolve: ({ more }: Outcome) => {
        const ids = more as TwoIds | undefined;
        return ids ? encodeGlobalID(ids.model, ids[name]) : null;
      },
    } as never) as AnyField;
  return {
    one: idField('one', 'The id of the one; null when nothing was done.'),
    other: idField('other', 'The id of the other; null when nothing was done.'),
  };
}

/**
 * The two records that an input names, those into which they were merged.
 * @throws {BrokenRule} NOT_FOUND, NOT_MERGEABLE.
 */
async function readTwo(write: Write, input: Plain): Promise<TwoIds> {
  const [one, other] = [mergeableRecord(input.one, ['one']), mergeableRecord(input.other, ['other'])];
  if (one.model !== other.model)
    throw new BrokenRule('NOT_MERGEABLE', `One is a ${one.model} and the other is a ${other.model}.`, ['other']);
  const ids = { model: one.model, one: (await open(write, one, ['one'])).id, other: (await open(write, other, ['other'])).id };
  if (ids.one === ids.other) throw new BrokenRule('NOT_MERGEABLE', 'Both are the same record.', ['other']);
  return ids;
}

/** As the table has it: the smaller id first. */
function keyOf({ one, other }: TwoIds): { one: string; other: string } {
  return one < other ? { one, other } : { one: other, other: one };
}

defineMutation({
  name: 'markNotSame',
  description: 'Remembers that two records are not the same: `duplicateCandidates` proposes them no more, and they can’t be merged.',
  permission: 'EDIT',
  input: two,
  payload: idFields,
  run: async (write, input) => {
    const ids = await readTwo(write, input);
    const key = keyOf(ids);
    await write.tx.notSame.upsert({
      select: { one: true },
      where: { one_other: key },
      create: { ...key, by: write.viewer.id },
      update: {},
    });
    return { record: null, more: ids };
  },
});

defineMutation({
  name: 'unmarkNotSame',
  description: 'Takes back that two records are not the same.',
  permission: 'EDIT',
  input: two,
  payload: idFields,
  run: async (write, input) => {
    const ids = await readTwo(write, input);
    await write.tx.notSame.deleteMany({ where: keyOf(ids) });
    return { record: null, more: ids };
  },
});
