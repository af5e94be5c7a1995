import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStatement } from '../../src/statements/write.ts';
import { ask, run } from '../support/ask.ts';
import { Random, seed, words } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { uuidOf } from '../support/filters.ts';
import { Oracle } from '../support/oracle.ts';

// What a search finds is compared with PostgreSQL's own functions over the texts themselves, without the
// entries that triggers keep.

let database: TestDatabase;
let oracle: Oracle;
const random = new Random(seed);

beforeAll(async () => {
  database = await openFilledDatabase(12);
  oracle = await Oracle.load(database);
});

afterAll(() => database?.close());

interface Hit {
  score: number;
  highlight: { text: string; isMatch: boolean }[];
  record: { __typename: string; id: string };
}

async function find(query: string, args = ''): Promise<Hit[]> {
  const operation = `query ($query: String!) { search(query: $query, first: 100 ${args}) { totalCount nodes { score highlight { text isMatch } record { __typename id } } } }`;
  const { search } = await run<{ search: { totalCount: number; nodes: Hit[] } }>(database, operation, { query });
  expect(search.totalCount).toBe(search.nodes.length);
  expect(search.nodes.length).toBeLessThan(100);
  return search.nodes;
}

const idsOf = (hits: readonly Hit[]) => hits.map(({ record }) => uuidOf(record.id)).sort();

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const configs = [
  ['french', 'fr'],
  ['english', 'en'],
  ['spanish', 'es'],
  ['german', 'de'],
  ['arabic', 'ar'],
];
const configOf = (column: string) =>
  `CASE split_part(${column}, '-', 1) ${configs.map(([config, language]) => `WHEN '${language}' THEN '${config}'`).join(' ')} ELSE 'simple' END`;

/** The published statements of which one text has all the words, in a form of its language, with or without accents. */
async function statementsWith(query: string, languages?: string[]): Promise<string[]> {
  const match = (config: string) =>
    `to_tsvector((${config})::regconfig, body) @@ plainto_tsquery((${config})::regconfig, ${literal(query)})`;
  const ofLanguages = languages ? `AND config IN ('simple', ${languages.map((language) => configOf(literal(language))).join()})` : '';
  const rows = await database.raw(`SELECT DISTINCT id FROM (
      SELECT s.id, "status", ${configOf('"language"')} AS config, "text" AS body FROM "Statement" AS s
      UNION ALL SELECT s.id, "status", ${configOf('s."language"')}, "attributionText" FROM "Statement" AS s
      UNION ALL SELECT s.id, "status", ${configOf('t."language"')}, t."text" FROM "Statement" AS s JOIN "Translation" AS t ON t."statementId" = s.id
    ) AS texts WHERE "status" = 'PUBLISHED' ${ofLanguages} AND (${match('config')} OR ${match(`'unaccented_' || config`)})`);
  return rows.map(({ id }) => String(id)).sort();
}

test('the statements that are found are those whose texts have the words', async () => {
  const plain = words.filter((word) => /^[\p{L}\p{M}]+$/u.test(word));
  const bare = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '');
  let found = 0;
  for (const word of plain) {
    const query = random.pick([
      word,
      word.toUpperCase(),
      bare(word),
      `${word} ${random.pick(plain)}`,
      `${bare(word)} ${random.pick(plain).toLowerCase()}`,
    ]);
    const hits = await find(query, 'types: [STATEMENT]');
    expect(idsOf(hits), `"${query}" (VERBATIM_SEED=${seed})`).toEqual(await statementsWith(query));
    expect(hits.every(({ score, record }) => score > 1 && record.__typename === 'Statement')).toBe(true);
    found += hits.length;
    const languages = [random.language(), random.language()];
    const ofThese = await find(query, `types: [STATEMENT], languages: ["${languages.join('", "')}"]`);
    expect(idsOf(ofThese), `"${query}" in ${languages} (VERBATIM_SEED=${seed})`).toEqual(await statementsWith(query, languages));
  }
  expect(found).toBeGreaterThan(plain.length);
});

