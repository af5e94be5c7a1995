import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../src/auth/write.ts';
import { type HttpAnswer, type RunningServer, startServer } from '../server/start.ts';
import { as, ask, run } from '../support/ask.ts';
import { Random, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { globalId } from '../support/filters.ts';
import { Oracle } from '../support/oracle.ts';

// What a gateway asks for with `_entities`, against what a client is answered who asks for one record at a time.

type Representation = { __typename: string; id?: string; wikidataId?: string; url?: string };

let database: TestDatabase;
let server: RunningServer;
let oracle: Oracle;

/** Everything that can be named, and a good deal that can't. */
let representations: Representation[];

const entities = ['Person', 'Organization', 'Place', 'Event', 'Statement', 'Document', 'Review'];
const mergeable = ['Person', 'Organization', 'Place', 'Event', 'Document'];

beforeAll(async () => {
  database = await openFilledDatabase(24);
  // In each noun three are one in the end, and two more are part of what may not be seen.
  for (const type of mergeable) {
    const before = await Oracle.load(database);
    const [last, ...duplicates] = before.seen(type);
    const hidden = before.all(type).find(({ status }) => status === 'DRAFT');
    const [a, b, c] = duplicates.splice(-3);
    const merge = (from?: { id: string }, into?: { id: string }) =>
      database.raw(`UPDATE "${type}" SET "status" = 'MERGED', "mergedIntoId" = '${into?.id}' WHERE id = '${from?.id}'`);
    await merge(a, b);
    await merge(b, last);
    await merge(c, hidden);
  }
  await run(
    as(database, 'CONTRIBUTOR'),
    'mutation { createPerson(input: { name: "Mine", sortName: "Mine", identifiers: [{ scheme: "wikidata", value: "Q1000" }] }) { errors { message } } }',
  );
  oracle = await Oracle.load(database);
  const random = new Random(seed);
  const named = entities.flatMap((type) => oracle.all(type).map(({ id }) => ({ __typename: type, id: globalId(type, id) })));
  const onWikidata = oracle.all('Identifier').flatMap(({ scheme, value, ...columns }): Representation[] => {
    const type = mergeable.find((each) => columns[`${each.charAt(0).toLowerCase()}${each.slice(1)}Id`]);
    if (scheme !== 'wikidata' || !type) return [];
    const wikidataId = String(value);
    // An identifier of one noun is none of another.
    return [
      { __typename: type, wikidataId },
      { __typename: type === 'Place' ? 'Person' : 'Place', wikidataId },
    ];
  });
  const onTheWeb = oracle.all('Document').flatMap(({ url }) => (url ? [{ __typename: 'Document', url: String(url) }] : []));
  const unknown = entities.map((type) => ({ __typename: type, id: globalId(type, random.uuid()) }));
  const nowhere = [
    ...mergeable.map((type) => ({ __typename: type, wikidataId: 'Q0' })),
    { __typename: 'Document', url: 'https://example.org/%' },
  ];
  representations = random.shuffled([...named, ...onWikidata, ...onTheWeb, ...unknown, ...nowhere]);
  server = await startServer(database, { nodes: 1_000_000 });
}, 120_000);

afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** What is asked of each, also through relations; a field that several types have needs a name of its own. */
const fields = `__typename
  ... on Person { id name wikidataId identifiers { value } memberships(first: 2) { totalCount nodes { organization { name } } } }
  ... on Organization { id name made: statements(first: 2) { nodes { text speaker { name } } } }
  ... on Place { id name parent { name } here: events(first: 1) { nodes { date } } }
  ... on Event { id date participations(first: 2) { nodes { participant { name } } } }
  ... on Statement { id text speaker { name ... on Person { familyName } } appearances(first: 2) { nodes { document { url } } } }
  ... on Document { id url title within: statements(first: 2) { nodes { text } } }
  ... on Review { id rating statement { text } reviewer { name } }
  ... on Record { revision }`;
const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`;

type Found = (Record<string, unknown> | null)[];
const found = ({ body }: HttpAnswer) => body.data?._entities as Found;

/** What a client gets who asks for each by itself, in the words that clients have. */
async function alone(asked: Parameters<typeof ask>[0], each: Representation): Promise<unknown> {
  const { __typename: type, id, wikidataId, url } = each;
  const noun = type.toLowerCase();
  const [call, variables] = id
    ? [`query ($id: ID!) { found: node(id: $id)`, { id }]
    : [
        `query ($by: ${type}Ref!) { found: ${noun}(by: $by)`,
        { by: url ? { url } : { identifier: { scheme: 'wikidata', value: wikidataId } } },
      ];
  const own = id ? fields : fields.replace(/\.\.\. on (?!Record)(\w+) \{ id .*\n/g, (line, of) => (of === type ? line : ''));
  const { data, errors } = await ask(asked, `${call} { ${own} } }`, variables);
  for (const { extensions } of errors) expect(['NOT_FOUND', 'RETRACTED'], JSON.stringify(each)).toContain(extensions.code);
  return data?.found ?? null;
}

const thousand = () => Array.from({ length: 1_000 }, (_, i) => representations[i % representations.length] as Representation);

/** The statements that read the record. */
const reads = () => database.statements.filter((sql) => !/^(BEGIN|COMMIT)|"Token"/.test(sql));

describe('a thousand representations by all keys, some merged, some hidden, some not there', () => {
  test('take one SQL statement for the keys, and one for each noun', async () => {
    database.statements.length = 0;
    const answer = await server.ask(query, { representations: thousand() });
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
    expect(reads()).toHaveLength(1 + entities.length);
    expect(new Set(found(answer).map((each) => each?.__typename))).toEqual(new Set([...entities, undefined]));
  });

  test('also of one noun by one key, and when nothing is there', async () => {
    const of = async (given: Representation[]) => {
      database.statements.length = 0;
      expect((await server.ask(query, { representations: given })).body.errors).toBeUndefined();
      return reads().length;
    };
    expect(await of(thousand().map(() => representations.find(({ id }) => id) as Representation))).toBe(2);
    expect(await of(thousand().map((_each, i) => ({ __typename: 'Event', wikidataId: `Q00${i}` })))).toBe(1);
    expect(await of([])).toBe(0);
  });

  test('lead to what a merged record is part of, by chains too', async () => {
    for (const type of mergeable) {
      const merged = oracle.all(type).filter(({ status }) => status === 'MERGED');
      const given = merged.map(({ id }) => ({ __typename: type, id: globalId(type, id) }));
      const answers = found(await server.ask(query, { representations: given }));
      const seen = answers.filter((each) => each !== null).map(({ id }) => id);
      expect([merged.length, seen.length, new Set(seen).size], type).toEqual([3, 2, 1]);
    }
  });
});

describe('a representation that can’t be read', () => {
  test('has an error in its place, and the others are answered', async () => {
    const good = { __typename: 'Person', id: globalId('Person', oracle.seen('Person')[0]?.id ?? '') };
    const wrong: [unknown, string, RegExp][] = [
      [{ ...good, __typename: 'Nobody' }, 'INVALID_REPRESENTATION', /^`__typename` is "Nobody"; the entities here are Person, /],
      [{ ...good, __typename: 'constructor' }, 'INVALID_REPRESENTATION', /^`__typename` is "constructor"/],
      [{ ...good, __typename: 'Membership' }, 'INVALID_REPRESENTATION', /^`__typename` is "Membership"/],
      [{ id: good.id }, 'INVALID_REPRESENTATION', /^`__typename` is absent/],
      [{ __typename: 'Person' }, 'INVALID_REPRESENTATION', /^The representation of a Person has no key\. It needs `id` or `wikidataId`\.$/],
      [{ __typename: 'Review', wikidataId: 'Q1' }, 'INVALID_REPRESENTATION', /has no key\. It needs `id`\.$/],
      [{ __typename: 'Document', url: 7 }, 'INVALID_REPRESENTATION', /^The key `url` is 7; it has to be a text\.$/],
      [{ __typename: 'Person', wikidataId: { eq: 'Q1' } }, 'INVALID_REPRESENTATION', /^The key `wikidataId` is \{"eq":"Q1"\}/],
      [{ __typename: 'Person', id: 'x' }, 'INVALID_ID', /is not an id of this server/],
      [{ __typename: 'Place', id: good.id }, 'INVALID_ID', /is the id of a Person/],
      ['Person', 'INVALID_REPRESENTATION', /^A representation is an object/],
      [[good], 'INVALID_REPRESENTATION', /^A representation is an object/],
    ];
    const answer = await server.ask('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { id } } }', {
      r: [good, ...wrong.map(([each]) => each), good],
    });
    expect(answer.status).toBe(200);
    expect(found(answer)).toEqual([{ id: good.id }, ...wrong.map(() => null), { id: good.id }]);
    const errors = [...(answer.body.errors ?? [])].sort((a, b) => Number(a.path?.[1]) - Number(b.path?.[1]));
    expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual(
      wrong.map(([, code], i) => [['_entities', i + 1], code]),
    );
    errors.forEach(({ message }, i) => void expect(message).toMatch(wrong[i]?.[2] ?? /^$/));
  });

  test('is null without an error when it says that there is no key', async () => {
    const answer = await server.ask(query, { representations: [{ __typename: 'Person', wikidataId: null }] });
    expect(answer.body).toEqual({ data: { _entities: [null] } });
    const person = oracle.seen('Person')[0]?.id ?? '';
    const either = [
      { __typename: 'Person', id: null, wikidataId: 'Q0' },
      { __typename: 'Person', wikidataId: null, id: globalId('Person', person) },
    ];
    expect(found(await server.ask(query, { representations: either })).map((each) => each?.id)).toEqual([
      undefined,
      globalId('Person', person),
    ]);
  });
});

describe('the limits', () => {
  const some = (length: number) => Array.from({ length }, (_, i) => ({ __typename: 'Person', wikidataId: `Q0${i}` }));
  const names = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { name } } }';

  test('hold for the representations of all fields together', async () => {
    const more =
      'query ($r: [_Any!]!) { a: _entities(representations: $r) { __typename } b: _entities(representations: $r) { __typename } }';
    const answer = await server.ask(more, { r: some(501) });
    expect([answer.codes, answer.body.errors?.[0]?.extensions?.found]).toEqual([['TOO_MANY_ENTITIES'], 1_002]);
  });

  test('count what a representation holds besides its keys', async () => {
    const ask = (extra: unknown, n = 1) => server.ask(names, { r: some(n).map((each) => ({ ...each, extra })) });
    expect((await ask(1, 1_000)).codes).toEqual([]);
    expect((await ask(Array(1_990).fill(1))).codes).toEqual([]);
    expect((await ask(Array(2_010).fill(1))).codes).toEqual(['TOO_MANY_INPUT_VALUES']);
    expect((await ask([1, 2, 3, 4, 5, 6], 1_000)).codes).toEqual(['TOO_MANY_INPUT_VALUES']);
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
    expect((await ask(deep(19))).codes).toEqual([]);
    expect((await ask(deep(20))).codes).toEqual(['INPUT_TOO_DEEP']);
    expect((await ask('\0')).codes).toEqual(['INVALID_TEXT']);
  });

  test('predict the records below each representation', async () => {
    const standard = await startServer(database);
    const nested = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { statements(first: 9) { nodes { text } } } } }';
    expect((await standard.ask(nested, { r: some(1_000) })).codes).toEqual([]);
    const answer = await standard.ask(nested.replace('9', '10'), { r: some(1_000) });
    expect([answer.codes, answer.body.errors?.[0]?.extensions?.found]).toEqual([['TOO_MANY_NODES'], 11_000]);
    await standard.close();
  });
});

test('what clients need of the schema has nothing for gateways', async () => {
  const { __schema } = await run(database, '{ __schema { queryType { fields { name } } } }');
  expect(JSON.stringify(__schema)).not.toMatch('_entities');
  const served = await server.ask('{ __schema { queryType { fields { name description } } } }');
  expect(served.text).toMatch('_entities');
});

// The last one, since it takes long enough for connections to be closed meanwhile.
test('the representations are answered as one by one, to a reader, a contributor and an editor', async () => {
  const answers: [role: 'READER' | 'CONTRIBUTOR' | 'EDITOR', HttpAnswer][] = [['READER', await server.ask(query, { representations })]];
  for (const role of ['CONTRIBUTOR', 'EDITOR'] as const) {
    const { secret } = await createToken(database.prisma, { name: role.toLowerCase(), role }, null);
    answers.push([role, await server.askAs(secret, query, { representations })]);
  }
  for (const [role, answer] of answers) {
    expect(answer.body.errors).toBeUndefined();
    const all = found(answer);
    // Many for readers, and some for the others.
    for (let i = 0; i < representations.length; i += role === 'READER' ? 2 : 5) {
      const each = representations[i] as Representation;
      expect(all[i], `${role} ${JSON.stringify(each)}`).toEqual(await alone(as(database, role), each));
    }
    // Some of both, so that the comparison says something.
    expect(all.filter((each) => each === null).length).toBeGreaterThan(20);
    expect(all.filter((each) => each !== null).length).toBeGreaterThan(100);
  }
  const counts = answers.map(([, answer]) => found(answer).filter((each) => each !== null).length);
  expect(counts).toEqual([...new Set(counts)].sort((x, y) => x - y));
}, 60_000);
