import type { Format } from '../../src/exchange/format.ts';
import { type ExchangeRecord, exchangeRecord } from '../../src/exchange/record.ts';

// A small record with everything in it, and what a format writes of it.

const uuid = (kind: number, n: number) => `00000000-0000-8000-8${kind}00-${String(n).padStart(12, '0')}`;

export const ids = {
  iraq: uuid(0, 1),
  baghdad: uuid(0, 2),
  coalition: uuid(1, 1),
  agency: uuid(1, 2),
  general: uuid(2, 1),
  membership: uuid(3, 1),
  article: uuid(4, 1),
  check: uuid(4, 2),
  talks: uuid(5, 1),
  end: uuid(5, 2),
  participation: uuid(6, 1),
  statement: uuid(7, 1),
  reply: uuid(7, 2),
  appearance: uuid(8, 1),
  review: uuid(9, 1),
};

export const sample: readonly ExchangeRecord[] = [
  {
    type: 'Place',
    id: ids.iraq,
    status: 'PUBLISHED',
    name: 'Iraq',
    kind: 'COUNTRY',
    latitude: -33.5,
    longitude: 44.25,
    precision: 'AREA',
    names: [
      { name: 'Irak', kind: 'TRANSLATION', language: 'fr' },
      { name: 'العراق', kind: 'TRANSLATION', language: 'ar', script: 'Arab', startDate: '1932' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q796' }],
  },
  { type: 'Place', id: ids.baghdad, name: 'Baghdad', kind: 'CITY', parent: { id: ids.iraq } },
  {
    type: 'Organization',
    id: ids.coalition,
    status: 'PUBLISHED',
    name: 'Coalition, the',
    classification: 'armed "group"',
    foundingDate: '2014-09',
    dissolutionDate: '2021?',
    summary: { en: 'States that\nfought.', fr: 'Des États.' },
    identifiers: [
      { scheme: 'viaf', value: '123' },
      { scheme: 'isni', value: '000' },
    ],
    memberships: [{ id: uuid(3, 2), organization: { id: ids.agency }, startDate: '2015' }],
  },
  { type: 'Organization', id: ids.agency, name: 'Agency', parent: { id: ids.coalition } },
  {
    type: 'Person',
    id: ids.general,
    status: 'DRAFT',
    name: '=HYPERLINK("https://example.org")',
    sortName: 'General',
    givenName: '+A',
    familyName: '@B',
    gender: 'male',
    birthDate: '1957',
    deathDate: '2020~',
    summary: { en: '-1' },
    names: [{ name: 'The General', kind: 'ALIAS' }],
    memberships: [
      {
        id: ids.membership,
        status: 'PUBLISHED',
        organization: { id: ids.coalition },
        role: 'commander',
        label: 'Commander of the Coalition',
        onBehalfOf: { id: ids.agency },
        startDate: '2019-03-28',
        endDate: '2021/..',
        citations: [{ id: uuid(3, 3), document: { id: ids.article }, evidence: [{ exact: 'the general', start: 4 }] }],
      },
    ],
  },
  {
    type: 'Document',
    id: ids.article,
    status: 'PUBLISHED',
    url: 'https://example.org/article',
    title: 'Coalition leaves',
    language: 'en',
    kind: 'NEWS_ARTICLE',
    publisher: { id: ids.agency },
    publishedAt: '2021-12-09',
    text: 'So the general said: “We leave” and, he added, “we stay”.',
    archivedUrl: 'https://archive.example/1',
    authors: [{ person: { id: ids.general } }, { organization: { id: ids.agency } }],
  },
  { type: 'Document', id: ids.check, title: 'Do they leave?', kind: 'TRANSCRIPT', derivedFrom: { id: ids.article } },
  {
    type: 'Event',
    id: ids.talks,
    status: 'PUBLISHED',
    title: { en: 'Talks <b>end</b>', fr: 'Fin des pourparlers' },
    description: { en: 'They met & left.' },
    eventType: 'CONSULT',
    mode: 'MEET',
    classification: 'talks',
    date: '2021-07',
    endDate: '2021-12-09',
    place: { id: ids.baghdad },
    aliases: [{ name: 'Dialogue', kind: 'ALIAS' }],
    participations: [
      { id: ids.participation, participant: { organization: { id: ids.coalition } }, role: 'ACTOR', note: 'as host' },
      { id: uuid(6, 2), participant: { person: { id: ids.general } }, role: 'RECIPIENT' },
    ],
    citations: [{ id: uuid(5, 9), document: { id: ids.article }, evidence: [{ exact: 'talks' }] }],
  },
  {
    type: 'Event',
    id: ids.end,
    title: { fr: 'Fin' },
    auxiliaryMode: 'FUTURE',
    date: '2021-12~',
    parent: { id: ids.talks },
    links: [{ id: uuid(5, 8), to: { id: ids.talks }, kind: 'FOLLOWS' }],
  },
  {
    type: 'Statement',
    id: ids.statement,
    status: 'PUBLISHED',
    text: 'We leave\r\nand we stay',
    language: 'en',
    isTranslation: true,
    originalLanguage: 'ar',
    quoteType: 'DIRECT',
    speechAct: 'COMMISSIVE',
    speaker: { person: { id: ids.general } },
    attributionText: 'the general',
    capacity: { id: ids.membership },
    addressee: { organization: { id: ids.agency } },
    medium: 'INTERVIEW',
    outlet: { id: ids.agency },
    venue: { id: ids.baghdad },
    date: '2021-12-09T10:30:00Z',
    about: [{ event: { id: ids.end } }, { place: { id: ids.iraq } }],
    translations: [{ language: 'fr', text: 'Nous partons', document: { id: ids.check } }],
    identifiers: [{ scheme: 'claimreview', value: 'https://example.org/check#1' }],
    appearances: [
      {
        id: ids.appearance,
        document: { id: ids.article },
        printedText: '“We leave” and “we stay”',
        language: 'en',
        content: [{ exact: '“We leave”', start: 21 }, { exact: '“we stay”' }],
        cue: [{ exact: 'said', start: 15 }],
      },
    ],
    reviews: [
      {
        id: ids.review,
        document: { id: ids.check },
        reviewer: { organization: { id: ids.agency } },
        rating: 'Mostly true',
        ratingValue: 4.5,
        bestRating: 5,
        worstRating: -1,
        date: '2021-12-10',
      },
    ],
  },
  {
    type: 'Statement',
    id: ids.reply,
    status: 'RETRACTED',
    retractionReason: 'Never said.',
    text: 'No',
    language: 'en',
    quoteType: 'INDIRECT',
    attributionText: 'an official',
    date: '2021',
    links: [{ id: uuid(7, 9), to: { id: ids.statement }, kind: 'DISPUTES' }],
  },
];

/** What a format writes, by file; and what it counts as not carried. */
export async function written(format: Format, records: Iterable<ExchangeRecord> | AsyncIterable<ExchangeRecord>) {
  const files = new Map<string, string>();
  async function* each() {
    yield* records;
  }
  const write = async (text: string, file = '') => {
    files.set(file, (files.get(file) ?? '') + text);
  };
  const left = await format.write?.(each(), { write });
  return { files, left: Object.fromEntries(left ?? []) };
}

/** How large the pieces are that a format writes of this many statements, and how much memory they take on the way. */
export async function writtenInPieces(format: Format, count: number) {
  const [statement] = sample.filter(({ type }) => type === 'Statement');
  const event = sample.find(({ id }) => id === ids.talks);
  let written = 0;
  let largest = 0;
  let most = 0;
  let pieces = 0;
  const start = process.memoryUsage().heapUsed;
  async function* many() {
    for (let i = 0; i < count; i++) {
      if (event) yield { ...event, id: uuid(5, i) } as ExchangeRecord;
      if (statement) yield { ...statement, id: uuid(7, i) } as ExchangeRecord;
    }
  }
  const write = async (text: string) => {
    written += text.length;
    largest = Math.max(largest, text.length);
    // It takes its time to tell.
    if (++pieces % 100 === 0) most = Math.max(most, process.memoryUsage().heapUsed - start);
  };
  await format.write?.(many(), { write });
  return { written, largest, most };
}

for (const record of sample) exchangeRecord.parse(record);
