import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BrokenRule } from '../../src/record/rule.ts';
import { reviewColumns } from '../../src/statements/write-review.ts';
import { type Asked, as, ask, refused, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { askTo, done, type Input, mistake, mutate } from './mutate.ts';
import { hashes } from './tables.ts';
import { makeWorld, type World } from './world.ts';

// What fact checks found of a statement, through GraphQL; the editors' review is tested in review.test.ts.

let database: TestDatabase;
let editor: Asked;
let contributor: Asked;
let world: World;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  contributor = as(database, 'CONTRIBUTOR');
  world = await makeWorld(editor, 'world', { publish: true });
});

afterAll(() => database?.close());

const ref = (name: string) => ({ id: world.ids[name] });
const document = async (title: string, more: Input = {}) => (await done(editor, 'createDocument', { title, publish: true, ...more })).id;
const review = async (input: Input) => ({ statement: ref('Statement2'), document: { id: await document('A fact check') }, ...input });

const fields = `rating ratingValue bestRating worstRating date
  reviewer { __typename name } statement { id } document { id } revisions { nodes { number model } }`;

test('a review is told of its statement, its document and its reviewer', async () => {
  const at = await document('Fact check');
  const record = await done(
    editor,
    'addReview',
    {
      statement: ref('Statement2'),
      document: { id: at },
      reviewer: { organization: ref('Organization') },
      rating: 'Mostly false',
      ratingValue: 2,
      bestRating: 5,
      worstRating: 1,
      date: '2021-12~',
      publish: true,
    },
    fields,
  );
  expect(record).toMatchObject({
    __typename: 'Review',
    status: 'PUBLISHED',
    rating: 'Mostly false',
    ratingValue: 2,
    bestRating: 5,
    worstRating: 1,
    date: '2021-12~',
    reviewer: { __typename: 'Organization', name: 'world Organization' },
    statement: ref('Statement2'),
    document: { id: at },
    revisions: { nodes: expect.arrayContaining([{ number: 1, model: 'Review' }]) },
  });
  const { id } = record;
  const list = '{ totalCount nodes { id } }';
  const answer = await run<Record<string, { reviews: unknown }>>(
    database,
    `query ($statement: ID!, $document: ID!, $organization: ID!, $id: ID!) {
      statement: node(id: $statement) { ... on Statement { reviews ${list} } }
      document: node(id: $document) { ... on Document { reviews ${list} } }
      reviewer: node(id: $organization) { ... on Actor { reviews(where: { id: { eq: $id } }) ${list} } }
      review(by: { id: $id }) { id rating }
    }`,
    { statement: world.ids.Statement2, document: at, organization: world.ids.Organization, id },
  );
  const found = { reviews: { totalCount: 1, nodes: [{ id }] } };
  expect(answer).toEqual({ statement: found, document: found, reviewer: found, review: { id, rating: 'Mostly false' } });
});

test('reviews are found by what they say, and statements by their reviews', async () => {
  const low = (await done(editor, 'addReview', await review({ rating: 'Pants on fire', ratingValue: -1, date: '2019', publish: true }))).id;
  const high = (await done(editor, 'addReview', await review({ ratingValue: 99.5, date: '2020', publish: true }))).id;
  const ids = async (where: string) => {
    const { reviews } = await run<{ reviews: { nodes: { id: string }[] } }>(
      database,
      `{ reviews(where: { ${where} }, orderBy: [{ by: DATE, direction: ASC }]) { nodes { id } } }`,
    );
    return reviews.nodes.map((node) => node.id);
  };
  expect(await ids('ratingValue: { lt: 0 }')).toEqual([low]);
  expect(await ids('ratingValue: { lte: -1 }')).toEqual([low]);
  expect(await ids('or: [{ ratingValue: { gt: 99 } }, { rating: { contains: "on fire" } }]')).toEqual([low, high]);
  expect(await ids('ratingValue: { gte: 99.5, eq: 99.5 }, rating: { isNull: true }')).toEqual([high]);
  expect(await ids('date: { before: "2020" }')).toEqual([low]);
  expect(await ids('reviewer: { isNull: true }, date: { overlaps: "2019/2020" }')).toEqual([low, high]);
  const statements = await run(
    database,
    `{ some: statements(where: { reviews: { some: { ratingValue: { gt: 99 } } } }) { nodes { id } }
       none: statements(where: { reviews: { none: {} } }) { totalCount } }`,
  );
  expect(statements).toEqual({ some: { nodes: [ref('Statement2')] }, none: { totalCount: 0 } });
});

