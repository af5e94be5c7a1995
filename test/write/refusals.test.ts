import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reader, type Viewer } from '../../src/auth/viewer.ts';
import { schema } from '../../src/schema.ts';
import { type Asked, as, ask } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { everything, nodeTypes } from '../support/everything.ts';
import { Inputs, nameIn, namingsIn, targetModelOf, withAt } from './inputs.ts';
import { askTo, done, type Input, inputTypeOf, mutate, mutationNames } from './mutate.ts';
import { hashes } from './tables.ts';
import { ghostOf, idOf, makeWorld, modelOf, uuidOf, type World } from './world.ts';

// Every operation of the schema, as those who may not: nothing changes, and the answer doesn't tell
// whether a draft is there. It is the same as for one that isn't there, but for the id that was asked for.

let database: TestDatabase;
/** What is published. */
let published: World;
/** Drafts, and what hangs on what is published as a draft. */
let drafts: World;
/** What is named like the drafts, and isn't there. */
let ghosts: World;
/** What all tables hold once the drafts are there, and keep holding. */
let unchanged: Record<string, string>;
/** What could be read before the drafts were made. */
const before = new Map<string, unknown>();

const account = (role: Viewer['role']): Asked => as(database, role, `token:stranger-${role.toLowerCase()}`);
const anyone = (): Record<string, Asked> => ({
  'no one': { prisma: database.prisma, viewer: reader },
  'a reader': account('READER'),
  'a stranger': account('CONTRIBUTOR'),
});

beforeAll(async () => {
  database = await openTestDatabase();
  published = await makeWorld(as(database, 'EDITOR'), 'clear', { publish: true });
  for (const [name, read] of Object.entries(reads())) before.set(name, await read());
  const maker = as(database, 'CONTRIBUTOR', 'token:maker');
  drafts = await makeWorld(maker, 'SECRET', { publish: false, on: published });
  const { proposal } = await mutate(maker, 'updatePerson', { id: published.ids.Person, gender: 'SECRET' });
  drafts.ids.Proposal = proposal?.id ?? '';
  await mutate(as(database, 'EDITOR'), 'sendBack', { id: drafts.ids.Proposal, note: 'SECRET' });
  await mutate(as(database, 'EDITOR'), 'sendBack', { id: drafts.ids.Person, note: 'SECRET' });
  ghosts = ghostOf(drafts);
  unchanged = await hashes(database);
});

const expectUnchanged = async () => expect(await hashes(database)).toEqual(unchanged);

afterAll(() => database?.close());

/** An answer without the ids, by which alone it may differ. */
function told(answer: unknown, { ids, identifiers, url }: World): string {
  const plain = (each: object) => ({ ...each });
  const errors = (answer as { errors: readonly { message: string; path?: unknown; extensions: object }[] }).errors;
  let text = JSON.stringify({
    ...plain(answer as object),
    errors: errors.map(({ message, path, extensions }) => ({ message, path, extensions })),
  });
  for (const id of Object.values(ids)) text = text.replaceAll(id, '<id>').replaceAll(uuidOf(id), '<uuid>');
  for (const { value } of Object.values(identifiers)) text = text.replaceAll(value, '<value>');
  return text.replaceAll(url, '<url>');
}

