import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, as, ask, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, type Input, mistake, mutate } from './mutate.ts';
import { hashes } from './tables.ts';
import { exact, text, uuidOf, words } from './world.ts';

let database: TestDatabase;
let editor: Asked;
let contributor: Asked;
let count = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  contributor = as(database, 'CONTRIBUTOR');
});

afterAll(() => database?.close());

/** Names that are not similar. */
const word = (n: number) => ['Nemo', 'Quispe', 'Abdullah', 'Yamamoto', 'Kowalczyk', 'Petrosyan', 'Lindgren', 'Oyelaran'][n] ?? `${n}`;

/** A draft of a statement with what it needs, and what hangs on it. */
async function aDraft() {
  const n = ++count;
  const make = async (mutation: string, input: Input) => (await done(contributor, mutation, input)).id;
  const person = await make('createPerson', { name: word(n) });
  const above = await make('createOrganization', { name: `Above ${n}` });
  const organization = await make('createOrganization', { name: `Organization ${n}`, parent: { id: above } });
  const membership = await make('addMembership', { member: { person: { id: person } }, organization: { id: organization } });
  const event = await make('createEvent', { title: words(`Event ${n}`) });
  const statement = await make('createStatement', {
    text: `Statement ${n}`,
    language: 'en',
    quoteType: 'DIRECT',
    speaker: { person: { id: person } },
    capacity: membership,
    about: [{ event: { id: event } }],
  });
  const document = await make('createDocument', { title: `Document ${n}`, text });
  const appearance = await make('addAppearance', {
    statement: { id: statement },
    document: { id: document },
    printedText: exact,
    language: 'en',
    content: [{ exact }],
  });
  return { person, above, organization, membership, event, statement, document, appearance };
}

async function statusOf(ids: Record<string, string>): Promise<Record<string, string>> {
  const names = Object.keys(ids);
  const { nodes } = await run<{ nodes: { status: string }[] }>(
    editor,
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Record { status } } }',
    {
      ids: Object.values(ids),
    },
  );
  return Object.fromEntries(names.map((name, i) => [name, nodes[i]?.status ?? '']));
}

const published = (ids: Record<string, string>, ...names: string[]) =>
  Object.fromEntries(Object.keys(ids).map((name) => [name, names.includes(name) ? 'PUBLISHED' : 'DRAFT']));

test('what needs drafts is not published alone, and tells which', async () => {
  const draft = await aDraft();
  const before = await hashes(database);
  const { record, errors, needs, published: done_ } = await mutate(editor, 'publish', { id: draft.statement });
  expect(errors).toMatchObject([{ code: 'NOT_PUBLISHED', path: ['id'] }]);
  expect(record).toMatchObject({ id: draft.statement, status: 'DRAFT' });
  expect(needs.map(({ id }) => id).sort()).toEqual([draft.person, draft.membership, draft.event].sort());
  expect(done_).toEqual([]);
  expect(await hashes(database)).toEqual(before);
});

test('with what it needs, and what that needs', async () => {
  const draft = await aDraft();
  const answer = await mutate(editor, 'publish', { id: draft.statement, withNeeded: true });
  expect(answer).toMatchObject({ errors: [], needs: [], record: { id: draft.statement, status: 'PUBLISHED', revision: 2 } });
  const names = ['statement', 'person', 'membership', 'organization', 'above', 'event'] as const;
  expect(answer.published[0]?.id).toBe(draft.statement);
  expect(answer.published.map(({ id }) => id).sort()).toEqual(names.map((name) => draft[name]).sort());
  expect(await statusOf(draft)).toEqual(published(draft, ...names));
});

test('with its links, as far as what they need is published', async () => {
  const draft = await aDraft();
  for (const id of [draft.above, draft.organization, draft.person, draft.membership, draft.event]) await done(editor, 'publish', { id });
  const alone = await mutate(editor, 'publish', { id: draft.statement, withLinks: true });
  // The document of the appearance is a draft.
  expect(alone.published).toEqual([expect.objectContaining({ id: draft.statement })]);
  await done(editor, 'publish', { id: draft.document });
  const next = await mutate(editor, 'publish', { id: draft.statement, withLinks: true });
  expect(next.errors).toEqual([]);
  expect(next.published.map(({ id }) => id)).toEqual([draft.appearance]);
  expect(new Set(Object.values(await statusOf(draft)))).toEqual(new Set(['PUBLISHED']));
});

test('with all of it', async () => {
  const draft = await aDraft();
  const { errors, published: all } = await mutate(editor, 'publish', { id: draft.statement, withNeeded: true, withLinks: true });
  expect(errors).toEqual([]);
  expect(all.map(({ id }) => id).sort()).toEqual(Object.values(draft).sort());
  const uuids = Object.values(draft).map((id) => `'${uuidOf(id)}'`);
  const [transactions] = await database.raw(
    `SELECT count(DISTINCT "transaction")::int AS n FROM history.revision WHERE "recordId" IN (${uuids}) AND "after" ->> 'status' = 'PUBLISHED'`,
  );
  expect(transactions?.n).toBe(1);
});

