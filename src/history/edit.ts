import { moveSpans } from '../documents/write-spans.ts';
import { anyRecord, anyRecordId } from '../mutation/any-record.ts';
import { defineMutation } from '../mutation/mutation.ts';
import { keepPublished } from '../record/publish.ts';
import { revertRecord } from './write.ts';

defineMutation({
  name: 'revert',
  description:
    'Brings a record and its parts back to what they were at one of its revisions, as a new change. Its status stays as it is: that is for `publish` and `retract`.',
  permission: 'CONTRIBUTE',
  input: {
    id: anyRecordId,
    revision: { type: 'Int', required: true, description: 'The number of the revision, as `revisions` tells it.' },
  },
  target: ({ id }) => anyRecord(id, ['id']),
  run: async ({ tx }, { revision }, { model, id }) => {
    await revertRecord(tx, model, id, Number(revision), moveSpans);
    await keepPublished(tx, model, id);
    return { record: { model, id } };
  },
});