describe('mutations', () => {
  /** What editors and administrators alone may is refused before anything is looked up. */
  const editors = [
    'publish',
    'sendBack',
    'merge',
    'unmerge',
    'markNotSame',
    'unmarkNotSame',
    'createToken',
    'revokeToken',
    'importRecords',
  ];
  const contributors = (name: string) => !editors.includes(name);

  /** What the mutation would be done to. */
  const inputsFor = (name: string, world: World): Input[] => {
    const target = Object.keys(inputTypeOf(name).getFields()).find((field) => ['id', 'record', 'survivor', 'one'].includes(field));
    const input = new Inputs(published).of(name);
    if (!target) return [input];
    const models = ['publish', 'retract', 'sendBack', 'revert'].includes(name)
      ? Object.keys(world.ids).filter((model) => nodeTypes().includes(model))
      : target === 'record'
        ? (owners[targetModelOf(name)] ?? [])
        : [targetModelOf(name)];
    return models.map((model) => ({ ...input, [target]: world.ids[model] }));
  };
  const owners: Record<string, string[]> = {
    Name: ['Person', 'Organization', 'Place', 'Event'],
    Identifier: ['Person', 'Organization', 'Place', 'Event', 'Document', 'Statement'],
    Translation: ['Statement'],
  };

  test.each(mutationNames())('%s', async (name) => {
    for (const [who, asked] of Object.entries(anyone())) {
      const isStranger = who === 'a stranger' && contributors(name);
      const [real, absent] = [inputsFor(name, drafts), inputsFor(name, ghosts)];
      for (const [i, input] of real.entries()) {
        // What a stranger makes is theirs; what it may refer to is tried below.
        if (isStranger && /^(create|add)/.test(name) && !('record' in input)) continue;
        const answer = await askTo(asked, name, input);
        const label = `${who}: ${JSON.stringify(input)}`;
        expect(told(answer, drafts), label).toBe(told(await askTo(asked, name, absent[i] ?? {}), ghosts));
        const [code, mistaken] = isStranger ? [undefined, 'NOT_FOUND'] : [who === 'no one' ? 'UNAUTHENTICATED' : 'FORBIDDEN', undefined];
        expect(answer.errors[0]?.extensions.code, label).toBe(code);
        expect(answer.data?.[name]?.errors[0]?.code, label).toBe(mistaken);
        expect(answer.data?.[name]?.record ?? null, label).toBeNull();
      }
    }
    await expectUnchanged();
  });

  test.each(mutationNames().filter((name) => contributors(name) && namingsIn(name).length > 0))(
    '%s, that names a draft of someone else',
    async (name) => {
      const inputs = new Inputs(published);
      for (const naming of namingsIn(name)) {
        const asked = account('CONTRIBUTOR');
        const answerOf = (world: World) => askTo(asked, name, withAt(inputs, name, inputs.of(name), naming.path, nameIn(world, naming)));
        const answer = await answerOf(drafts);
        const label = `${naming.path.join('.')}: a ${naming.model} by ${naming.way}`;
        expect(told(answer, drafts), label).toBe(told(await answerOf(ghosts), ghosts));
        expect(answer.errors, label).toEqual([]);
        expect(answer.data?.[name]?.errors, label).toEqual([
          { code: 'NOT_FOUND', message: `There is no such ${naming.model}.`, path: naming.path.map(String) },
        ]);
      }
      await expectUnchanged();
    },
  );

  test('what is taken by a draft is refused, and not told by what', async () => {
    const asked = account('CONTRIBUTOR');
    for (const [name, input] of [
      ['createPerson', { name: 'Ana', identifiers: [drafts.identifiers.Place] }],
      ['createDocument', { url: drafts.url }],
      ['addIdentifier', { record: published.ids.Person, ...drafts.identifiers.Person }],
    ] as const) {
      const { errors } = await mutate(asked, name, input);
      expect(errors).toMatchObject([{ code: 'TAKEN', message: expect.stringContaining('perhaps one that you may not see') }]);
      expect(JSON.stringify(errors)).not.toMatch(/SECRET|Person|Place|draft/);
    }
    await expectUnchanged();
  });
});

describe('queries', () => {
  type Answering = (asked: Asked, world: World) => Promise<unknown>;
  const byReference =
    (field: string, model: string, ways: ('id' | 'identifier' | 'url')[]): Answering =>
    async (asked, world) =>
      combined(
        ways.flatMap((way) =>
          ['', `, asOf: "${new Date().toISOString()}"`].map((asOf) => () => {
            const by = nameIn(world, { path: [], model, way });
            return ask(asked, `query ($by: ${model}Ref!) { ${field}(by: $by${asOf}) { id } }`, { by });
          }),
        ),
      );
  const combined = async (questions: (() => ReturnType<typeof ask>)[]) => {
    const answers = [];
    for (const question of questions) answers.push(await question());
    return { data: answers.map(({ data }) => data), errors: answers.flatMap(({ errors }) => errors) };
  };
  const nodes = ({ ids }: World) => Object.values(ids);
  /** How each entry point is asked for a draft; null where it takes no reference, and the lists below tell all. */
  const asking: Record<string, Answering | null> = {
    person: byReference('person', 'Person', ['id', 'identifier']),
    organization: byReference('organization', 'Organization', ['id', 'identifier']),
    place: byReference('place', 'Place', ['id', 'identifier']),
    event: byReference('event', 'Event', ['id', 'identifier']),
    document: byReference('document', 'Document', ['id', 'identifier', 'url']),
    statement: byReference('statement', 'Statement', ['id', 'identifier']),
    review: byReference('review', 'Review', ['id']),
    node: (asked, world) => combined(nodes(world).map((id) => () => ask(asked, 'query ($id: ID!) { node(id: $id) { id } }', { id }))),
    nodes: (asked, world) => ask(asked, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: nodes(world) }),
    timeline: (asked, world) =>
      combined(nodes(world).map((id) => () => ask(asked, 'query ($id: ID!) { timeline(of: $id) { totalCount } }', { id }))),
    // Whoever compares two learns how often the record was changed in between, and no more.
    changeCursor: async () => undefined,
    duplicateCandidates: null,
    imports: null,
    people: null,
    proposals: null,
    organizations: null,
    places: null,
    events: null,
    documents: null,
    statements: null,
    reviews: null,
    reviewQueue: null,
    search: null,
    tokens: null,
    viewer: null,
  };

  test.each(Object.keys(schema.getQueryType()?.getFields() ?? {}))('%s', async (field) => {
    expect(asking, 'Say how the new field is asked for a draft.').toHaveProperty(field);
    expect(reads()).toEqual(expect.objectContaining(asking[field] === null ? { [field]: expect.anything() } : {}));
    for (const [who, asked] of Object.entries(anyone())) {
      const answer = await asking[field]?.(asked, drafts);
      if (!answer) continue;
      expect(told(answer, drafts), who).toBe(told(await asking[field]?.(asked, ghosts), ghosts));
      expect(JSON.stringify(answer)).not.toContain('SECRET');
    }
  });

  test('lists, counts and what is published read as if there were no drafts', async () => {
    for (const [name, read] of Object.entries(reads())) {
      const answer = await read();
      expect(differenceOf(answer, before.get(name)), name).toEqual([]);
      expect(JSON.stringify(answer), name).not.toMatch(/SECRET|INTERNAL|UNEXPECTED/);
    }
    await expectUnchanged();
  });

  test('of parts, and of what is no record, there is no node', async () => {
    for (const [who, asked] of Object.entries({ ...anyone(), 'an editor': as(database, 'EDITOR') })) {
      for (const model of ['Name', 'Identifier', 'Translation', 'Span', 'Token', 'ReviewItem', 'Proposal', 'Revision', 'Person']) {
        const { errors } = await ask(asked, 'query ($id: ID!) { node(id: $id) { id } }', { id: idOf(model, randomUUID()) });
        expect(['INVALID_ID', 'NOT_FOUND'], `${who}: ${model}: ${errors[0]?.message}`).toContain(errors[0]?.extensions.code);
      }
    }
  });
});

