import { instantsOf, partsOf } from '../shared/values.mjs';

// The operations in the schema that PostGraphile makes of the tables, and its answers in the common shape.

const speaker = (inner = 'name') => `personBySpeakerPersonId { ${inner} } organizationBySpeakerOrganizationId { ${inner} }`;
const pageInfo = 'pageInfo { hasNextPage endCursor }';
const place = 'role eventByEventId { localizedTitle(languages: $languages) { text } date }';

export const documents = {
  record: `query Record($id: UUID!) { statementByRowId(rowId: $id) { rowId text date quoteType ${speaker()} } }`,
  latest: `query Latest($after: Cursor) {
  allStatements(first: 20, after: $after, orderBy: [EARLIEST_DESC, ROW_ID_DESC]) {
    nodes { text date language ${speaker()} statementTopicsByStatementId(first: 5, orderBy: [ROW_ID_ASC]) {
      nodes { personId organizationId eventByEventId { localizedTitle(languages: ["en"]) { text } date } } } }
    ${pageInfo}
  }
}`,
  levels: `query Levels($after: Cursor, $languages: [String!]) {
  allEvents(first: 10, after: $after, orderBy: [EARLIEST_DESC, ROW_ID_DESC]) {
    nodes {
      localizedTitle(languages: $languages) { text language }
      date
      statementTopicsByEventId(first: 10, orderBy: [STATEMENT_EARLIEST_DESC, STATEMENT_ID_DESC]) {
        nodes {
          statementByStatementId {
            text
            date
            personBySpeakerPersonId { name membershipsByPersonId(first: 5, filter: { endDate: { isNull: true } }, orderBy: [START_EARLIEST_DESC, ROW_ID_DESC]) { ...Places } }
            organizationBySpeakerOrganizationId { name membershipsByMemberOrganizationId(first: 5, filter: { endDate: { isNull: true } }, orderBy: [START_EARLIEST_DESC, ROW_ID_DESC]) { ...Places } }
          }
        }
      }
    }
    ${pageInfo}
  }
}
fragment Places on MembershipConnection { nodes { role organizationByOrganizationId { name } } }`,
  page: `query Page($speaker: UUID!, $since: Datetime!, $after: Cursor) {
  allStatements(first: 20, after: $after, filter: { speakerPersonId: { equalTo: $speaker }, personBySpeakerPersonIdExists: true, earliest: { greaterThan: $since } }, orderBy: [EARLIEST_DESC, ROW_ID_DESC]) {
    totalCount
    nodes { text date language quoteType medium }
    ${pageInfo}
  }
}`,
  search: `query Search($query: String!) {
  benchPostgraphileFound(words: $query, most: 20) {
    nodes {
      excerpt
      personByPersonId { name }
      organizationByOrganizationId { name }
      statementByStatementId { text ${speaker()} }
      eventByEventId { localizedTitle(languages: ["en"]) { text } }
      documentByDocumentId { title }
    }
  }
}`,
  event: `query EventPage($id: UUID!, $languages: [String!]) {
  eventByRowId(rowId: $id) {
    localizedTitle(languages: $languages) { text language }
    date
    statementTopicsByEventId(first: 10, orderBy: [STATEMENT_EARLIEST_DESC, STATEMENT_ID_DESC]) {
      nodes {
        statementByStatementId {
          text
          personBySpeakerPersonId { name birthDate participationsByPersonId(first: 5, orderBy: [CREATED_AT_ASC, ROW_ID_ASC]) { nodes { ${place} } } }
          organizationBySpeakerOrganizationId { name classification participationsByOrganizationId(first: 5, orderBy: [CREATED_AT_ASC, ROW_ID_ASC]) { nodes { ${place} } } }
        }
      }
    }
  }
}`,
  answers: `query Answers($after: Cursor, $languages: [String!]) {
  allEvents(first: 10, after: $after, filter: { eventLinksByFromIdExist: true }, orderBy: [EARLIEST_ASC, ROW_ID_ASC]) {
    nodes {
      localizedTitle(languages: $languages) { text }
      date
      type
      placeByPlaceId { name placeByParentId { name } }
      participationsByEventId(first: 10, orderBy: [CREATED_AT_ASC, ROW_ID_ASC]) { nodes { role note personByPersonId { name } organizationByOrganizationId { name } } }
      eventLinksByFromId(first: 5, orderBy: [CREATED_AT_ASC, ROW_ID_ASC]) { nodes { kind eventByToId { localizedTitle(languages: $languages) { text } date } } }
    }
    ${pageInfo}
  }
}`,
};

