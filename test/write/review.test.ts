import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Asked, as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, type Input, mistake, mutate, type Payload } from './mutate.ts';
import { hashes } from './tables.ts';
import { exact, makeWorld, type World, words } from './world.ts';

let database: TestDatabase;
let editor: Asked;
let maker: Asked;
let world: World;
let count = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  world = await makeWorld(editor, 'world', { publish: true });
});

// Each test has a queue of its own.
beforeEach(() => {
  maker = as(database, 'CONTRIBUTOR', `token:maker-${++count}`);
});

afterAll(() => database?.close());

interface Item {
  isChange: boolean;
  isSentBack: boolean;
  createdBy: string;
  record: { id: string; __typename: string };
  proposal: { id: string } | null;
  changes: Payload['proposal'] extends infer P ? (P extends { changes: infer C } ? C : never) : never;
  notes: { note: string; by: string }[];
}

/** What waits of the maker's, or as is asked. */
async function queue(asked: Asked, where = `createdBy: { eq: "token:maker-${count}" }`, more = ''): Promise<Item[]> {
  const { reviewQueue } = await run<{ reviewQueue: { nodes: Item[]; totalCount: number } }>(
    asked,
    `{ reviewQueue(where: { ${where} }, first: 100 ${more}) { totalCount nodes { isChange isSentBack createdBy record { __typename id } proposal { id }
      changes { model action changes { field before after } } notes { note by } } } }`,
  );
  expect(reviewQueue.totalCount).toBe(reviewQueue.nodes.length);
  return reviewQueue.nodes;
}

const propose = async (mutation: string, input: Input, record = ''): Promise<NonNullable<Payload['proposal']>> => {
  const { proposal, errors } = await mutate(maker, mutation, input, record);
  expect(errors).toEqual([]);
  if (!proposal) throw new Error(`${mutation} was not proposed.`);
  return proposal;
};
const statusOf = async (id: string) =>
  (
    await run<{ node: { status: string; notes: { note: string }[] } }>(
      maker,
      'query ($id: ID!) { node(id: $id) { ... on Proposal { status notes { note } } } }',
      { id },
    )
  ).node;

test('a draft waits with all that it says, until it is published', async () => {
  const { id } = await done(maker, 'createPerson', { name: 'Ana', birthDate: '1960' });
  for (const asked of [editor, maker]) {
    const [item, ...others] = await queue(asked);
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      isChange: false,
      isSentBack: false,
      createdBy: `token:maker-${count}`,
      record: { id },
      proposal: null,
      notes: [],
    });
    const [row] = item?.changes ?? [];
    expect(row).toMatchObject({ model: 'Person', action: 'CREATE' });
    expect(Object.fromEntries(row?.changes.map(({ field, after }) => [field, after]) ?? [])).toMatchObject({
      name: 'Ana',
      sortName: 'Ana',
      birthDate: '1960',
    });
    expect(row?.changes.every(({ before }) => before === null)).toBe(true);
  }
  await done(editor, 'publish', { id });
  expect(await queue(editor)).toEqual([]);
});

test('a draft that was sent back waits again when its maker has changed it', async () => {
  const { id } = await done(maker, 'createPerson', { name: 'Ana' });
  await done(editor, 'sendBack', { id, note: 'Which source?' });
  expect(await queue(maker)).toMatchObject([{ isSentBack: true, record: { id }, notes: [{ note: 'Which source?', by: 'token:editor' }] }]);
  expect(await queue(editor, `createdBy: { eq: "token:maker-${count}" }, isSentBack: false`)).toEqual([]);
  await done(maker, 'addIdentifier', { record: id, scheme: 'viaf', value: `sent ${count}` });
  expect(await queue(maker)).toMatchObject([{ isSentBack: false, notes: [{ note: 'Which source?' }] }]);
  await done(editor, 'sendBack', { id, note: 'And the date?' });
  expect(await queue(maker)).toMatchObject([{ isSentBack: true, notes: [{ note: 'Which source?' }, { note: 'And the date?' }] }]);
  expect(await mutate(maker, 'retract', { id, reason: 'There is no source.' })).toMatchObject({ errors: [], proposal: null });
  expect(await queue(editor)).toEqual([]);
});