test('how many drafts depend on a record is not told', async () => {
  const asked = account('CONTRIBUTOR');
  const maker = as(database, 'CONTRIBUTOR', 'token:maker');
  const { id } = await done(as(database, 'EDITOR'), 'addMembership', {
    member: { person: { id: published.ids.Person } },
    organization: { id: published.ids.Organization },
    publish: true,
  });
  const speaker = { person: { id: published.ids.Person } };
  await done(maker, 'createStatement', { text: 'SECRET', language: 'en', quoteType: 'DIRECT', speaker, capacity: id, date: '2001' });
  for (const change of [{ member: { organization: { id: published.ids.Organization } } }, { startDate: '2010' }, { endDate: '1990' }]) {
    const { errors } = await mutate(asked, 'updateMembership', { id, ...change });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).not.toMatch(/\d/);
  }
});

/** Where two texts of answers part, with what is around. */
function differenceOf(one: unknown, other: unknown): string[] {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  const at = a.split('').findIndex((character, i) => character !== b[i]);
  return a === b ? [] : [a, b].map((text) => text.slice(Math.max(0, at - 200), at + 100));
}

/** All that can be read without a reference to a draft, by everyone of these. */
function reads(): Record<string, () => Promise<unknown>> {
  const list = (type: string) => everything(`${type}Connection`, 0);
  const operations: Record<string, string> = {
    people: `{ people(first: 50) ${list('Person')} }`,
    organizations: `{ organizations(first: 50) ${list('Organization')} }`,
    places: `{ places(first: 50) ${list('Place')} }`,
    events: `{ events(first: 50) ${list('Event')} }`,
    documents: `{ documents(first: 50) ${list('Document')} }`,
    statements: `{ statements(first: 50) ${list('Statement')} }`,
    reviews: `{ reviews(first: 50) ${list('Review')} }`,
    reviewQueue: `{ reviewQueue(first: 50) ${everything('ReviewItemConnection', 0)} }`,
    search: `{ search(query: "SECRET or clear", first: 50) ${list('Search')} }`,
    imports: `{ imports(first: 50) ${everything('ImportConnection', 0)} }`,
    proposals: `{ proposals(first: 50) ${everything('ProposalConnection', 0)} }`,
    duplicateCandidates: '{ duplicateCandidates(type: PERSON) { totalCount } }',
    tokens: '{ tokens { totalCount } }',
    viewer: '{ viewer { account role } }',
  };
  for (const [model, id] of Object.entries(published?.ids ?? {})) {
    const type = modelOf(id);
    if (!nodeTypes().includes(type)) continue;
    operations[`node ${model}`] = `{ node(id: "${id}") { ... on ${type} ${everything(type, 1)} } }`;
    if (['Person', 'Organization', 'Place', 'Event'].includes(type)) {
      operations[`timeline ${model}`] = `{ timeline(of: "${id}") ${everything('TimelineConnection', 0)} }`;
    }
  }
  const filters: Record<string, string> = {
    people: 'statements: { some: { text: { contains: "SECRET" } } }',
    organizations: 'name: { contains: "SECRET" }',
    events: 'title: { contains: "SECRET" }',
    statements: 'text: { contains: "SECRET" }',
    documents: 'title: { contains: "SECRET" }',
    places: 'name: { contains: "SECRET" }',
    reviews: 'rating: { contains: "SECRET" }',
  };
  for (const [field, where] of Object.entries(filters))
    operations[`${field} by a filter`] = `{ ${field}(where: { ${where} }) { totalCount } }`;
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      async () => {
        const answers: unknown[] = [];
        for (const asked of Object.values(anyone())) {
          const { data, errors } = await ask(asked, operation);
          answers.push({ data, errors: errors.map(({ message, extensions }) => `${extensions.code ?? 'UNEXPECTED'}: ${message}`) });
        }
        return answers;
      },
    ]),
  );
}
