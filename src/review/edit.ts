import type { Context } from '../context.ts';
import type { AnyField, AnyFields } from '../graph/fields.ts';
import type { Info } from '../graph/noun.ts';
import { RecordInterface } from '../graph/record.ts';
import { anyRecord, anyRecordId } from '../mutation/any-record.ts';
import type { InputField } from '../mutation/input.ts';
import { defineMutation, load } from '../mutation/mutation.ts';
import type { Outcome } from '../mutation/outcome.ts';
import { publish, retract } from '../record/publish.ts';
import type { RecordKey } from '../record/rule.ts';
import { worded } from '../record/values.ts';
import { declineProposal, publishProposal, sendBack } from './decide.ts';

// What is done to a record of any kind, and to a proposal: it is published, retracted or sent back.

const anyId: InputField = { ...anyRecordId, description: 'The id of the record, of whatever kind, or of a proposal.' };

/** The record that is meant; a proposal is none. */
const targetOf = ({ id }: Record<string, unknown>) => {
  const key = anyRecord(id, ['id'], ['Proposal']);
  return key.model === 'Proposal' ? undefined : key;
};

const proposalOf = (id: unknown): string => anyRecord(id, ['id'], ['Proposal']).id;

function recordsField(t: Pick<AnyFields, 'field'>, description: string, keysOf: (outcome: Outcome) => readonly RecordKey[]) {
  return t.field({
    type: [RecordInterface],
    description,
    resolve: async (outcome: Outcome, _args: object, context: Context, info: Info) => {
      const records = await Promise.all(keysOf(outcome).map((key) => load(key, context, info)));
      return records.filter((record) => record !== null);
    },
  } as never) as AnyField;
}

defineMutation({
  name: 'publish',
  description:
    'Shows a draft, or a record that was retracted, to readers; or makes a change that was proposed. All of it in one transaction.',
  permission: 'EDIT',
  input: {
    id: anyId,
    withNeeded: { type: 'Boolean', description: 'Publish the drafts that it depends on as well, such as a statement’s speaker.' },
    withLinks: {
      type: 'Boolean',
      description:
        'Publish the draft links that hang on it as well, such as a statement’s appearances, as far as what they need is published too.',
    },
    overwrite: {
      type: 'Boolean',
      description: 'Make a proposed change also where the record has other values now than when it was proposed.',
    },
  },
  target: targetOf,
  payload: (t) => ({
    published: recordsField(t, 'All that was published now, the record first.', ({ more }) => (more ?? []) as RecordKey[]),
    needs: recordsField(
      t,
      'The drafts that stand in the way, when it was refused with NOT_PUBLISHED: `withNeeded` would publish them too.',
      ({ errors }) => errors?.flatMap(({ code, records }) => (code === 'NOT_PUBLISHED' ? records : [])) ?? [],
    ),
  }),
  run: async (write, { id, withNeeded, withLinks, overwrite }, target) => {
    if (!target) return publishProposal(write, proposalOf(id), overwrite === true);
    const options = { withNeeded: withNeeded === true, withLinks: withLinks === true };
    return { record: target, more: await publish(write.tx, target, options) };
  },
});

defineMutation({
  name: 'retract',
  description: 'Takes a record back: it keeps its id and tells readers why, and they no longer see its content. Also declines a proposal.',
  permission: 'CONTRIBUTE',
  input: { id: anyId, reason: { type: 'String', required: true, description: 'Why, for everyone who asks for it.' } },
  target: targetOf,
  run: async (write, { id, reason }, target) => {
    if (!target) return declineProposal(write, proposalOf(id), worded(String(reason), 'reason'));
    await retract(write.tx, target, String(reason));
    return { record: target };
  },
});

defineMutation({
  name: 'sendBack',
  description: 'Sends a draft or a proposal back to whoever made it, with a note that they find in `reviewQueue`.',
  permission: 'EDIT',
  input: { id: anyId, note: { type: 'String', required: true, description: 'What has to be done.' } },
  target: targetOf,
  run: (write, { id, note }, target) => sendBack(write, target ?? { model: 'Proposal', id: proposalOf(id) }, worded(String(note), 'note')),
});
