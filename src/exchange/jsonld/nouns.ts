import type { DocumentKind, PlaceKind } from '../../generated/prisma/enums.ts';
import type {
  ExchangeDocument,
  ExchangeEvent,
  ExchangeMembership,
  ExchangeOrganization,
  ExchangePerson,
  ExchangePlace,
} from '../record.ts';
import type { Tally } from '../writing/tally.ts';
import { alternateNames, countDraft, isoDate, standing } from './common.ts';
import type { Type } from './context.ts';
import { identified, idOf, list, type Node, reference, subject, texts, type Value } from './node.ts';

// The node of each noun but the statement.

const placeTypes: Partial<Record<PlaceKind, Type>> = { COUNTRY: 'Country', ADMINISTRATIVE_AREA: 'AdministrativeArea', CITY: 'City' };

export function placeNode(place: ExchangePlace, left: Tally): Node {
  countDraft(place, left);
  left.has('precisions of places', place.precision);
  if (place.kind && !placeTypes[place.kind]) left.add('kinds of places');
  const { latitude, longitude } = place;
  return {
    ...idOf(place.id),
    '@type': (place.kind && placeTypes[place.kind]) ?? 'Place',
    name: place.name,
    alternateName: alternateNames(place.names, left),
    containedInPlace: reference(place.parent),
    geo: latitude === undefined || longitude === undefined ? undefined : { '@type': 'GeoCoordinates', latitude, longitude },
    ...identified(place.identifiers),
  };
}

export function organizationNode(organization: ExchangeOrganization, left: Tally): Node {
  countDraft(organization, left);
  return {
    ...idOf(organization.id),
    '@type': 'Organization',
    name: organization.name,
    alternateName: alternateNames(organization.names, left),
    keywords: organization.classification,
    description: texts(organization.summary),
    parentOrganization: reference(organization.parent),
    foundingDate: isoDate(organization.foundingDate, left),
    dissolutionDate: isoDate(organization.dissolutionDate, left),
    memberOf: memberOf(organization.memberships, left),
    ...identified(organization.identifiers),
  };
}

export function personNode(person: ExchangePerson, left: Tally): Node {
  countDraft(person, left);
  left.has('names to sort by', person.sortName);
  return {
    ...idOf(person.id),
    '@type': 'Person',
    name: person.name,
    givenName: person.givenName,
    familyName: person.familyName,
    alternateName: alternateNames(person.names, left),
    description: texts(person.summary),
    gender: person.gender,
    birthDate: isoDate(person.birthDate, left),
    deathDate: isoDate(person.deathDate, left),
    memberOf: memberOf(person.memberships, left),
    ...identified(person.identifiers),
  };
}

/** A place in an organization stands between the member and it, as a role of schema.org does. */
function memberOf(memberships: readonly ExchangeMembership[] | undefined, left: Tally): Value {
  const roles = standing(memberships, left).map((membership): Node => {
    countDraft(membership, left);
    left.has('on whose behalf a membership is held', membership.onBehalfOf);
    left.has('citations of links', membership.citations);
    return {
      ...idOf(membership.id),
      '@type': 'OrganizationRole',
      roleName: membership.role,
      name: membership.label,
      startDate: isoDate(membership.startDate, left),
      endDate: isoDate(membership.endDate, left),
      memberOf: reference(membership.organization),
    };
  });
  return list(roles);
}

/** What schema.org has no type for is a CreativeWork of a genre. */
const documentTypes: Record<DocumentKind, { '@type': Type; genre?: string }> = {
  NEWS_ARTICLE: { '@type': 'NewsArticle' },
  SOCIAL_MEDIA_POSTING: { '@type': 'SocialMediaPosting' },
  PRESS_RELEASE: { '@type': 'CreativeWork', genre: 'press release' },
  TRANSCRIPT: { '@type': 'CreativeWork', genre: 'transcript' },
  REPORT: { '@type': 'Report' },
  BROADCAST: { '@type': 'CreativeWork', genre: 'broadcast' },
  BOOK: { '@type': 'Book' },
  WEB_PAGE: { '@type': 'WebPage' },
};

export function documentNode(document: ExchangeDocument, left: Tally): Node {
  return {
    ...idOf(document.id),
    ...(document.kind ? documentTypes[document.kind] : { '@type': 'CreativeWork' }),
    creativeWorkStatus: document.status === 'DRAFT' ? 'Draft' : undefined,
    name: document.title,
    url: document.url,
    inLanguage: document.language,
    publisher: reference(document.publisher),
    author: list(document.authors?.map(subject)),
    datePublished: isoDate(document.publishedAt, left),
    text: document.text,
    archivedAt: document.archivedUrl,
    isBasedOn: reference(document.derivedFrom),
    ...identified(document.identifiers),
  };
}

/** With participants an event is an action too: an event of schema.org has visitors and performers, but nobody who acts. */
export function eventNode(event: ExchangeEvent, left: Tally): Node {
  countDraft(event, left);
  left.has('links between events', event.links);
  const participations = standing(event.participations, left);
  for (const participation of participations) {
    countDraft(participation, left);
    left.has('notes of participations', participation.note);
    left.has('citations of links', participation.citations);
  }
  for (const { evidence } of event.citations ?? []) left.has('words that are cited', evidence);
  const on = (side: 'ACTOR' | 'RECIPIENT') =>
    list(participations.filter(({ role }) => role === side).map(({ participant }) => subject(participant)));
  return {
    ...idOf(event.id),
    '@type': participations.length > 0 ? ['Event', 'Action'] : 'Event',
    name: texts(event.title),
    alternateName: alternateNames(event.aliases, left),
    description: texts(event.description),
    keywords: list([event.classification, plover(event.eventType), plover(event.mode), plover(event.auxiliaryMode)]),
    startDate: isoDate(event.date, left),
    endDate: isoDate(event.endDate, left),
    location: reference(event.place),
    superEvent: reference(event.parent),
    agent: on('ACTOR'),
    object: on('RECIPIENT'),
    subjectOf: list(standing(event.citations, left).map(({ document }) => reference(document))),
    ...identified(event.identifiers),
  };
}

const plover = (term: string | undefined): Value => term && { '@type': 'DefinedTerm', name: term, inDefinedTermSet: 'PLOVER 0.8' };
