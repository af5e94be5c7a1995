import { isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, as, ask, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { Inputs } from './inputs.ts';
import { done, type Input, inputTypeOf, mistake, mutate } from './mutate.ts';
import { exact, makeWorld, uuidOf, type World, words } from './world.ts';

// Parts of records, which change with them; links, which are removed; and lists that are replaced.

let database: TestDatabase;
let editor: Asked;
let world: World;
let inputs: Inputs;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  world = await makeWorld(editor, 'world', { publish: true });
  inputs = new Inputs(world);
  world.ids.Party = (await done(editor, 'createOrganization', { name: 'Party', publish: true })).id;
});

afterAll(() => database?.close());

/** The parts, with the records that have them, and the field that lists them. */
const parts: Record<string, { owners: string[]; field: (owner: string) => string }> = {
  Name: { owners: ['Person', 'Organization', 'Place', 'Event'], field: (owner) => (owner === 'Event' ? 'aliases' : 'names') },
  Identifier: { owners: ['Person', 'Organization', 'Place', 'Event', 'Document', 'Statement'], field: () => 'identifiers' },
  Translation: { owners: ['Statement'], field: () => 'translations' },
};

const each = Object.entries(parts).flatMap(([part, { owners, field }]) => owners.map((owner) => ({ part, owner, list: field(owner) })));

describe.each(each)('$part of a $owner', ({ part, owner, list }) => {
  const type = inputTypeOf(`add${part}`);
  const all = Object.keys(type.getFields()).filter((field) => !['record', 'expectedRevision', 'idempotencyKey'].includes(field));
  const fields = all.map((field) => (field === 'document' ? 'document { id }' : field)).join(' ');

  test('is added, changed and removed, and counts as one change of its record each time', async () => {
    const record = world.ids[owner] ?? '';
    const asked = `... on ${owner} { ${list} { id ${fields} } }`;
    const { node } = await run<{ node: { revision: number; [list: string]: unknown } }>(
      editor,
      `query ($id: ID!) { node(id: $id) { ... on Record { revision } ${asked} } }`,
      { id: record },
    );
    let { revision } = node;
    const before = node[list] as Input[];
    const value = inputs.of(`add${part}`, 'all');
    const { record: _, ...given } = value;
    const added = await done(editor, `add${part}`, { ...given, record }, asked);
    expect(added).toMatchObject({ __typename: owner, id: record, revision: ++revision });
    const made = (added[list] as Input[]).find(({ id }) => !before.some((other) => other.id === id)) ?? {};
    expect(made).toMatchObject(given);
    const current: Input = { ...made };
    const same = async (answered: Input) => {
      expect(answered).toMatchObject({ id: record, revision });
      expect((answered[list] as Input[]).find(({ id }) => id === made.id)).toEqual(current);
      expect(answered[list]).toHaveLength(before.length + 1);
    };
    for (const field of all) {
      const isRequired = isNonNullType(type.getFields()[field]?.type);
      const next = { language: 'fr', startDate: '1991', endDate: '2011', kind: 'FORMER', script: 'Arab', scheme: 'zdb' }[field];
      if (next ?? isRequired) {
        current[field] = next ?? `another ${field}`;
        revision += 1;
        await same(await done(editor, `update${part}`, { id: made.id, [field]: current[field] }, asked));
      }
      // The same again is no change.
      await same(await done(editor, `update${part}`, { id: made.id, [field]: current[field] }, asked));
      const code = field === 'scheme' ? 'INVALID_VALUE' : 'REQUIRED';
      if (isRequired) expect(await mistake(editor, `update${part}`, { id: made.id, [field]: null })).toMatchObject({ code, path: [field] });
      else {
        current[field] = null;
        revision += 1;
        await same(await done(editor, `update${part}`, { id: made.id, [field]: null }, asked));
      }
    }
    const removed = await mutate(editor, `remove${part}`, { id: made.id }, asked);
    expect(removed).toMatchObject({ errors: [], removedId: made.id, record: { id: record, revision: revision + 1, [list]: before } });
    expect(await mistake(editor, `remove${part}`, { id: made.id })).toEqual({
      code: 'NOT_FOUND',
      message: `There is no such ${part}.`,
      path: ['id'],
    });
  });
});