test('a draft waits in the queue, and is published with its statement', async () => {
  const said = { text: 'It rains.', language: 'en', quoteType: 'DIRECT', attributionText: 'she' };
  const statement = await done(contributor, 'createStatement', said);
  const at = await document('Checked');
  const { id } = await done(contributor, 'addReview', { statement: { id: statement.id }, document: { id: at }, rating: 'True' });
  const { reviewQueue } = await run<{ reviewQueue: { nodes: unknown[] } }>(
    editor,
    '{ reviewQueue(where: { model: { eq: REVIEW } }) { nodes { isChange record { __typename id } changes { model changes { field after } } } } }',
  );
  expect(reviewQueue.nodes).toMatchObject([
    {
      isChange: false,
      record: { __typename: 'Review', id },
      changes: [{ model: 'Review', changes: expect.arrayContaining([{ field: 'rating', after: 'True' }]) }],
    },
  ]);
  expect(await mistake(editor, 'publish', { id })).toMatchObject({ code: 'NOT_PUBLISHED', message: expect.stringContaining('statement') });
  const { published } = await mutate(editor, 'publish', { id: statement.id, withLinks: true });
  expect(published.map((each) => each.id)).toEqual([statement.id, id]);
  const own = await mutate(contributor, 'updateReview', { id, rating: 'Half true' });
  expect(own.proposal).toMatchObject({
    status: 'WAITING',
    changes: [{ model: 'Review', changes: [{ before: 'True', after: 'Half true' }] }],
  });
});

test('it is changed, taken back, published and brought back as it was', async () => {
  const made = await done(editor, 'addReview', await review({ rating: 'True', ratingValue: 1, publish: true }));
  const { id } = made;
  const asOf = new Date(Date.now() + 1).toISOString();
  await sleep(5);
  expect(await done(editor, 'updateReview', { id, rating: null, reviewer: { person: ref('Person') }, date: '2021' }, fields)).toMatchObject(
    {
      revision: made.revision + 1,
      rating: null,
      ratingValue: 1,
      date: '2021',
      reviewer: { __typename: 'Person' },
    },
  );
  const then = await run(database, `{ review(by: { id: "${id}" }, asOf: "${asOf}") { rating date reviewer { name } } }`);
  expect(then).toEqual({ review: { rating: 'True', date: null, reviewer: null } });
  await done(editor, 'retract', { id, reason: 'The check was wrong.' });
  expect(await refused(database, `{ review(by: { id: "${id}" }) { id } }`)).toMatchObject({ code: 'RETRACTED' });
  await done(editor, 'publish', { id });
  const back = await done(editor, 'revert', { id, revision: made.revision }, '... on Review { rating date reviewer { name } }');
  expect(back).toMatchObject({ rating: 'True', date: null, reviewer: null, status: 'PUBLISHED' });
});

test('a reviewer that may not be seen is not told', async () => {
  const person = await done(editor, 'createPerson', { name: 'SECRET', publish: true });
  const { id } = await done(editor, 'addReview', await review({ reviewer: { person: { id: person.id } }, rating: 'True', publish: true }));
  await done(editor, 'retract', { id: person.id, reason: 'Nobody.' });
  const { data, errors } = await ask(database, `{ review(by: { id: "${id}" }) { rating reviewer { name } } }`);
  expect({ data, errors }).toEqual({ data: { review: { rating: 'True', reviewer: null } }, errors: [] });
  // A document doesn't speak of who reviews.
  const mentioned = await run(database, `{ node(id: "${id}") { ... on Review { document { mentions { totalCount } } } } }`);
  expect(mentioned).toEqual({ node: { document: { mentions: { totalCount: 0 } } } });
});

