// The words of schema.org that are used, with the IRI of each: whoever reads the file need not fetch a context.

const vocabulary = 'https://schema.org/';

const types = [
  'Action',
  'AdministrativeArea',
  'Book',
  'City',
  'Claim',
  'ClaimReview',
  'Country',
  'CreativeWork',
  'DefinedTerm',
  'Event',
  'GeoCoordinates',
  'NewsArticle',
  'Organization',
  'OrganizationRole',
  'Person',
  'Place',
  'PropertyValue',
  'Quotation',
  'Rating',
  'Report',
  'SocialMediaPosting',
  'WebPage',
] as const;

/** Their values are texts, numbers, or nodes. */
const properties = [
  'about',
  'agent',
  'alternateName',
  'appearance',
  'author',
  'bestRating',
  'birthDate',
  'claimReviewed',
  'containedInPlace',
  'creativeWorkStatus',
  'creator',
  'creditText',
  'dateCreated',
  'datePublished',
  'deathDate',
  'description',
  'dissolutionDate',
  'endDate',
  'familyName',
  'foundingDate',
  'gender',
  'genre',
  'geo',
  'givenName',
  'identifier',
  'inDefinedTermSet',
  'inLanguage',
  'isBasedOn',
  'isPartOf',
  'itemReviewed',
  'keywords',
  'latitude',
  'location',
  'locationCreated',
  'longitude',
  'memberOf',
  'name',
  'object',
  'parentOrganization',
  'propertyID',
  'publisher',
  'ratingValue',
  'reviewRating',
  'roleName',
  'startDate',
  'subjectOf',
  'superEvent',
  'text',
  'translationOfWork',
  'value',
  'workTranslation',
  'worstRating',
] as const;

/** Their values are addresses. */
const addresses = ['archivedAt', 'sameAs', 'url'] as const;

export type Type = (typeof types)[number];
export type Property = (typeof properties)[number] | (typeof addresses)[number];

export const context: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries([...types, ...properties].map((term) => [term, vocabulary + term])),
  ...Object.fromEntries(addresses.map((term) => [term, { '@id': vocabulary + term, '@type': '@id' }])),
};