test('each record is found once, the best first, and only what may be seen', async () => {
  for (const query of ['Irak', 'mission or général', 'Kazimi', 'combat -Irak', 'coalition']) {
    const hits = await find(query);
    expect(hits.length).toBeGreaterThan(0);
    expect(new Set(idsOf(hits)).size).toBe(hits.length);
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { record } of hits) expect(oracle.sees(record.__typename, oracle.get(record.__typename, uuidOf(record.id)))).toBe(true);
  }
});

test('the parts of a highlight are an excerpt of a text of the record, and its matches are of the words', async () => {
  const { raw } = database;
  let matches = 0;
  for (const word of ['Irak', 'missions', 'operacion', 'Général', 'التحالف', 'combat', 'Haus']) {
    for (const { highlight, record } of await find(word)) {
      const texts = await raw(
        `SELECT "text" FROM "SearchEntry" WHERE '${uuidOf(record.id)}' IN ("personId", "organizationId", "eventId", "statementId", "documentId")`,
      );
      const fragments = highlight
        .map(({ text }) => text)
        .join('')
        .split(' … ');
      // PostgreSQL takes what looks like a tag for a blank.
      const isIn = (text: unknown) => fragments.every((fragment) => String(text).replaceAll('<b>', ' ').includes(fragment));
      expect(
        texts.some(({ text }) => isIn(text)),
        JSON.stringify(highlight),
      ).toBe(true);
      for (const { text } of highlight.filter(({ isMatch }) => isMatch)) {
        const [same] =
          await raw(`SELECT bool_or(to_tsvector(c::regconfig, ${literal(text)}) @@ plainto_tsquery(c::regconfig, ${literal(word)})) AS same
          FROM unnest(ARRAY['simple', 'french', 'english', 'spanish', 'german', 'arabic', 'unaccented_simple', 'unaccented_french', 'unaccented_english', 'unaccented_spanish', 'unaccented_german', 'unaccented_arabic']) AS c`);
        expect(same?.same, `${word}: ${text}`).toBe(true);
        matches++;
      }
    }
  }
  expect(matches).toBeGreaterThan(20);
});

describe('a quoted phrase', () => {
  let ids: string[];

  beforeAll(async () => {
    const say = (text: string, language: string) =>
      createStatement(database.prisma, { text, language, quoteType: 'DIRECT', attributionText: 'x', status: 'PUBLISHED' });
    ids = [await say('zebra walrus gnu', 'en'), await say('zèbre morse gnou', 'fr')];
  });

  const phrase = async (query: string) => idsOf(await find(query, 'types: [STATEMENT]'));

  test('is found where its words follow each other', async () => {
    expect(await phrase('"zebra walrus"')).toEqual([ids[0]]);
    expect(await phrase('"walrus gnu"')).toEqual([ids[0]]);
    expect(await phrase('"zebre morse gnou"')).toEqual([ids[1]]);
    expect(await phrase('"walrus zebra"')).toEqual([]);
  });

  // A text is kept twice in a row, with its accents and without, so its last word is followed by its first.
  test('is not found where the text ends with its first word and starts with its last', async () => {
    expect(await phrase('"gnu zebra"')).toEqual([]);
    expect(await phrase('"gnou zèbre"')).toEqual([]);
  });
});

test('no words do harm, however they are put together', async () => {
  const pieces = [
    ...words,
    '"',
    '""',
    '-',
    '--',
    '-"',
    'or',
    'OR',
    '(',
    ')',
    '()',
    '&',
    '&&',
    '|',
    '!',
    '!!',
    ':*',
    '<->',
    '<2>',
    '\\',
    "'",
    '*',
    '%',
    '\t',
    '\n',
    '\u200f',
    '\ud800',
    '\ue000',
    '\ue001',
    '…',
  ];
  for (let i = 0; i < 60; i++) {
    const query = random
      .list(1 + random.below(8), () => random.pick(pieces))
      .join(random.pick([' ', '', ' ']))
      .slice(0, 500);
    const operation = 'query ($query: String!) { search(query: $query, first: 3) { totalCount nodes { score highlight { text } } } }';
    const { errors } = await ask(database, operation, { query });
    expect(
      errors.map(({ extensions, message }) => extensions.code ?? message).filter((code) => code !== 'INVALID_QUERY'),
      JSON.stringify(query),
    ).toEqual([]);
  }
});
