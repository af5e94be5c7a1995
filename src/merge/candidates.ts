import { permit } from '../auth/permit.ts';
import { builder, decodeGlobalId } from '../builder.ts';
import type { Selection } from '../compiler/answer/index.ts';
import type { Context } from '../context.ts';
import { userError } from '../errors.ts';
import { connectionOf, nodePaths } from '../graph/connection.ts';
import { branded } from '../graph/ends.ts';
import { survivorsOf } from '../graph/merged.ts';
import { delegateOf, nounOf, refOf } from '../graph/noun.ts';
import type { PageArgs } from '../graph/page.ts';
import { missing } from '../graph/queries.ts';
import { readRawPage } from '../graph/raw-page.ts';
import { RecordInterface } from '../graph/record.ts';
import { readRoot } from '../graph/selection.ts';
import { countPairs, findPairs, type MergeableModel, type Pair, type Reason, type ReasonKind } from './find.ts';

const MergeableType = builder.enumType('MergeableType', {
  description: 'A kind of record of which two can be found to be the same.',
  values: {
    PERSON: { value: 'Person', description: 'People.' },
    ORGANIZATION: { value: 'Organization', description: 'Organizations.' },
    PLACE: { value: 'Place', description: 'Places.' },
    EVENT: { value: 'Event', description: 'Events.' },
    DOCUMENT: { value: 'Document', description: 'Documents.' },
  } as const satisfies Record<Uppercase<MergeableModel>, { value: MergeableModel; description: string }>,
});

const DuplicateReasonKind = builder.enumType('DuplicateReasonKind', {
  description: 'Why two records may be the same.',
  values: {
    SAME_IDENTIFIER: {
      description:
        'They have the same identifier but for case; or, of documents, the same text, or the same address but for what makes no difference.',
    },
    SIMILAR_NAME: {
      description:
        'A name of the one is similar to a name of the other, in the letters or, across scripts, in the sound; of events and documents also the dates overlap, and the place or the publisher is no other.',
    },
    SHARED_MEMBERSHIP: {
      description:
        'Both held a similar place in one organization at times that overlap; it counts only beside names that are somewhat similar.',
    },
  } satisfies Record<ReasonKind, object>,
});

interface FoundReason extends Omit<Reason, 'organization'> {
  organization: object | null;
}

const DuplicateReason = builder.objectRef<FoundReason>('DuplicateReason').implement({
  description: 'A reason why two records may be the same, with its evidence.',
  fields: (t) => ({
    kind: t.expose('kind', { type: DuplicateReasonKind, description: 'What kind of reason it is.' }),
    one: t.exposeString('one', { nullable: true, description: 'What the one has: the name, the identifier, the address, the role.' }),
    other: t.exposeString('other', { nullable: true, description: 'What the other has.' }),
    scheme: t.exposeString('scheme', {
      nullable: true,
      description: 'The scheme of an identifier; `url` for an address and `sha256` for a text.',
    }),
    organization: t.field({
      type: refOf('Organization'),
      nullable: true,
      description: 'The organization in which both held a place.',
      resolve: ({ organization }) => organization as never,
    }),
  }),
});

interface Candidate {
  one: object;
  other: object;
  score: number;
  reasons: FoundReason[];
}

const DuplicateCandidate = builder.objectRef<Candidate>('DuplicateCandidate').implement({
  description: 'Two records that may be the same. Nothing is merged unless an editor does it.',
  fields: (t) => ({
    one: t.field({ type: RecordInterface, description: 'The one.', resolve: ({ one }) => one as never }),
    other: t.field({ type: RecordInterface, description: 'The other.', resolve: ({ other }) => other as never }),
    score: t.exposeFloat('score', { description: 'How much speaks for it, from 0 to 1.' }),
    reasons: t.field({
      type: [DuplicateReason],
      description: 'What speaks for it, the strongest first.',
      resolve: ({ reasons }) => reasons,
    }),
  }),
});

const CandidateConnection = connectionOf(DuplicateCandidate, 'DuplicateCandidate', 'records that may be the same');

interface CandidateArgs extends PageArgs {
  type: MergeableModel;
  of?: string | null;
}