test('the queue is filtered, ordered and read in pages', async () => {
  const person = await done(maker, 'createPerson', { name: 'Ana' });
  const place = await done(maker, 'createPlace', { name: 'Rome' });
  const { id: proposal } = await propose('updatePlace', { id: world.ids.Place, kind: 'CITY' });
  await done(maker, 'updatePerson', { id: person.id, gender: 'female' });
  const mine = `createdBy: { eq: "token:maker-${count}" }`;
  const ids = (items: Item[]) => items.map((item) => item.proposal?.id ?? item.record.id);
  expect(ids(await queue(editor))).toEqual([person.id, place.id, proposal]);
  expect(ids(await queue(editor, `${mine}, isChange: true`))).toEqual([proposal]);
  expect(ids(await queue(editor, `${mine}, model: { eq: PLACE }`))).toEqual([place.id, proposal]);
  expect(ids(await queue(editor, `${mine}, model: { in: [PERSON, EVENT] }`))).toEqual([person.id]);
  expect(ids(await queue(editor, mine, 'orderBy: [{ by: CREATED_AT, direction: DESC }]'))).toEqual([proposal, place.id, person.id]);
  expect(ids(await queue(editor, mine, 'orderBy: [{ by: UPDATED_AT, direction: ASC }]'))).toEqual([place.id, proposal, person.id]);
  expect(await queue(as(database, 'CONTRIBUTOR', 'token:stranger'))).toEqual([]);
  const pages: string[] = [];
  let after: string | null = null;
  do {
    const page: { reviewQueue: { nodes: Item[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } = await run(
      editor,
      `query ($after: String) { reviewQueue(where: { ${mine} }, first: 1, after: $after) { nodes { record { id } proposal { id } } pageInfo { endCursor hasNextPage } } }`,
      { after },
    );
    pages.push(...ids(page.reviewQueue.nodes));
    after = page.reviewQueue.pageInfo.hasNextPage ? page.reviewQueue.pageInfo.endCursor : null;
  } while (after);
  expect(pages).toEqual([person.id, place.id, proposal]);
});

/** A published person with a part of each kind, and a link. */
async function aPerson() {
  const record = await done(
    editor,
    'createPerson',
    { name: 'Ana', names: [{ name: 'Anna', kind: 'ALIAS' }], identifiers: [{ scheme: 'viaf', value: `person ${count}` }], publish: true },
    'names { id } identifiers { id }',
  );
  const membership = await done(editor, 'addMembership', {
    member: { person: { id: record.id } },
    organization: { id: world.ids.Organization },
    role: 'guest',
    publish: true,
  });
  const [[name], [identifier]] = [record.names as { id: string }[], record.identifiers as { id: string }[]];
  return { id: record.id, name: name?.id, identifier: identifier?.id, membership: membership.id };
}

const read = (id: string) =>
  run(
    editor,
    `query ($id: ID!) { node(id: $id) { ... on Person { name birthDate status revision names { name } identifiers { value }
      memberships { nodes { role status } } revisions(first: 1) { nodes { by changes { field before after } } } } } }`,
    { id },
  ).then(({ node }) => node as Input);

type Change = [mutation: string, input: (made: Awaited<ReturnType<typeof aPerson>>) => Input, then: Input];

const changes: Change[] = [
  ['updatePerson', ({ id }) => ({ id, name: 'Bea', birthDate: '1960~' }), { name: 'Bea', birthDate: '1960~' }],
  ['addName', ({ id }) => ({ record: id, name: 'Bee', kind: 'ALIAS' }), { names: [{ name: 'Anna' }, { name: 'Bee' }] }],
  ['updateName', ({ name }) => ({ id: name, name: 'Anne' }), { names: [{ name: 'Anne' }] }],
  ['removeName', ({ name }) => ({ id: name }), { names: [] }],
  ['addIdentifier', ({ id }) => ({ record: id, scheme: 'zdb', value: `more ${count}` }), {}],
  ['updateIdentifier', ({ identifier }) => ({ id: identifier, value: `other ${count}` }), {}],
  ['removeIdentifier', ({ identifier }) => ({ id: identifier }), { identifiers: [] }],
  [
    'updateMembership',
    ({ membership }) => ({ id: membership, role: 'host' }),
    { memberships: { nodes: [{ role: 'host', status: 'PUBLISHED' }] } },
  ],
  ['removeMembership', ({ membership }) => ({ id: membership }), { memberships: { nodes: [] } }],
  ['retract', ({ id }) => ({ id, reason: 'Nobody.' }), { status: 'RETRACTED' }],
  [
    'retract',
    ({ membership }) => ({ id: membership, reason: 'No place.' }),
    { memberships: { nodes: [{ role: 'guest', status: 'RETRACTED' }] } },
  ],
];

test.each(changes)('%s is proposed, and published as it was proposed (%#)', async (mutation, input, then) => {
  const made = await aPerson();
  const before = await read(made.id);
  const proposal = await propose(mutation, input(made));
  expect(await read(made.id)).toEqual(before);
  expect(await queue(editor)).toMatchObject([
    { isChange: true, isSentBack: false, proposal: { id: proposal.id }, changes: proposal.changes },
  ]);
  const [revisions] = await database.raw('SELECT coalesce(max(id), 0)::int AS last FROM history.revision');
  const { errors, published } = await mutate(editor, 'publish', { id: proposal.id });
  expect(errors).toEqual([]);
  expect(published).toHaveLength(mutation === 'removeMembership' ? 0 : 1);
  expect(await read(made.id)).toMatchObject({ ...then, status: then.status ?? 'PUBLISHED' });
  expect(await statusOf(proposal.id)).toMatchObject({ status: 'PUBLISHED' });
  expect(await queue(editor)).toEqual([]);
  // What was done is what was shown.
  const rows = await database.raw(
    `SELECT "model", "action"::text, "by", "before" - '{revision,updatedAt}'::text[] AS before, "after" - '{revision,updatedAt}'::text[] AS after
     FROM history.revision WHERE id > ${revisions?.last} ORDER BY id`,
  );
  expect(new Set(rows.map(({ by }) => by))).toEqual(new Set(['token:editor']));
  const plain = (changed: { model: unknown; action: unknown; fields: Record<string, readonly unknown[]> }[]) =>
    changed
      .filter(({ fields }) => Object.keys(fields).length > 0)
      .map(({ fields: { id: _, ...fields }, ...rest }) => ({ ...rest, fields }));
  const pairs = (one: Input | null, other: Input | null) =>
    Object.fromEntries(
      Object.keys({ ...one, ...other })
        .map((field) => [field, [one?.[field] ?? null, other?.[field] ?? null]] as const)
        .filter(([, [a, b]]) => a !== null || b !== null),
    );
  const shown = proposal.changes.map(({ model, action, changes: of }) => ({
    model,
    action,
    fields: Object.fromEntries(of.map(({ field, before: was, after }) => [field, [was, after]])),
  }));
  const made_ = rows.map(({ model, action, before: was, after }) => ({ model, action, fields: pairs(was as Input, after as Input) }));
  expect(plain(made_)).toEqual(plain(shown));
});

test('what changes nothing is not proposed', async () => {
  const { id } = await aPerson();
  expect(await mutate(maker, 'updatePerson', { id, name: 'Ana' })).toMatchObject({
    errors: [],
    proposal: null,
    record: { id, revision: 1 },
  });
  expect(await queue(editor)).toEqual([]);
});

test('a proposal is sent back, declined, or taken back by its maker', async () => {
  const { id } = await aPerson();
  const sent = await propose('updatePerson', { id, name: 'Bea' });
  await mutate(editor, 'sendBack', { id: sent.id, note: 'Why?' });
  expect(await statusOf(sent.id)).toEqual({ status: 'SENT_BACK', notes: [{ note: 'Why?' }] });
  expect(await queue(maker)).toMatchObject([
    { isSentBack: true, proposal: { id: sent.id }, notes: [{ note: 'Why?', by: 'token:editor' }] },
  ]);
  expect(await mistake(as(database, 'CONTRIBUTOR', 'token:stranger'), 'retract', { id: sent.id, reason: 'No.' })).toMatchObject({
    code: 'NOT_FOUND',
  });
  await mutate(maker, 'retract', { id: sent.id, reason: 'I was wrong.' });
  const declined = await propose('updatePerson', { id, name: 'Cem' });
  await mutate(editor, 'retract', { id: declined.id, reason: 'It is Ana.' });
  expect(await statusOf(sent.id)).toMatchObject({ status: 'DECLINED', notes: [{ note: 'Why?' }, { note: 'I was wrong.' }] });
  expect(await statusOf(declined.id)).toEqual({ status: 'DECLINED', notes: [{ note: 'It is Ana.' }] });
  expect(await queue(editor)).toEqual([]);
  for (const mutation of ['publish', 'sendBack', 'retract']) {
    const more = { publish: {}, sendBack: { note: 'A' }, retract: { reason: 'A' } }[mutation];
    expect(await mistake(editor, mutation, { id: declined.id, ...more })).toMatchObject({ code: 'WRONG_STATUS', path: ['id'] });
  }
  expect(await read(id)).toMatchObject({ name: 'Ana', revision: 1 });
});

test('a proposal for what changed meanwhile is published only when it is to overwrite', async () => {
  const { id } = await aPerson();
  const proposal = await propose('updatePerson', { id, name: 'Bea', gender: 'female' });
  // What the proposal leaves alone doesn't stand in its way.
  const other = await propose('updatePerson', { id, birthDate: '1960' });
  await done(editor, 'updatePerson', { id, name: 'Cem' });
  expect((await mutate(editor, 'publish', { id: other.id })).errors).toEqual([]);
  const before = await hashes(database);
  const { errors, record } = await mutate(editor, 'publish', { id: proposal.id }, '... on Person { name }');
  expect(errors).toEqual([{ code: 'STALE', path: ['id'], message: expect.stringContaining('Person.name was "Ana" and is "Cem"') }]);
  expect(record).toMatchObject({ id, name: 'Cem' });
  expect(await hashes(database)).toEqual(before);
  expect((await mutate(editor, 'publish', { id: proposal.id, overwrite: true })).errors).toEqual([]);
  expect(await read(id)).toMatchObject({ name: 'Bea', birthDate: '1960' });
});

test('a proposal that would now do something else than what was shown is refused', async () => {
  const identifier = { scheme: 'viaf', value: `moving ${count}` };
  const shown = await done(editor, 'createPlace', { name: 'Shown', identifiers: [identifier], publish: true }, 'identifiers { id }');
  const other = await done(editor, 'createPlace', { name: 'Other', publish: true });
  const { id } = await done(editor, 'createPlace', { name: 'Here', publish: true });
  const proposal = await propose('updatePlace', { id, parent: { identifier } });
  const [held] = shown.identifiers as { id: string }[];
  await done(editor, 'removeIdentifier', { id: held?.id });
  await done(editor, 'addIdentifier', { record: other.id, ...identifier });
  const before = await hashes(database);
  expect(await mistake(editor, 'publish', { id: proposal.id })).toMatchObject({ code: 'STALE', path: ['id'] });
  expect(await hashes(database)).toEqual(before);
});

test('a proposal whose part is gone is refused', async () => {
  const made = await aPerson();
  const proposal = await propose('updateName', { id: made.name, name: 'Anne' });
  await done(editor, 'removeName', { id: made.name });
  expect(await mistake(editor, 'publish', { id: proposal.id })).toMatchObject({ code: 'NOT_FOUND', path: ['id'] });
  expect(await statusOf(proposal.id)).toMatchObject({ status: 'WAITING' });
});

test('of two editors who publish one proposal at once, one does', async () => {
  const { id } = await aPerson();
  const proposal = await propose('updatePerson', { id, name: 'Bea' });
  const editors = ['token:one', 'token:other'].map((account) => as(database, 'EDITOR', account));
  const answers = await Promise.all(editors.map((asked) => mutate(asked, 'publish', { id: proposal.id })));
  expect(answers.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(['WRONG_STATUS']);
  expect(await read(id)).toMatchObject({ name: 'Bea', revision: 2 });
});

test('spans and other lists are proposed as a whole', async () => {
  const { id } = await done(editor, 'addCitation', {
    fact: world.ids.Event2,
    document: { id: world.ids.Document },
    evidence: [{ exact }],
    publish: true,
  });
  const proposal = await propose('updateCitation', { id, evidence: [{ exact }, { exact: 'Baghdad' }] });
  expect(proposal.changes).toMatchObject([{ model: 'Span', action: 'CREATE' }]);
  const topics = await propose('updateStatement', { id: world.ids.Statement, about: [{ place: { id: world.ids.Place } }] });
  expect(topics.changes.map(({ model, action }) => `${model} ${action}`).sort()).toEqual([
    'StatementTopic CREATE',
    'StatementTopic DELETE',
    'StatementTopic DELETE',
  ]);
  for (const each of [proposal, topics]) expect((await mutate(editor, 'publish', { id: each.id })).errors).toEqual([]);
  const { node } = await run<{ node: Input }>(editor, 'query ($id: ID!) { node(id: $id) { ... on Citation { spans { exact } } } }', { id });
  expect(node.spans).toEqual([{ exact }, { exact: 'Baghdad' }]);
});

test('an event’s new title is proposed by a contributor, and a draft’s is changed', async () => {
  expect(await propose('updateEvent', { id: world.ids.Event, title: words('New') })).toMatchObject({ status: 'WAITING' });
  const { id } = await done(maker, 'createEvent', { title: words('Draft') });
  expect(await mutate(maker, 'updateEvent', { id, title: words('New') }, 'title { text }')).toMatchObject({
    proposal: null,
    errors: [],
    record: { revision: 2, title: { text: 'New' } },
  });
});
