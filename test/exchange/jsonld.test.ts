import { expand, type JsonLdDocument } from 'jsonld';
import { expect, test } from 'vitest';
import { jsonld } from '../../src/exchange/jsonld/jsonld.ts';
import type { ExchangeRecord } from '../../src/exchange/record.ts';
import { ids, sample, written, writtenInPieces } from './written.ts';

interface Node {
  [key: string]: unknown;
}

async function graph(records: Iterable<ExchangeRecord> = sample) {
  const { files, left } = await written(jsonld, records);
  const document = JSON.parse(files.get('') ?? '') as { '@context': object; '@graph': Node[] };
  const find = (id: string) => document['@graph'].find((node) => node['@id'] === `urn:uuid:${id}`);
  return { document, nodes: document['@graph'], find, left };
}

/** Fails where something would have to be fetched, or a word has no meaning in the context. */
const offline = {
  safe: true,
  documentLoader: async (url: string): Promise<never> => {
    throw new Error(`It would have to fetch ${url}.`);
  },
};

/** The properties of schema.org that are used, by the types that have them, from its definitions. */
const thing = ['name', 'alternateName', 'description', 'identifier', 'sameAs', 'subjectOf', 'url'];
const work = [
  ...[...thing, 'about', 'archivedAt', 'author', 'creativeWorkStatus', 'creator', 'creditText', 'dateCreated', 'datePublished', 'genre'],
  ...['inLanguage', 'isBasedOn', 'isPartOf', 'keywords', 'locationCreated', 'publisher', 'text', 'translationOfWork', 'workTranslation'],
];
const place = [...thing, 'containedInPlace', 'geo', 'keywords', 'latitude', 'longitude'];
const vocabulary: Record<string, readonly string[]> = {
  Action: [...thing, 'agent', 'object', 'location', 'startDate', 'endDate'],
  AdministrativeArea: place,
  Book: work,
  City: place,
  Claim: [...work, 'appearance'],
  ClaimReview: [...work, 'claimReviewed', 'itemReviewed', 'reviewRating'],
  Country: place,
  CreativeWork: work,
  DefinedTerm: [...thing, 'inDefinedTermSet'],
  Event: [...thing, 'about', 'endDate', 'inLanguage', 'keywords', 'location', 'startDate', 'superEvent'],
  GeoCoordinates: [...thing, 'latitude', 'longitude'],
  NewsArticle: work,
  Organization: [...thing, 'dissolutionDate', 'foundingDate', 'keywords', 'location', 'memberOf', 'parentOrganization'],
  // A role has the property between whose ends it stands.
  OrganizationRole: [...thing, 'endDate', 'roleName', 'startDate', 'memberOf'],
  Person: [...thing, 'birthDate', 'deathDate', 'familyName', 'gender', 'givenName', 'memberOf'],
  Place: place,
  PropertyValue: [...thing, 'propertyID', 'value'],
  Quotation: work,
  Rating: [...thing, 'author', 'bestRating', 'ratingValue', 'worstRating'],
  Report: work,
  SocialMediaPosting: work,
  WebPage: work,
};

/** Each property of each node in it, as `Type.property`; a property that none of its types has, as an error. */
function uses(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(uses);
  if (typeof value !== 'object' || value === null || '@value' in value) return [];
  const types = ([] as string[]).concat((value as { '@type'?: string[] })['@type'] ?? []).map(schema);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key.startsWith('@')) return [];
    const type = types.find((each) => vocabulary[each]?.includes(schema(key)));
    return [type ? `${type}.${schema(key)}` : `${types.join('+') || 'a node without a type'} has no ${key}`, ...uses(inner)];
  });
}

function schema(iri: string): string {
  if (!iri.startsWith('https://schema.org/')) throw new Error(`${iri} is not of schema.org.`);
  return iri.slice('https://schema.org/'.length);
}

/** How many properties there are at all. */
function countKeys(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + countKeys(each), 0);
  if (typeof value !== 'object' || value === null || '@value' in value) return 0;
  return Object.entries(value).reduce((sum, [key, each]) => sum + (key.startsWith('@') ? 0 : 1) + countKeys(each), 0);
}

test('every word has its meaning in schema.org, without anything being fetched', async () => {
  const { document, nodes } = await graph();
  const expanded = await expand(document as unknown as JsonLdDocument, offline);
  expect(expanded).toHaveLength(nodes.length);
  expect(countKeys(expanded)).toBe(countKeys(nodes));
  expect(uses(expanded).filter((use) => use.includes(' '))).toEqual([]);
});