builder.queryField('duplicateCandidates', (t) =>
  t.field({
    type: CandidateConnection,
    description:
      'Finds pairs of records that may be the same, those for which most speaks first; for editors. What was retracted is left out, and what an editor marked as not the same. Names are compared by their letters and, across scripts, by a rough romanization. With `of` the search is more thorough: among all records, two names are compared when a word of theirs sounds the same, and another begins or ends alike.',
    args: {
      type: t.arg({ type: MergeableType, required: true, description: 'The kind of records.' }),
      of: t.arg.id({ required: false, description: 'The id of a record: only pairs with it.' }),
      ...t.arg.connectionArgs(),
    },
    ...readRoot<CandidateArgs>(async ({ type: model, of, ...args }, context, selection) => {
      permit(context.viewer, 'EDIT');
      const wanted = { model, of: of == null ? undefined : await recordOf(model, String(of), context) };
      const page = readRawPage(
        'duplicateCandidates',
        [
          { column: 'score', type: 'Float', direction: 'desc' },
          { column: 'one', type: 'Uuid', direction: 'asc' },
          { column: 'other', type: 'Uuid', direction: 'asc' },
        ],
        args,
      );
      const asked = selection.names;
      const pairs = asked.has('totalCount') && asked.size === 1 ? [] : await findPairs(context, wanted, page);
      const totalCount = asked.has('totalCount') ? await countPairs(context, wanted) : undefined;
      const { edges, pageInfo } = page.connect(pairs);
      const found = await hydrate(
        model,
        edges.map(({ node }) => node),
        context,
        selection,
      );
      return {
        pageInfo,
        edges: edges.map(({ cursor, node }) => ({ cursor, node: found(node) as never })),
        totalCount,
      };
    }),
  } as never),
);

async function recordOf(model: MergeableModel, id: string, context: Context): Promise<string> {
  const decoded = decodeGlobalId(id);
  if (decoded.typename !== model)
    throw userError('INVALID_ID', `\`of\` is the id of a ${decoded.typename}, and \`type\` asks for another kind.`);
  const noun = nounOf(model);
  const where = { id: (await survivorsOf(model, { id: decoded.id }, context)).get(decoded.id) ?? decoded.id };
  const there = await delegateOf(model, context).count({ where: { AND: [noun.visible(context), where] } });
  if (there === 0) throw await missing(noun, where, context);
  return where.id;
}

/** Loads the records of a page with all that is asked below them: a statement for them, and one for the organizations. */
async function hydrate(
  model: MergeableModel,
  pairs: readonly Pair[],
  context: Context,
  selection: Selection,
): Promise<(pair: Pair) => Candidate> {
  const below = (...fields: string[]) => nodePaths.flatMap((path) => fields.map((name) => [...path, { name }]));
  const records = await loaded(
    model,
    pairs.flatMap(({ one, other }) => [one, other]),
    below('one', 'other'),
    context,
    selection,
  );
  const organizationIds = pairs.flatMap(({ reasons }) => reasons.flatMap(({ organization }) => organization ?? []));
  const organizationPaths = below('reasons').map((path) => [...path, { name: 'organization' }]);
  const organizations = await loaded('Organization', organizationIds, organizationPaths, context, selection);
  return ({ one, other, score, reasons }) => ({
    // They are there: the statement before joined them.
    one: branded(records.get(one) as object, model),
    other: branded(records.get(other) as object, model),
    score,
    reasons: reasons.map((reason) => ({
      ...reason,
      organization: (reason.organization && organizations.get(reason.organization)) || null,
    })),
  });
}

async function loaded(
  model: string,
  ids: readonly string[],
  paths: { name: string }[][],
  context: Context,
  selection: Selection,
): Promise<Map<string, object>> {
  if (ids.length === 0) return new Map();
  const rows = await delegateOf(model, context).findMany({
    ...selection.query(model, paths, { id: true }),
    where: { AND: [nounOf(model).visible(context), { id: { in: [...ids] } }] },
  });
  return new Map((rows as { id: string }[]).map((row) => [row.id, row]));
}
