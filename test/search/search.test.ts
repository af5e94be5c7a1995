import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocument } from '../../src/documents/write.ts';
import { createEvent } from '../../src/events/write.ts';
import { createPerson } from '../../src/people/write.ts';
import { createStatement } from '../../src/statements/write.ts';
import { graphql } from '../generated/gql.ts';
import { refused, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const Search = graphql(`
  query FindAnything($query: String!, $types: [SearchType!], $languages: [Language!]) {
    search(query: $query, types: $types, languages: $languages, first: 50) {
      totalCount
      nodes {
        score
        highlight {
          text
          isMatch
        }
        record {
          __typename
          ... on Actor {
            name
          }
          ... on Statement {
            text
          }
          ... on Event {
            title {
              text
            }
          }
          ... on Document {
            documentTitle: title
          }
        }
      }
    }
  }
`);

const published = { status: 'PUBLISHED' } as const;
let database: TestDatabase;
let kadhimi: string;
let spanish: string;

beforeAll(async () => {
  database = await openTestDatabase();
  const { prisma } = database;
  kadhimi = await createPerson(prisma, {
    ...published,
    name: 'Mustafa al-Kadhimi',
    sortName: 'Kadhimi',
    summary: { en: 'A prime minister.' },
  });
  await createPerson(prisma, { ...published, name: 'Jürgen Müller', sortName: 'Müller' });
  await createPerson(prisma, { name: 'Draft Kadhimi', sortName: 'Kadhimi' });
  const say = (text: string, language: string) =>
    createStatement(prisma, { ...published, text, language, quoteType: 'DIRECT', attributionText: 'someone' });
  await say('Les forces américaines continueront à fournir un soutien aérien', 'fr');
  await say('American forces are running operations together', 'en');
  spanish = await say('Las operaciones terminaron ayer', 'es');
  await say('Die Einsätze wurden beendet', 'de');
  await say('انتهت المهمات القتالية في العراق', 'ar');
  await say('Operacje zakończyły się wczoraj', 'pl');
  await createEvent(prisma, {
    ...published,
    title: { en: 'End of the missions', fr: 'Fin des missions' },
    description: { fr: 'Les soldats restent.' },
  });
  await createDocument(prisma, { ...published, title: 'Un rapport', language: 'fr', text: 'Le texte parle longuement des hélicoptères.' });
});
afterAll(() => database.close());

/** What was found, by name, words or title. */
async function find(
  query: string,
  rest: { types?: ('PERSON' | 'STATEMENT' | 'EVENT' | 'DOCUMENT' | 'ORGANIZATION')[]; languages?: string[] } = {},
) {
  const { search } = await run(database, Search, { query, ...rest });
  expect(search.totalCount).toBe(search.nodes.length);
  return search.nodes.map(({ record, ...hit }) => ({ ...hit, found: nameOf(record) }));
}

function nameOf(record: object): string {
  const { name, text, title, documentTitle } = record as { name?: string; text?: string; title?: { text: string }; documentTitle?: string };
  return name ?? text ?? title?.text ?? documentTitle ?? '';
}

const found = async (...args: Parameters<typeof find>) => (await find(...args)).map((hit) => hit.found);

describe('words', () => {
  test.each([
    ['force americaine', 'Les forces américaines continueront à fournir un soutien aérien'],
    ['FORCES AMÉRICAINES', 'Les forces américaines continueront à fournir un soutien aérien'],
    ['run operation', 'American forces are running operations together'],
    ['operación terminar', 'Las operaciones terminaron ayer'],
    ['einsatz beendet', 'Die Einsätze wurden beendet'],
    ['المهمات القتالية', 'انتهت المهمات القتالية في العراق'],
    ['operacje', 'Operacje zakończyły się wczoraj'],
    ['"soutien aérien"', 'Les forces américaines continueront à fournir un soutien aérien'],
    ['hélicoptère', 'Un rapport'],
    ['mission', 'End of the missions'],
    ['soldat', 'End of the missions'],
  ])('%s', async (query, text) => {
    expect(await found(query)).toContain(text);
  });

  test('must all be there, in that order when quoted, and not be there after a minus', async () => {
    expect(await found('forces helicopters')).toEqual([]);
    expect(await found('"aérien soutien"')).toEqual([]);
    expect(await found('forces -américaines')).toEqual(['American forces are running operations together']);
    expect((await found('hélicoptère or einsatz')).sort()).toEqual(['Die Einsätze wurden beendet', 'Un rapport']);
  });

  test('in another form are those of the text’s own language only', async () => {
    // "runs" is a form of "running" in English; the Polish text has no forms but its own.
    expect(await found('operacja')).toEqual([]);
  });

  test('of one language or one kind can be asked for', async () => {
    expect(await found('forces', { languages: ['fr'] })).toEqual(['Les forces américaines continueront à fournir un soutien aérien']);
    expect(await found('forces', { types: ['EVENT', 'PERSON'] })).toEqual([]);
    expect(await found('Kadhimi', { types: ['PERSON'], languages: ['de'] })).toEqual(['Mustafa al-Kadhimi']);
  });
});

describe('names', () => {
  test.each([
    ['Kazimi', 'Mustafa al-Kadhimi'],
    ['kadimi', 'Mustafa al-Kadhimi'],
    ['Muller', 'Jürgen Müller'],
    ['Mueler', 'Jürgen Müller'],
  ])('%s is similar to %s', async (query, name) => {
    expect(await found(query)).toEqual([name]);
  });

  test('that are there rank above names that are similar', async () => {
    const [exact] = await find('Kadhimi');
    const [similar] = await find('Kazimi');
    expect(exact?.score).toBeGreaterThan(1);
    expect(similar?.score).toBeLessThan(1);
  });
});

test('the highlight shows the words that were found, and the parts are an excerpt of the text', async () => {
  const [hit] = await find('force americaine');
  expect(hit?.highlight.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(['forces', 'américaines']);
  expect('Les forces américaines continueront à fournir un soutien aérien').toContain(hit?.highlight.map(({ text }) => text).join(''));
});

test('a record is found once, however many of its texts have the words', async () => {
  expect(await found('missions')).toEqual(['End of the missions']);
});

test.each(['"', '(((', '& | ! <->', "'; DROP TABLE", '😀', '-', 'or', '\\', 'a'.repeat(500), '%', ':*'])(
  '%s does no harm',
  async (query) => {
    await find(query);
  },
);

test('nothing and too much are refused', async () => {
  expect(await refused(database, Search, { query: ' ' })).toMatchObject({ code: 'INVALID_QUERY', path: ['search'] });
  expect(await refused(database, Search, { query: 'a'.repeat(501) })).toMatchObject({ code: 'INVALID_QUERY' });
});

test('what is searched follows the record', async () => {
  const { prisma } = database;
  const name = await prisma.name.create({ data: { personId: kadhimi, name: 'Zanzibar', kind: 'ALIAS' } });
  expect(await found('zanzibar')).toEqual(['Mustafa al-Kadhimi']);
  await prisma.name.update({ where: { id: name.id }, data: { name: 'Honolulu' } });
  expect(await found('zanzibar')).toEqual([]);
  expect(await found('honolulu')).toEqual(['Mustafa al-Kadhimi']);
  await prisma.name.delete({ where: { id: name.id } });
  expect(await found('honolulu')).toEqual([]);

  await prisma.translation.create({ data: { statementId: spanish, language: 'en', text: 'The operations ended yesterday' } });
  expect(await found('yesterday')).toEqual(['Las operaciones terminaron ayer']);
  await prisma.statement.update({ where: { id: spanish }, data: { status: 'DRAFT' } });
  expect(await found('yesterday')).toEqual([]);
  await prisma.statement.update({ where: { id: spanish }, data: { status: 'PUBLISHED', text: 'Las batallas terminaron' } });
  expect(await found('batalla')).toEqual(['Las batallas terminaron']);
});
