import { expect, test } from 'vitest';
import { claimreview } from '../../src/exchange/claimreview/claimreview.ts';
import { edtfOf } from '../../src/exchange/claimreview/date.ts';
import type { Entry, ReadOptions } from '../../src/exchange/format.ts';
import { type ExchangeStatement, exchangeRecord } from '../../src/exchange/record.ts';
import { sourceOf } from '../../src/exchange/source.ts';
import { Unreadable } from '../../src/exchange/unreadable.ts';

async function read(files: Record<string, string | Uint8Array>, options: Partial<ReadOptions> = {}) {
  const entries: Entry[] = [];
  for await (const entry of claimreview.read?.(sourceOf(files), { by: 'speech', ...options }) ?? []) entries.push(entry);
  const records = entries.flatMap((entry) => ('record' in entry ? [exchangeRecord.parse(entry.record)] : []));
  return {
    records,
    statements: records.filter((record): record is ExchangeStatement => record.type === 'Statement'),
    problems: entries.flatMap((entry) => ('problem' in entry ? [entry.problem] : [])),
    places: entries.map(({ at }) => `${at.file}:${at.line}:${at.column}`),
    left: Object.fromEntries(entries.flatMap((entry) => ('left' in entry ? [[entry.left, entry.count]] : []))),
  };
}

const readJson = (value: unknown, options: Partial<ReadOptions> = {}) => read({ 'reviews.json': JSON.stringify(value) }, options);

const plain = {
  '@type': 'ClaimReview',
  url: 'https://check.example/1',
  claimReviewed: 'It rains.',
  inLanguage: 'en',
  reviewRating: { alternateName: 'True' },
};

const full = {
  '@context': 'https://schema.org',
  ...plain,
  headline: 'Does it rain?',
  datePublished: '2021-12-10T08:00:00Z',
  author: { '@type': 'Organization', name: 'The Checkers', url: 'https://www.check.example/' },
  reviewBody: 'We looked.',
  reviewRating: { '@type': 'Rating', ratingValue: '2,5', bestRating: 5, worstRating: 1, alternateName: 'Half true', image: 'x.png' },
  itemReviewed: {
    '@type': 'Claim',
    author: { '@type': 'Person', name: 'Ann Example', sameAs: ['https://www.wikidata.org/wiki/Q42', 'https://en.wikipedia.org/wiki/Ann'] },
    datePublished: '2021-12',
    firstAppearance: { '@type': 'SocialMediaPosting', url: 'https://social.example/1', headline: 'Rain' },
    appearance: ['https://news.example/2', { '@id': 'https://social.example/1' }, { '@type': 'VideoObject', name: 'A film' }],
  },
};

