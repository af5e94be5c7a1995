import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, as } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { done, type Input, mistake } from './mutate.ts';
import { counts, hashes } from './tables.ts';

// What is made together is made all of it, or nothing.

let database: TestDatabase;
let editor: Asked;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  await done(editor, 'createOrganization', { name: 'United Nations', identifiers: [{ scheme: 'wikidata', value: 'Q1065' }] });
});

afterAll(() => database?.close());

const text = 'In New York, Ana Lima announced: “The mission is over.” She added: “Nobody stays.”';
const organization = { identifier: { scheme: 'wikidata', value: 'Q1065' } };

/** A statement as an editor enters it, with all that the record doesn't have yet. */
const together = (name: string): Input => ({
  text: 'The mission is over. Nobody stays.',
  language: 'en',
  quoteType: 'DIRECT',
  date: '2021-12-09',
  speaker: {
    newPerson: {
      name,
      birthDate: '1960',
      summary: [{ language: 'en', text: 'A spokesperson.' }],
      names: [{ name: `${name} Maria`, kind: 'BIRTH' }],
      identifiers: [{ scheme: 'viaf', value: name }],
    },
  },
  newCapacity: { organization, role: 'spokesperson', startDate: '2020' },
  about: [{ organization }],
  translations: [{ language: 'fr', text: 'La mission est finie.' }],
  appearances: [
    {
      in: { newDocument: { url: `https://example.org/${encodeURIComponent(name)}`, title: 'It is over', text, publisher: organization } },
      printedText: 'The mission is over. … Nobody stays.',
      language: 'en',
      content: [{ exact: 'The mission is over.' }, { exact: 'Nobody stays.' }],
      cue: [{ exact: 'announced' }],
      source: [{ exact: 'Ana Lima' }],
    },
    {
      in: { newDocument: { title: 'In French' } },
      printedText: 'La fin',
      language: 'fr',
      isTranslation: true,
      content: [{ exact: 'La fin' }],
    },
  ],
});

const asked = `
  speaker { id name ... on Person { status birthDate names { name } identifiers { value } summary { text } } }
  capacity { basis memberships { id status role organization { name } } }
  about { nodes { subject { ... on Node { id } } } }
  translations { language text }
  appearances { nodes { status isTranslation content { exact start end } cue { start } source { start } document { title status publisher { name } } } }`;

test('a statement with a new speaker, capacity and documents', async () => {
  const before = await counts(database);
  const record = await done(editor, 'createStatement', together('Ana Lima'), asked);
  expect(record).toMatchObject({
    status: 'DRAFT',
    speaker: {
      name: 'Ana Lima',
      status: 'DRAFT',
      birthDate: '1960',
      names: [{ name: 'Ana Lima Maria' }],
      identifiers: [{ value: 'Ana Lima' }],
      summary: { text: 'A spokesperson.' },
    },
    capacity: { basis: 'RECORDED', memberships: [{ role: 'spokesperson', organization: { name: 'United Nations' } }] },
    translations: [{ language: 'fr', text: 'La mission est finie.' }],
    appearances: {
      nodes: [
        {
          isTranslation: false,
          content: [
            { exact: 'The mission is over.', start: text.indexOf('The'), end: text.indexOf('The') + 20 },
            { exact: 'Nobody stays.', start: text.indexOf('Nobody') },
          ],
          cue: [{ start: text.indexOf('announced') }],
          source: [{ start: text.indexOf('Ana') }],
          document: { title: 'It is over', status: 'DRAFT', publisher: { name: 'United Nations' } },
        },
        { isTranslation: true, content: [{ exact: 'La fin', start: null, end: null }], document: { title: 'In French' } },
      ],
    },
  });
  const after = await counts(database);
  const more = (table: string) => (after[`public."${table}"`] ?? 0) - (before[`public."${table}"`] ?? 0);
  expect(['Statement', 'Person', 'Membership', 'Document', 'Appearance', 'Span', 'Translation', 'StatementTopic'].map(more)).toEqual([
    1, 1, 1, 2, 2, 5, 1, 1,
  ]);
});

test('a new organization speaks, in a place that it holds in another', async () => {
  const speaker = { newOrganization: { name: 'Mission', parent: organization } };
  const record = await done(editor, 'createStatement', { ...together('Ana'), speaker, appearances: [] }, asked);
  expect(record).toMatchObject({ speaker: { name: 'Mission' }, capacity: { memberships: [{ role: 'spokesperson' }] } });
});

test('all of it is published at once', async () => {
  // What it refers to is a draft until now, and is needed.
  const record = await done(editor, 'createStatement', { ...together('Bea Lima'), publish: true }, asked);
  expect(record.status).toBe('PUBLISHED');
  expect(JSON.stringify(record)).not.toContain('DRAFT');
});

const wrong: [what: string, path: string, code: string, change: (input: Input) => Input][] = [
  [
    'a span of the last appearance doesn’t stand there',
    'appearances.2.content.0',
    'SPAN_NOT_FOUND',
    (input) => {
      const last = {
        in: { newDocument: { title: 'Other', text: 'Other words.' } },
        printedText: 'A',
        language: 'en',
        content: [{ exact: 'Nobody' }],
      };
      return { ...input, appearances: [...(input.appearances as Input[]), last] };
    },
  ],
  [
    'the same document is new twice',
    'appearances.2.in.newDocument.url',
    'TAKEN',
    (input) => ({ ...input, appearances: [...(input.appearances as Input[]), ...(input.appearances as Input[]).slice(0, 1)] }),
  ],
  ['the capacity ended before', 'capacity', 'CAPACITY_NOT_THEN', (input) => ({ ...input, date: '2019' })],
  [
    'the capacity ends before it starts',
    'newCapacity.endDate',
    'END_BEFORE_START',
    (input) => ({ ...input, newCapacity: { organization, startDate: '2020', endDate: '2019' } }),
  ],
  [
    'a translation is empty',
    'translations.1.text',
    'REQUIRED',
    (input) => ({
      ...input,
      translations: [
        { language: 'fr', text: 'A' },
        { language: 'es', text: '' },
      ],
    }),
  ],
  [
    'it is about what isn’t there',
    'about.1.event',
    'NOT_FOUND',
    (input) => ({ ...input, about: [{ organization }, { event: { identifier: { scheme: 'viaf', value: '0' } } }] }),
  ],
];

test.each(wrong)('%s: nothing was made', async (_what, path, code, change) => {
  const before = await hashes(database);
  for (const publish of [false, true]) {
    const found = await mistake(editor, 'createStatement', { ...change(together('Cem Lima')), publish });
    expect({ path: found.path.join('.'), code: found.code }).toEqual({ path, code });
  }
  expect(await hashes(database)).toEqual(before);
});