describe('what is wrong is refused, and changes nothing', () => {
  const cases: [what: string, input: Input, code: string, path: string][] = [
    ['nothing is said', {}, 'REQUIRED', 'rating'],
    ['a rating that is blank', { rating: ' ' }, 'REQUIRED', 'rating'],
    ['a scale without a value', { bestRating: 5, worstRating: 1 }, 'REQUIRED', 'rating'],
    ['a scale that is upside down', { ratingValue: 2, bestRating: 1, worstRating: 5 }, 'INVALID_VALUE', 'worstRating'],
    ['a statement that isn’t named by an id', { rating: 'True', statement: { id: 'Person' } }, 'NOT_FOUND', 'statement'],
    ['a document that isn’t there', { rating: 'True', document: { url: 'https://example.org/nowhere' } }, 'NOT_FOUND', 'document'],
    ['a statement that the document reviews already', { rating: 'True', statement: 'Statement' }, 'ALREADY_LINKED', ''],
  ];

  test.each(cases)('%s', async (_what, given, code, path) => {
    const statement = given.statement === 'Statement' ? ref('Statement') : (given.statement ?? ref('Statement2'));
    const before = await hashes(database);
    const found = await mistake(editor, 'addReview', { document: ref('Document'), ...given, statement });
    expect({ code: found.code, path: found.path.join('.') }).toEqual({ code, path });
    expect(await hashes(database)).toEqual(before);
  });

  test.each([
    [{ rating: 'True', ratingValue: 'high' }, /Float/],
    [{ rating: 'True', date: '9/12/2021' }, /9\/12\/2021/],
    [{ rating: 'True', reviewer: {} }, /ActorRef/],
    [{ rating: 'True', statement: null }, /statement/],
  ] as const)('by the request: %o', async (given, message) => {
    const { data, errors } = await askTo(editor, 'addReview', { statement: ref('Statement2'), document: ref('Document'), ...given });
    expect(data).toBeNull();
    expect(errors[0]?.message).toMatch(message);
  });

  test('what no longer says anything after a change', async () => {
    const { id } = await done(editor, 'addReview', await review({ ratingValue: 0, bestRating: 1, publish: true }));
    expect(await mistake(editor, 'updateReview', { id, ratingValue: null })).toMatchObject({ code: 'REQUIRED', path: ['rating'] });
    expect(await mistake(editor, 'updateReview', { id, worstRating: 2 })).toMatchObject({ code: 'INVALID_VALUE', path: ['worstRating'] });
    expect(await done(editor, 'updateReview', { id, worstRating: 1, rating: 'No' }, fields)).toMatchObject({
      rating: 'No',
      worstRating: 1,
    });
  });

  test('numbers that JSON says and nothing holds', () => {
    for (const name of ['ratingValue', 'bestRating', 'worstRating']) {
      for (const value of [JSON.parse('1e999'), -Number.MAX_VALUE * 2, Number.NaN]) {
        const columns = () => reviewColumns({ rating: 'True', [name]: value });
        expect(columns, `${name}: ${value}`).toThrow(expect.objectContaining({ code: 'INVALID_VALUE', path: [name] }));
        expect(columns).toThrow(BrokenRule);
      }
    }
  });
});

describe('the identifiers of a statement', () => {
  test('name it, and are filtered by', async () => {
    const identifier = { scheme: 'claim', value: '2021-12-09/1' };
    const said = { text: 'It snows.', language: 'en', quoteType: 'DIRECT', attributionText: 'she' };
    const made = await done(
      editor,
      'createStatement',
      { ...said, identifiers: [identifier], publish: true },
      'identifiers { scheme value }',
    );
    expect(made.identifiers).toEqual([identifier]);
    const answer = await run(
      database,
      `query ($identifier: IdentifierRef!) {
        statement(by: { identifier: $identifier }) { id }
        statements(where: { identifiers: { some: { scheme: { eq: "claim" } } } }) { nodes { id } }
      }`,
      { identifier },
    );
    expect(answer).toEqual({ statement: { id: made.id }, statements: { nodes: [{ id: made.id }] } });
    // Also in an input, and another record can't have it.
    const at = await document('By an identifier');
    const checked = await done(
      editor,
      'addReview',
      { statement: { identifier }, document: { id: at }, rating: 'True' },
      'statement { id }',
    );
    expect(checked.statement).toEqual({ id: made.id });
    expect(await mistake(editor, 'addIdentifier', { record: world.ids.Person, ...identifier })).toMatchObject({ code: 'TAKEN' });
    expect(await mistake(editor, 'createStatement', { ...said, identifiers: [identifier] })).toMatchObject({
      code: 'TAKEN',
      path: ['identifiers'],
    });
  });

  test('change with it, and come back with it', async () => {
    const asked = 'identifiers { id scheme value }';
    const record = world.ids.Statement2;
    const on = `... on Statement { ${asked} }`;
    const added = await done(editor, 'addIdentifier', { record, scheme: 'doi', value: '10.1/a' }, on);
    const [one] = added.identifiers as { id: string }[];
    const changed = await done(editor, 'updateIdentifier', { id: one?.id, value: '10.1/b' }, on);
    expect(changed).toMatchObject({ revision: added.revision + 1, identifiers: [{ value: '10.1/b' }] });
    const { removedId, record: without } = await mutate(editor, 'removeIdentifier', { id: one?.id }, on);
    expect({ removedId, identifiers: without?.identifiers }).toEqual({ removedId: one?.id, identifiers: [] });
    const back = await done(editor, 'revert', { id: record, revision: added.revision }, on);
    expect(back.identifiers).toMatchObject([{ id: one?.id, scheme: 'doi', value: '10.1/a' }]);
  });
});
