// What leads where in the record, in the tests' own words: the fields of the schema that are relations, by the
// columns behind them. A field of the schema that is not here fails the tests that walk the schema.

/** A list: the rows of a model that name the record in a column, or to which such a link leads. */
export interface Many {
  of: string;
  by: string;
  /** The rows that name the record are links; this column of theirs names the listed record. */
  link?: { model: string; to: string };
}

interface One {
  of: string;
  by: string;
}

interface Actor {
  person: string;
  organization: string;
}

const many = (of: string, by: string): Many => ({ of, by });
const through = (model: string, by: string, to: string, of: string): Many => ({ of, by, link: { model, to } });
const one = (of: string, by: string): One => ({ of, by });

const actorLists = (by: string, memberBy: string, speakerBy: string, addresseeBy: string, reviewerBy: string) => ({
  memberships: many('Membership', memberBy),
  participations: many('Participation', by),
  statements: many('Statement', speakerBy),
  addressedStatements: many('Statement', addresseeBy),
  reviews: many('Review', reviewerBy),
  documents: through('DocumentAuthor', by, 'documentId', 'Document'),
});

const subjectLists = (by: string) => ({
  statementsAbout: through('StatementTopic', by, 'statementId', 'Statement'),
  mentionedIn: through('Mention', by, 'documentId', 'Document'),
});

/** The lists of each type; `revisions` apart, which every record has. */
export const lists: Record<string, Record<string, Many>> = {
  Person: {
    ...actorLists('personId', 'personId', 'speakerPersonId', 'addresseePersonId', 'reviewerPersonId'),
    ...subjectLists('personId'),
    positions: many('Membership', 'personId'),
    names: many('Name', 'personId'),
    identifiers: many('Identifier', 'personId'),
  },
  Organization: {
    ...actorLists('organizationId', 'memberOrganizationId', 'speakerOrganizationId', 'addresseeOrganizationId', 'reviewerOrganizationId'),
    ...subjectLists('organizationId'),
    parts: many('Organization', 'parentId'),
    members: many('Membership', 'organizationId'),
    represented: many('Membership', 'onBehalfOfId'),
    publishedDocuments: many('Document', 'publisherId'),
    carriedStatements: many('Statement', 'outletId'),
    names: many('Name', 'organizationId'),
    identifiers: many('Identifier', 'organizationId'),
  },
  Membership: { statements: many('Statement', 'capacityId'), citations: many('Citation', 'membershipId') },
  Place: {
    ...subjectLists('placeId'),
    parts: many('Place', 'parentId'),
    events: many('Event', 'placeId'),
    statements: many('Statement', 'venueId'),
    names: many('Name', 'placeId'),
    identifiers: many('Identifier', 'placeId'),
  },
  Event: {
    ...subjectLists('eventId'),
    parts: many('Event', 'parentId'),
    participations: many('Participation', 'eventId'),
    linksFrom: many('EventLink', 'fromId'),
    linksTo: many('EventLink', 'toId'),
    citations: many('Citation', 'eventId'),
    aliases: many('Name', 'eventId'),
    identifiers: many('Identifier', 'eventId'),
  },
  Participation: { citations: many('Citation', 'participationId') },
  EventLink: { citations: many('Citation', 'eventLinkId') },
  Document: {
    derivatives: many('Document', 'derivedFromId'),
    appearances: many('Appearance', 'documentId'),
    statements: through('Appearance', 'documentId', 'statementId', 'Statement'),
    mentions: many('Mention', 'documentId'),
    citations: many('Citation', 'documentId'),
    reviews: many('Review', 'documentId'),
    authors: many('DocumentAuthor', 'documentId'),
    identifiers: many('Identifier', 'documentId'),
  },
  Statement: {
    appearances: many('Appearance', 'statementId'),
    linksFrom: many('StatementLink', 'fromId'),
    linksTo: many('StatementLink', 'toId'),
    reviews: many('Review', 'statementId'),
    about: many('StatementTopic', 'statementId'),
    identifiers: many('Identifier', 'statementId'),
  },
  StatementLink: { citations: many('Citation', 'statementLinkId') },
  Appearance: { relayedBy: many('Appearance', 'relayedFromId') },
};