test('what is published does not come to depend on a draft', async () => {
  const { id } = await done(editor, 'createPlace', { name: 'Published', publish: true });
  const draft = await done(editor, 'createPlace', { name: 'Draft' });
  const { record, errors, proposal } = await mutate(editor, 'updatePlace', { id, parent: { id: draft.id } }, 'parent { id }');
  expect(errors).toMatchObject([{ code: 'NOT_PUBLISHED', path: ['parent'] }]);
  expect(record).toMatchObject({ id, parent: null, revision: 1 });
  expect(proposal).toBeNull();
  // Nor is it proposed.
  const own = await done(contributor, 'createPlace', { name: 'Own' });
  expect(await mistake(contributor, 'updatePlace', { id, parent: { id: own.id } })).toMatchObject({
    code: 'NOT_PUBLISHED',
    path: ['parent'],
  });
  await done(editor, 'publish', { id: own.id });
  expect((await mutate(contributor, 'updatePlace', { id, parent: { id: own.id } })).proposal).toMatchObject({ status: 'WAITING' });
});

test('what is retracted keeps its id, and says why; it can be published again', async () => {
  const ids = Object.fromEntries(Object.entries(await aDraft()));
  await mutate(editor, 'publish', { id: ids.statement, withNeeded: true, withLinks: true });
  const reader = { prisma: database.prisma };
  const found = async (asked: Asked) => {
    const { search, people } = await run<{ search: { totalCount: number }; people: { totalCount: number } }>(
      asked,
      `{ search(query: "${word(count)}", types: [PERSON]) { totalCount } people(where: { name: { eq: "${word(count)}" } }) { totalCount } }`,
    );
    return [search.totalCount, people.totalCount];
  };
  const node = (asked: Asked) =>
    ask(asked, 'query ($id: ID!) { node(id: $id) { id ... on Person { name retractionReason status } } }', { id: ids.person });
  expect(await found(reader)).toEqual([1, 1]);
  expect(await done(editor, 'retract', { id: ids.person, reason: 'There was no such person.' }, 'retractionReason')).toMatchObject({
    id: ids.person,
    status: 'RETRACTED',
    retractionReason: 'There was no such person.',
  });
  for (const asked of [reader, as(database, 'READER'), contributor]) {
    expect(await found(asked)).toEqual([0, 0]);
    const { data, errors } = await node(asked);
    expect(data).toEqual({ node: null });
    expect(errors[0]?.extensions).toMatchObject({ code: 'RETRACTED', reason: 'There was no such person.' });
    const answer = await run(asked, 'query ($id: ID!) { node(id: $id) { ... on Statement { text speaker { id } } } }', {
      id: ids.statement,
    });
    expect(answer).toEqual({ node: { text: `Statement ${count}`, speaker: null } });
  }
  expect(await found(editor)).toEqual([1, 1]);
  expect((await node(editor)).data).toMatchObject({ node: { status: 'RETRACTED', retractionReason: 'There was no such person.' } });
  const again = await mutate(editor, 'publish', { id: ids.person }, 'retractionReason');
  expect(again).toMatchObject({ errors: [], record: { id: ids.person, status: 'PUBLISHED', retractionReason: null } });
  expect(await found(reader)).toEqual([1, 1]);
  expect((await node(reader)).data).toMatchObject({ node: { id: ids.person, name: word(count) } });
});

test('a draft that is taken back was never there for readers', async () => {
  const identifier = { scheme: 'viaf', value: 'withdrawn' };
  const { id } = await done(contributor, 'createPerson', { name: 'Nobody', identifiers: [identifier] });
  await mutate(contributor, 'retract', { id, reason: 'SECRET' });
  for (const asked of [{ prisma: database.prisma }, as(database, 'CONTRIBUTOR', 'token:stranger')]) {
    const { errors } = await ask(
      asked,
      'query ($id: ID!, $identifier: IdentifierRef!) { node(id: $id) { id } person(by: { identifier: $identifier }) { id } }',
      { id, identifier },
    );
    expect(errors.map(({ message }) => message)).toEqual(['There is no such Person.', 'There is no such Person.']);
  }
});

test('a contributor proposes to take back what is published, and takes back drafts', async () => {
  const { id } = await done(editor, 'createPlace', { name: 'Published', publish: true });
  const before = await mutate(contributor, 'retract', { id, reason: 'It is no place.' }, '... on Place { name }');
  expect(before).toMatchObject({ errors: [], record: { id, status: 'PUBLISHED', name: 'Published' } });
  expect(before.proposal).toMatchObject({
    status: 'WAITING',
    changes: [
      {
        model: 'Place',
        action: 'UPDATE',
        changes: [
          { field: 'retractionReason', after: 'It is no place.' },
          { field: 'status', after: 'RETRACTED' },
        ],
      },
    ],
  });
  await done(editor, 'publish', { id: before.proposal?.id });
  expect((await statusOf({ id })).id).toBe('RETRACTED');
  const draft = await done(contributor, 'createPlace', { name: 'Draft' });
  expect(await mutate(contributor, 'retract', { id: draft.id, reason: 'No.' })).toMatchObject({ errors: [], proposal: null });
  expect((await statusOf({ id: draft.id })).id).toBe('RETRACTED');
});