test('reads all that a review says of a claim', async () => {
  const { records, problems, left } = await readJson(full);
  expect(problems).toEqual([]);
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
  const website = { scheme: 'website', value: 'check.example' };
  const ann = { scheme: 'wikidata', value: 'Q42' };
  const words = { printedText: 'It rains.', language: 'en', content: [{ exact: 'It rains.' }] };
  expect(records).toEqual([
    { type: 'Organization', id, name: 'The Checkers', identifiers: [website] },
    { type: 'Person', id, name: 'Ann Example', identifiers: [ann] },
    {
      type: 'Document',
      id,
      url: 'https://check.example/1',
      title: 'Does it rain?',
      language: 'en',
      publisher: { identifier: website },
      publishedAt: '2021-12-10T08:00:00Z',
    },
    { type: 'Document', id, url: 'https://social.example/1' },
    { type: 'Document', id, url: 'https://news.example/2' },
    {
      type: 'Statement',
      id,
      text: 'It rains.',
      language: 'en',
      quoteType: 'INDIRECT',
      speaker: { person: { identifier: ann } },
      attributionText: 'Ann Example',
      date: '2021-12',
      identifiers: [{ scheme: 'claimreview', value: expect.stringMatching(/^https:\/\/check\.example\/1#[0-9a-f]{16}$/) }],
      appearances: [
        { id, document: { url: 'https://social.example/1' }, ...words },
        { id, document: { url: 'https://news.example/2' }, ...words },
      ],
      reviews: [
        {
          id,
          document: { url: 'https://check.example/1' },
          reviewer: { organization: { identifier: website } },
          rating: 'Half true',
          ratingValue: 2.5,
          bestRating: 5,
          worstRating: 1,
          date: '2021-12-10T08:00:00Z',
        },
      ],
    },
  ]);
  expect(left).toEqual({
    'ClaimReview.reviewBody': 1,
    'reviewRating.image': 1,
    'itemReviewed.author.sameAs, not of Wikidata': 1,
    'appearance.(without an address)': 1,
  });
});

test('finds reviews alone, in lists, graphs and data feeds', async () => {
  const other = { ...plain, url: 'https://check.example/2' };
  const wrapped: unknown[] = [
    [plain, other],
    [[plain], { '@graph': [other] }],
    { '@context': 'x', '@graph': [plain, { '@type': 'WebPage' }, other] },
    { '@graph': { '@graph': [plain, other] } },
    { '@type': 'DataFeed', dataFeedElement: [{ '@type': 'DataFeedItem', item: [plain] }, { item: other }], name: 'A feed' },
    { dataFeedElement: { item: [plain, other] } },
  ];
  for (const value of wrapped) {
    const { statements, problems } = await readJson(value);
    expect(problems).toEqual([]);
    expect(statements.map(({ reviews }) => reviews?.[0]?.document)).toEqual([{ url: plain.url }, { url: other.url }]);
  }
  const lines = await read({ 'a.jsonl': `${JSON.stringify(plain)}\n\n[${JSON.stringify(other)}]\n` });
  expect(lines.statements).toHaveLength(2);
  expect((await readJson({ '@graph': [{ '@type': 'WebPage' }, 1, {}] })).left).toEqual({
    'other things.WebPage': 1,
    'other things.things without a type': 1,
  });
  expect((await readJson({ ...plain, '@type': ['http://schema.org/ClaimReview'] })).statements).toHaveLength(1);
});

test('tells where each is', async () => {
  const { places } = await read({ 'a.json': `[\n  ${JSON.stringify(plain)},\n  {"@type": "ClaimReview"}]` });
  expect(places).toEqual(['a.json:2:3', 'a.json:2:3', 'a.json:3:3']);
});

test('values may have the shapes that JSON-LD and people give them', async () => {
  const { statements, problems } = await readJson({
    '@type': ['schema:ClaimReview'],
    'http://schema.org/url': { '@id': 'https://check.example/1' },
    'schema:claimReviewed': [{ '@value': ' It rains. ', '@language': 'en' }],
    inLanguage: { '@type': 'Language', name: 'English', alternateName: 'en_GB' },
    author: 'The Checkers',
    reviewRating: [{ ratingValue: 'False', bestRating: '' }],
    itemReviewed: { author: ['Ann', 'Ben'], datePublished: ['2021'] },
  });
  expect(problems).toEqual([]);
  expect(statements).toMatchObject([{ text: 'It rains.', language: 'en-GB', attributionText: 'Ann', date: '2021' }]);
  expect(statements[0]?.reviews).toEqual([{ id: expect.any(String), document: { url: 'https://check.example/1' }, rating: 'False' }]);
});

test('a claim of nobody is attributed in brackets', async () => {
  expect((await readJson(plain)).statements).toMatchObject([{ attributionText: '[not named by the review]' }]);
});

test('a name alone is nobody’s record', async () => {
  const { records, left } = await readJson({
    ...plain,
    author: { '@type': 'Organization', name: 'The Checkers' },
    itemReviewed: { author: { '@type': 'Person', name: 'Ann' } },
  });
  expect(records.map(({ type }) => type)).toEqual(['Document', 'Statement']);
  expect(left).toEqual({ 'author.name, without an address': 1 });
});

test('a corrected rating is the same statement and review, and another claim of the article is another', async () => {
  const ids = async (change: object) => {
    const { statements } = await readJson({ ...full, ...change });
    return [statements[0]?.id, statements[0]?.reviews?.[0]?.id];
  };
  expect(await ids({ reviewRating: { alternateName: 'True' } })).toEqual(await ids({}));
  const [statement, review] = await ids({ claimReviewed: 'It snows.' });
  expect(await ids({})).not.toContain(statement);
  expect(await ids({})).not.toContain(review);
});

test('what is wrong is told, and the rest is read', async () => {
  const { statements, problems } = await readJson(
    {
      ...full,
      datePublished: '22/07/2019',
      inLanguage: 'English',
      reviewRating: { alternateName: 'No', ratingValue: 'x', bestRating: '1/5', worstRating: true },
      itemReviewed: { author: 5, appearance: 'javascript:alert(1)', datePublished: {} },
      author: { name: 'X', url: 'not an address' },
    },
    { language: 'en' },
  );
  expect(problems).toEqual([
    expect.stringMatching(/^ClaimReview\.inLanguage was left out: "English" is not a BCP 47 language/),
    'author.url was left out: “not an address” is not a web address.',
    expect.stringMatching(/^ClaimReview\.datePublished was left out: "22\/07\/2019" is not an EDTF date/),
    'reviewRating.ratingValue was left out: “x” is not a number.',
    'reviewRating.bestRating was left out: “1/5” is not a number.',
    'reviewRating.worstRating was left out: “true” is not a text.',
    'itemReviewed.author was left out: “5” is not a thing.',
    'itemReviewed.datePublished was left out: “{}” is not a text.',
    'appearance.url was left out: “javascript:alert(1)” is not a web address.',
  ]);
  expect(statements).toMatchObject([{ text: 'It rains.', reviews: [{ rating: 'No' }] }]);
});

test('a review that could not be found again, or says nothing, is left out', async () => {
  for (const name of ['url', 'claimReviewed', 'inLanguage']) {
    const { records, problems } = await readJson({ ...plain, [name]: ' ' });
    expect(records).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^The review was left out\\. .*\\(${name}\\)`))]);
  }
});

test('a review without a rating, or on a scale that is upside down, is told', async () => {
  const none = await readJson({ ...plain, reviewRating: { bestRating: 5 } });
  expect(none.problems).toEqual([expect.stringMatching(/^ClaimReview\.reviewRating was left out: it says no rating/)]);
  expect(none.statements).toMatchObject([{ text: 'It rains.' }]);
  expect(none.statements[0]).not.toHaveProperty('reviews');
  const upside = await readJson({ ...plain, reviewRating: { ratingValue: 2, bestRating: 1, worstRating: 5 } });
  expect(upside.problems).toEqual(['reviewRating.bestRating was left out: the worst rating, 5, is above the best, 1; both were left out.']);
  expect(upside.statements[0]?.reviews).toMatchObject([{ ratingValue: 2 }]);
});

test('reads times only with their zone', () => {
  const dates = {
    '2019-07-22': '2019-07-22',
    '2019-07': '2019-07',
    '2019-07-22T10:00:00Z': '2019-07-22T10:00:00Z',
    '2019-07-22T10:00:00.123+0200': '2019-07-22T10:00:00+02:00',
    '2019-07-22T10:00-03': '2019-07-22T10:00:00-03:00',
    '2019-07-22 10:00:57': '2019-07-22',
    '2019-07-22T10:00': '2019-07-22',
  };
  expect(Object.fromEntries(Object.keys(dates).map((date) => [date, edtfOf(date)]))).toEqual(dates);
  for (const date of ['22/07/2019', '2019-07-32', '2019-02-30 10:00', '2019-07-22T25:00:00Z', 'July', '']) {
    expect(() => edtfOf(date), date).toThrow(RangeError);
  }
});

test('reads tables by their headings', async () => {
  const table = [
    'URL\tAuthor\tdatePublished\tclaimReviewed\treviewBody\ttitle\tratingValue\tbestRating\talternativeName',
    'https://check.example/1\thttps:www.check.example\t2019-07-22 07:00:57\tChove "muito" hoje.\tBody\t"Um ""título"""\t1\t5\tfalso',
    '',
    'https://host.example/check/2\thttps:host.examplecheck\t2019\tNeva.\t\t\t\t6\tVerdadeiro',
    'https://host.example/check/3\thttps:elsewhere.example\t2019\t\t\t\t\t6\tVerdadeiro',
  ].join('\n');
  const { records, statements, problems, left, places } = await read({ 'a.tsv': `\uFEFF${table}` }, { language: 'pt' });
  expect(records.filter(({ type }) => type === 'Organization')).toMatchObject([
    { name: 'check.example', identifiers: [{ scheme: 'website', value: 'check.example' }] },
    { name: 'host.example', identifiers: [{ scheme: 'website', value: 'host.example' }] },
  ]);
  expect(records.filter(({ type }) => type === 'Document')).toMatchObject([{ title: 'Um "título"', publishedAt: '2019-07-22' }, {}]);
  expect(statements).toMatchObject([
    { text: 'Chove "muito" hoje.', language: 'pt', reviews: [{ rating: 'falso', ratingValue: 1, bestRating: 5 }] },
    { text: 'Neva.', reviews: [{ rating: 'Verdadeiro', bestRating: 6 }] },
  ]);
  expect(problems).toEqual(['The review was left out. It says no claim (claimReviewed).']);
  expect(left).toEqual({ 'ClaimReview.reviewBody': 1 });
  expect(places.at(-1)).toBe('a.tsv:5:undefined');
  const csv = await read({
    'a.csv': 'claim reviewed,url,Language,claimant,tags\r\n"It rains,\nand snows.",https://check.example/1,en,Ann,x\r\n',
  });
  expect(csv.statements).toMatchObject([{ text: 'It rains,\nand snows.', attributionText: 'Ann' }]);
  expect(csv.left).toEqual({ 'ClaimReview.column tags': 1 });
});

test('names that mean something to JavaScript are names like any other', async () => {
  const text = `{"@type": "ClaimReview", "__proto__": {"url": "https://evil.example"}, "constructor": {"a": 1}, ${JSON.stringify(plain).slice(1)}`;
  const { statements, left } = await read({ 'a.json': `[${text}]` });
  expect(statements).toMatchObject([{ reviews: [{ document: { url: plain.url } }] }]);
  expect(left).toEqual({ 'ClaimReview.__proto__': 1, 'ClaimReview.constructor': 1 });
  const table = await read({ 'a.csv': '__proto__,constructor,url,claimReviewed,language\nx,y,https://check.example/1,It rains.,en' });
  expect(table.statements).toHaveLength(1);
  expect(table.left).toEqual({ 'ClaimReview.column __proto__': 1, 'ClaimReview.column constructor': 1 });
});

test('what can’t be read ends with where', async () => {
  const broken: Record<string, string | Uint8Array> = {
    'cut.json': JSON.stringify([plain]).slice(0, 60),
    'not.json': '<html>',
    'empty.json': '',
    'latin.json': Buffer.from('["é"]', 'latin1'),
    'latin.csv': Buffer.from('url,claimReviewed\né', 'latin1'),
    'headless.csv': 'a,b\n1,2\n',
    'quote.csv': `url,claimReviewed\n"${'x'.repeat(2_000_000)}`,
    'open.csv': 'url,claimReviewed\n"x',
  };
  for (const [name, text] of Object.entries(broken)) await expect(read({ [name]: text }), name).rejects.toThrow(Unreadable);
});

test('depth, size and number of what is strange are bounded', async () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const large = JSON.stringify({ ...plain, x: Array.from({ length: 200 }, () => 'x'.repeat(100_000)) });
  const { problems, statements } = await read({ 'a.json': `[${deep}, ${JSON.stringify(plain)}, ${large}]` });
  expect(problems).toEqual([expect.stringContaining('levels deep'), expect.stringContaining('larger than 16 MB')]);
  expect(statements).toHaveLength(1);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`property${i}`, i]));
  const { left } = await readJson([{ ...plain, ...many }]);
  expect(Object.keys(left).length).toBeLessThan(300);
});
