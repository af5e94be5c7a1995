import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csv } from '../../src/exchange/csv/csv.ts';
import type { ExchangeRecord } from '../../src/exchange/record.ts';
import { ids, sample, written, writtenInPieces } from './written.ts';

async function sheets(records: Iterable<ExchangeRecord> = sample) {
  const { files, left } = await written(csv, records);
  const rows = (file: string) =>
    parse(files.get(file) ?? '', { columns: true, bom: true, record_delimiter: '\r\n' }) as Record<string, string>[];
  return { files, left, rows };
}

test('writes every file that it promises, each with headings', async () => {
  const { files } = await sheets([]);
  expect([...files.keys()].sort()).toEqual([...(csv.files ?? [])].sort());
  for (const text of files.values()) expect(text).toMatch(/^\uFEFF(\w+,)*\w+\r\n$/);
});

test('each record and each link has a row', async () => {
  const { rows } = await sheets();
  expect(Object.fromEntries((csv.files ?? []).map((file) => [file, rows(file).length]))).toEqual({
    'places.csv': 2,
    'organizations.csv': 2,
    'people.csv': 1,
    'documents.csv': 2,
    'events.csv': 2,
    'statements.csv': 2,
    'memberships.csv': 2,
    'participations.csv': 2,
    'translations.csv': 1,
    'appearances.csv': 1,
    'reviews.csv': 1,
    'links.csv': 2,
    'citations.csv': 2,
  });
});

test('gives the names of what it refers to, as far as they came before', async () => {
  const { rows } = await sheets();
  expect(rows('places.csv')[1]).toMatchObject({ parent_id: ids.iraq, parent: 'Iraq' });
  expect(rows('memberships.csv')[0]).toMatchObject({ member: 'Coalition, the', organization_id: ids.agency, organization: '' });
  expect(rows('documents.csv')[0]).toMatchObject({
    author_ids: `${ids.general}; ${ids.agency}`,
    authors: `'=HYPERLINK("https://example.org"); Agency`,
    publisher: 'Agency',
  });
  expect(rows('statements.csv')[0]).toMatchObject({ about_ids: `${ids.end}; ${ids.iraq}`, about: 'Fin; Iraq', venue: 'Baghdad' });
  expect(rows('reviews.csv')[0]).toMatchObject({ statement_id: ids.statement, document: 'Do they leave?', reviewer: 'Agency' });
  expect(rows('links.csv')).toMatchObject([
    { of: 'event', from: 'Fin', kind: 'FOLLOWS', to_id: ids.talks, to: 'Talks <b>end</b>' },
    { of: 'statement', from_id: ids.reply, from: '', kind: 'DISPUTES', to_id: ids.statement },
  ]);
  expect(rows('citations.csv')).toMatchObject([
    { of: 'membership', of_id: ids.membership, document_id: ids.article, document: '', evidence: 'the general' },
    { of: 'event', of_id: ids.talks, document: 'Coalition leaves', evidence: 'talks' },
  ]);
});

test('texts come back as they were, and none of them is a formula', async () => {
  const { rows, files } = await sheets();
  expect(rows('people.csv')[0]).toMatchObject({
    name: `'=HYPERLINK("https://example.org")`,
    given_name: "'+A",
    family_name: "'@B",
    summary: "'-1",
  });
  expect(rows('places.csv')[0]).toMatchObject({ latitude: '-33.5', longitude: '44.25', other_names: 'Irak; العراق' });
  expect(rows('reviews.csv')[0]).toMatchObject({ rating_value: '4.5', worst_rating: '-1' });
  expect(rows('statements.csv')[0]).toMatchObject({ text: 'We leave\r\nand we stay', is_translation: 'yes' });
  expect(rows('organizations.csv')[0]).toMatchObject({
    name: 'Coalition, the',
    classification: 'armed "group"',
    summary: 'States that\nfought.',
    summary_language: 'en',
    other_summaries: 'fr: Des États.',
    identifiers: 'viaf:123; isni:000',
  });
  expect(rows('appearances.csv')[0]).toMatchObject({ content: '“We leave” […] “we stay”', cue: 'said', source: '' });
  for (const text of files.values()) expect(text).not.toMatch(/(^|,|\n)"?[=+@\t]/);
});

test('a text with a line break of any kind, a quote or a comma stays one cell', async () => {
  for (const text of ['a\nb', 'a\rb', 'a\r\nb', '"', ',', '""",\n', '\t=1', '\r=1', '=1', "'=1", '', ' ']) {
    const { rows } = await sheets([{ type: 'Place', name: text }]);
    expect(rows('places.csv')).toHaveLength(1);
    expect(rows('places.csv')[0]?.name).toBe(/^[=\t\r]/.test(text) ? `'${text}` : text);
  }
});

test('counts what it does not carry', async () => {
  const { left } = await sheets();
  expect(left).toEqual({
    'kinds of other names': 4,
    'languages of other names': 2,
    'scripts of other names': 1,
    'dates of other names': 1,
    'texts of documents': 1,
    'places of spans in their texts': 3,
  });
});

test('a large record is written in small pieces', async () => {
  const { written, largest, most } = await writtenInPieces(csv, 10_000);
  expect(written).toBeGreaterThan(10_000_000);
  expect(largest).toBeLessThan(200_000);
  expect(most).toBeLessThan(150_000_000);
});