test('the context has no word that is not used', async () => {
  const kinds = ['SOCIAL_MEDIA_POSTING', 'REPORT', 'BOOK', 'WEB_PAGE', 'BROADCAST', 'PRESS_RELEASE'] as const;
  const more: ExchangeRecord[] = [
    ...kinds.map((kind): ExchangeRecord => ({ type: 'Document', title: kind, kind })),
    { type: 'Document', title: 'A', status: 'DRAFT', derivedFrom: { url: 'https://example.org' } },
    { type: 'Place', name: 'B', kind: 'ADMINISTRATIVE_AREA' },
    { type: 'Place', name: 'C' },
    { type: 'Event', title: { en: 'D' }, parent: { id: ids.talks } },
    { type: 'Person', name: 'E', birthDate: '1950', deathDate: '2020' },
    { type: 'Organization', name: 'F', dissolutionDate: '2020' },
  ];
  const { document, nodes } = await graph([...sample, ...more]);
  const text = JSON.stringify(nodes);
  expect(Object.keys(document['@context']).filter((term) => !text.includes(`"${term}"`))).toEqual([]);
});

test('says of each record what schema.org can say', async () => {
  const { find, nodes } = await graph();
  const iri = (id: string) => ({ '@id': `urn:uuid:${id}` });
  expect(nodes).toHaveLength(11);
  expect(find(ids.iraq)).toMatchObject({
    '@type': 'Country',
    name: 'Iraq',
    alternateName: [{ '@value': 'Irak', '@language': 'fr' }, {}],
    geo: { '@type': 'GeoCoordinates', latitude: -33.5, longitude: 44.25 },
    sameAs: 'http://www.wikidata.org/entity/Q796',
  });
  expect(find(ids.coalition)).toMatchObject({
    sameAs: 'https://viaf.org/viaf/123',
    identifier: { '@type': 'PropertyValue', propertyID: 'isni', value: '000' },
    foundingDate: '2014-09',
  });
  expect(find(ids.coalition)).not.toHaveProperty('dissolutionDate');
  expect(find(ids.general)).toMatchObject({
    memberOf: { '@type': 'OrganizationRole', roleName: 'commander', startDate: '2019-03-28', memberOf: iri(ids.coalition) },
  });
  expect(find(ids.talks)).toMatchObject({
    '@type': ['Event', 'Action'],
    name: [
      { '@value': 'Talks <b>end</b>', '@language': 'en' },
      { '@value': 'Fin des pourparlers', '@language': 'fr' },
    ],
    startDate: '2021-07',
    agent: iri(ids.coalition),
    object: iri(ids.general),
    subjectOf: iri(ids.article),
  });
  expect(find(ids.statement)).toMatchObject({
    '@type': ['Quotation', 'Claim'],
    creator: iri(ids.general),
    about: [iri(ids.end), iri(ids.iraq)],
    isPartOf: iri(ids.article),
    translationOfWork: { '@type': 'Quotation', inLanguage: 'ar' },
    workTranslation: { '@type': 'Quotation', text: 'Nous partons', inLanguage: 'fr' },
  });
  expect(find(ids.review)).toMatchObject({
    '@type': 'ClaimReview',
    claimReviewed: 'We leave\r\nand we stay',
    itemReviewed: iri(ids.statement),
    author: iri(ids.agency),
    isPartOf: iri(ids.check),
    reviewRating: { '@type': 'Rating', alternateName: 'Mostly true', ratingValue: 4.5, bestRating: 5, worstRating: -1 },
  });
});

test('what was retracted is not said', async () => {
  const { find, left } = await graph();
  expect(find(ids.reply)).toBeUndefined();
  expect(left).toEqual({
    'addresses of reviews: they stand on the document only': 1,
    addressees: 1,
    'capacities of speakers': 1,
    'citations of links': 1,
    'dates of other names': 1,
    'dates that only EDTF can say': 4,
    'how words are given (quoteType)': 1,
    'kinds of other names': 4,
    'links between events': 1,
    media: 1,
    'names to sort by': 1,
    'notes of participations': 1,
    'on whose behalf a membership is held': 1,
    'precisions of places': 1,
    'records that were retracted or merged': 1,
    'scripts of other names': 1,
    spans: 3,
    'speech acts': 1,
    'that a record is a draft': 1,
    'words as documents printed them': 1,
    'words that are cited': 1,
  });
});

test('texts that look like JSON-LD stay texts', async () => {
  const { document } = await graph([
    {
      type: 'Person',
      id: '"><script>',
      name: '@id',
      summary: { en: '{"@id": "x"}' },
      identifiers: [{ scheme: 'constructor', value: '__proto__' }],
    },
  ]);
  expect(await expand(document as unknown as JsonLdDocument, offline)).toMatchObject([
    { '@id': 'urn:uuid:%22%3E%3Cscript%3E', 'https://schema.org/name': [{ '@value': '@id' }] },
  ]);
});

test('an empty record is an empty graph', async () => {
  expect((await graph([])).nodes).toEqual([]);
});

test('a large record is written in small pieces', async () => {
  const { written, largest, most } = await writtenInPieces(jsonld, 10_000);
  expect(written).toBeGreaterThan(10_000_000);
  expect(largest).toBeLessThan(10_000);
  expect(most).toBeLessThan(150_000_000);
});