test.each([
  ['Membership', 'Person', () => ({ member: { person: { id: world.ids.Person } }, organization: { id: world.ids.Organization } })],
  [
    'Membership',
    'Organization',
    () => ({ member: { organization: { id: world.ids.Organization } }, organization: { id: world.ids.Party } }),
  ],
  ['Participation', 'Event', () => ({ event: { id: world.ids.Event }, participant: { person: { id: world.ids.Person } }, role: 'ACTOR' })],
  ['EventLink', 'Event', () => ({ from: { id: world.ids.Event }, to: { id: world.ids.Event2 }, kind: 'CAUSES' })],
  ['StatementLink', 'Statement', () => ({ from: { id: world.ids.Statement }, to: { id: world.ids.Statement2 }, kind: 'UPDATES' })],
  [
    'Appearance',
    'Statement',
    () => ({
      statement: { id: world.ids.Statement },
      document: { id: world.ids.Document2 },
      printedText: exact,
      language: 'en',
      content: [{ exact }],
    }),
  ],
  ['Review', 'Statement', () => ({ statement: { id: world.ids.Statement }, document: { id: world.ids.Document2 }, rating: 'False' })],
  ['Citation', 'Event', () => ({ fact: world.ids.Event, document: { id: world.ids.Document2 } })],
  ['Citation', 'Membership', () => ({ fact: world.ids.Membership, document: { id: world.ids.Document2 } })],
] as const)('a %s is removed, and what it hung on, a %s, is answered', async (link, owner, input) => {
  for (const publish of [false, true]) {
    const { id } = await done(editor, `add${link}`, { ...input(), publish });
    const { record, errors, removedId } = await mutate(editor, `remove${link}`, { id });
    expect({ errors, removedId }).toEqual({ errors: [], removedId: id });
    expect(record).toMatchObject({ __typename: owner, id: world.ids[owner] });
    expect((await ask(editor, 'query ($id: ID!) { node(id: $id) { id } }', { id })).errors[0]?.extensions.code).toBe('NOT_FOUND');
    const [kept] = await database.raw(
      `SELECT "action"::text, "by" FROM history.revision WHERE "rowId" = '${uuidOf(id)}' ORDER BY id DESC LIMIT 1`,
    );
    expect(kept).toEqual({ action: 'DELETE', by: 'token:editor' });
  }
});

describe('what stays in a list that is replaced keeps its row', () => {
  const rows = (table: string, column: string, id: string, as: string) =>
    database.raw(`SELECT id, ${as} AS what FROM "${table}" WHERE "${column}" = '${uuidOf(id)}' ORDER BY 2`) as Promise<
      { id: string; what: string }[]
    >;
  const keeps = async (read: () => Promise<{ id: string; what: string }[]>, change: () => Promise<unknown>, stay: readonly string[]) => {
    const before = new Map((await read()).map(({ id, what }) => [what, id]));
    await change();
    const after = new Map((await read()).map(({ id, what }) => [what, id]));
    expect([...after].filter(([what, id]) => before.get(what) === id).map(([what]) => what)).toEqual(stay);
  };
  const ref = (name: string) => ({ id: world.ids[name] });

  test('about', async () => {
    const about = [{ event: ref('Event') }, { person: ref('Person') }, { place: ref('Place') }];
    const { id } = await done(editor, 'createStatement', {
      text: exact,
      language: 'en',
      quoteType: 'DIRECT',
      attributionText: 'she',
      about,
    });
    const read = () => rows('StatementTopic', 'statementId', id, `coalesce("eventId", "personId", "placeId", "organizationId")::text`);
    const change = () =>
      done(editor, 'updateStatement', {
        id,
        about: [{ place: ref('Place') }, { organization: ref('Organization') }, { person: ref('Person') }],
      });
    await keeps(read, change, ['Person', 'Place'].map((name) => uuidOf(world.ids[name] ?? '')).sort());
  });

  test('authors', async () => {
    const authors = [{ person: ref('Person') }, { organization: ref('Organization') }];
    const { id } = await done(editor, 'createDocument', { title: 'Document', authors });
    const read = () => rows('DocumentAuthor', 'documentId', id, `"position" || ' ' || coalesce("personId", "organizationId")`);
    const other = await done(editor, 'createPerson', { name: 'Other' });
    const change = () =>
      done(editor, 'updateDocument', {
        id,
        authors: [{ person: ref('Person') }, { person: { id: other.id } }, { organization: ref('Organization') }],
      });
    await keeps(read, change, [`0 ${uuidOf(world.ids.Person ?? '')}`]);
    // In another order, too.
    const record = await done(
      editor,
      'updateDocument',
      { id, authors: [...authors].reverse() },
      'authors { nodes { position author { id } } }',
    );
    expect(record.authors).toEqual({
      nodes: [
        { position: 0, author: ref('Organization') },
        { position: 1, author: ref('Person') },
      ],
    });
  });

  test('spans', async () => {
    const { id } = await done(editor, 'addCitation', {
      fact: world.ids.Event,
      document: ref('Document'),
      evidence: [{ exact }, { exact: 'Baghdad' }],
    });
    const read = () => rows('Span', 'citationId', id, `"position" || ' ' || "exact"`);
    await keeps(read, () => done(editor, 'updateCitation', { id, evidence: [{ exact }, { exact: 'announced' }, { exact: 'Baghdad' }] }), [
      `0 ${exact}`,
    ]);
  });

  test('of a title, all languages are replaced', async () => {
    const { id } = await done(editor, 'createEvent', {
      title: [...words('One'), { language: 'fr', text: 'Un' }],
      description: words('One.'),
    });
    const record = await done(
      editor,
      'updateEvent',
      { id, title: [{ language: 'FR', text: 'Un' }] },
      'titles { language text } descriptions { text }',
    );
    expect(record).toMatchObject({ revision: 2, titles: [{ language: 'fr', text: 'Un' }], descriptions: [{ text: 'One.' }] });
  });
});