/** The relations to one record. */
export const ones: Record<string, Record<string, One>> = {
  Organization: { parent: one('Organization', 'parentId') },
  Membership: { organization: one('Organization', 'organizationId'), onBehalfOf: one('Organization', 'onBehalfOfId') },
  Place: { parent: one('Place', 'parentId') },
  Event: { place: one('Place', 'placeId'), parent: one('Event', 'parentId') },
  Participation: { event: one('Event', 'eventId') },
  EventLink: { from: one('Event', 'fromId'), to: one('Event', 'toId') },
  Document: { publisher: one('Organization', 'publisherId'), derivedFrom: one('Document', 'derivedFromId') },
  Statement: { capacity: one('Membership', 'capacityId'), outlet: one('Organization', 'outletId'), venue: one('Place', 'venueId') },
  StatementLink: { from: one('Statement', 'fromId'), to: one('Statement', 'toId') },
  Appearance: {
    statement: one('Statement', 'statementId'),
    document: one('Document', 'documentId'),
    relayedFrom: one('Appearance', 'relayedFromId'),
  },
  Review: { statement: one('Statement', 'statementId'), document: one('Document', 'documentId') },
  Citation: {
    document: one('Document', 'documentId'),
    event: one('Event', 'eventId'),
    participation: one('Participation', 'participationId'),
    membership: one('Membership', 'membershipId'),
    eventLink: one('EventLink', 'eventLinkId'),
    statementLink: one('StatementLink', 'statementLinkId'),
  },
  StatementTopic: {
    event: one('Event', 'eventId'),
    person: one('Person', 'personId'),
    organization: one('Organization', 'organizationId'),
    place: one('Place', 'placeId'),
  },
};

/** The relations to a person or an organization. */
export const actors: Record<string, Record<string, Actor>> = {
  Membership: { member: { person: 'personId', organization: 'memberOrganizationId' } },
  Participation: { participant: { person: 'personId', organization: 'organizationId' } },
  DocumentAuthor: { author: { person: 'personId', organization: 'organizationId' } },
  Statement: {
    speaker: { person: 'speakerPersonId', organization: 'speakerOrganizationId' },
    addressee: { person: 'addresseePersonId', organization: 'addresseeOrganizationId' },
  },
  Review: { reviewer: { person: 'reviewerPersonId', organization: 'reviewerOrganizationId' } },
};

/** The columns with the instants of a date. */
export const bounds: Record<string, readonly [earliest: string, latest: string]> = {
  date: ['earliest', 'latest'],
  endDate: ['endEarliest', 'endLatest'],
  startDate: ['startEarliest', 'startLatest'],
  birthDate: ['birthEarliest', 'birthLatest'],
  deathDate: ['deathEarliest', 'deathLatest'],
  foundingDate: ['foundingEarliest', 'foundingLatest'],
  dissolutionDate: ['dissolutionEarliest', 'dissolutionLatest'],
  publishedAt: ['publishedEarliest', 'publishedLatest'],
};

/** The columns behind the values of each order, by the names of its enum; `standard` is the order when none is asked for, `-` from large to small. */
type Orders = Record<string, readonly string[]> & { standard: readonly string[] };

const always = { CREATED_AT: ['createdAt'], UPDATED_AT: ['updatedAt'] };

export const orders: Record<string, Orders> = {
  Person: {
    NAME: ['name'],
    SORT_NAME: ['sortName'],
    BIRTH_DATE: ['birthEarliest'],
    DEATH_DATE: ['deathEarliest'],
    ...always,
    standard: ['sortName'],
  },
  Organization: {
    NAME: ['name'],
    FOUNDING_DATE: ['foundingEarliest'],
    DISSOLUTION_DATE: ['dissolutionEarliest'],
    ...always,
    standard: ['name'],
  },
  Place: { NAME: ['name'], ...always, standard: ['name'] },
  Event: { DATE: ['earliest'], END_DATE: ['endEarliest'], ...always, standard: ['earliest'] },
  Document: { PUBLISHED_AT: ['publishedEarliest'], TITLE: ['title'], ...always, standard: ['-publishedEarliest'] },
  Statement: { DATE: ['earliest'], ...always, standard: ['-earliest'] },
  Membership: { START_DATE: ['startEarliest'], END_DATE: ['endEarliest'], ...always, standard: ['-startEarliest'] },
  Participation: { EVENT_DATE: ['event.earliest'], ...always, standard: ['createdAt'] },
  EventLink: { ...always, standard: ['createdAt'] },
  StatementLink: { ...always, standard: ['createdAt'] },
  Appearance: { PUBLISHED_AT: ['document.publishedEarliest'], ...always, standard: ['createdAt'] },
  Citation: { PUBLISHED_AT: ['document.publishedEarliest'], ...always, standard: ['createdAt'] },
  Review: { DATE: ['earliest'], ...always, standard: ['-earliest'] },
};