export const variables = (_operation, { since, ...others }) => (since ? { ...others, since: instantsOf(since).latest } : others);

const nodes = (connection, make) => ({ nodes: connection.nodes.map(make) });
const speakerOf = ({ personBySpeakerPersonId: person, organizationBySpeakerOrganizationId: organization }) => person ?? organization;
const nameOf = (actor) => actor && { name: actor.name };
const page = (of, { pageInfo: { hasNextPage, endCursor } }) => ({ ...of, pageInfo: { hasNextPage, endCursor } });
const event = ({ localizedTitle: title, date }) => ({ title, date });

const shapes = {
  record: ({ statementByRowId: { rowId: id, text, date, quoteType, ...row } }) => ({
    statement: { id, text, date, quoteType, speaker: nameOf(speakerOf(row)) },
  }),
  latest: ({ allStatements }) => ({
    statements: page(
      nodes(allStatements, ({ text, date, language, statementTopicsByStatementId: topics, ...row }) => ({
        text,
        date,
        language,
        speaker: nameOf(speakerOf(row)),
        about: nodes(topics, ({ eventByEventId, personId, organizationId }) => ({
          subject: eventByEventId
            ? { __typename: 'Event', ...event(eventByEventId) }
            : { __typename: personId ? 'Person' : organizationId ? 'Organization' : 'Place' },
        })),
      })),
      allStatements,
    ),
  }),
  levels: ({ allEvents }) => ({
    events: page(
      nodes(allEvents, ({ statementTopicsByEventId: topics, ...row }) => ({
        ...event(row),
        statementsAbout: nodes(topics, ({ statementByStatementId: { text, date, ...statement } }) => {
          const actor = speakerOf(statement);
          const held = actor?.membershipsByPersonId ?? actor?.membershipsByMemberOrganizationId;
          return {
            text,
            date,
            speaker: actor && {
              name: actor.name,
              memberships: nodes(held, ({ role, organizationByOrganizationId: organization }) => ({ role, organization })),
            },
          };
        }),
      })),
      allEvents,
    ),
  }),
  page: ({ allStatements: { totalCount, nodes: found, pageInfo: info } }) => ({ statements: { totalCount, nodes: found, pageInfo: info } }),
  search: ({ benchPostgraphileFound }) => ({
    search: nodes(
      benchPostgraphileFound,
      ({
        excerpt,
        personByPersonId,
        organizationByOrganizationId,
        statementByStatementId: statement,
        eventByEventId,
        documentByDocumentId,
      }) => ({
        highlight: partsOf(excerpt),
        record: personByPersonId
          ? { __typename: 'Person', ...personByPersonId }
          : organizationByOrganizationId
            ? { __typename: 'Organization', ...organizationByOrganizationId }
            : statement
              ? { __typename: 'Statement', text: statement.text, speaker: nameOf(speakerOf(statement)) }
              : eventByEventId
                ? { __typename: 'Event', title: eventByEventId.localizedTitle }
                : { __typename: 'Document', documentTitle: documentByDocumentId.title },
      }),
    ),
  }),
  event: ({ eventByRowId: { statementTopicsByEventId: topics, ...row } }) => ({
    event: {
      ...event(row),
      statementsAbout: nodes(topics, ({ statementByStatementId: { text, ...statement } }) => {
        const { personBySpeakerPersonId: person, organizationBySpeakerOrganizationId: organization } = statement;
        const took = person?.participationsByPersonId ?? organization?.participationsByOrganizationId;
        const participations = took && nodes(took, ({ role, eventByEventId }) => ({ role, event: event(eventByEventId) }));
        return {
          text,
          speaker: person
            ? { __typename: 'Person', name: person.name, birthDate: person.birthDate, participations }
            : organization && {
                __typename: 'Organization',
                name: organization.name,
                classification: organization.classification,
                participations,
              },
        };
      }),
    },
  }),
  answers: ({ allEvents }) => ({
    events: page(
      nodes(allEvents, ({ type, placeByPlaceId: where, participationsByEventId: took, eventLinksByFromId: links, ...row }) => ({
        ...event(row),
        type,
        place: where && { name: where.name, parent: where.placeByParentId },
        participations: nodes(took, ({ role, note, personByPersonId: person, organizationByOrganizationId: organization }) => ({
          role,
          note,
          participant: { __typename: person ? 'Person' : 'Organization', ...(person ?? organization) },
        })),
        linksFrom: nodes(links, ({ kind, eventByToId }) => ({ kind, to: event(eventByToId) })),
      })),
      allEvents,
    ),
  }),
};

export const normalize = (data, operation) => shapes[operation](data);
