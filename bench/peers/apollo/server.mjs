import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../../dist/generated/prisma/client.js';
import { typeDefs } from '../shared/schema.mjs';
import { searchStatement, tell } from '../shared/serve.mjs';
import { instantsOf, localize, partsOf, readCursor, writeCursor } from '../shared/values.mjs';
import { loadersOf } from './loaders.mjs';

// Apollo Server with Prisma and DataLoader, as their tutorials put them together.

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 10 }) });
const published = { status: 'PUBLISHED' };

/**
 * A page after a cursor. Prisma's own cursors would fetch the whole list, since what it is sorted by may be null, so
 * the condition is written out. What has no instant comes last.
 */
async function pageOf(model, { where, first, after, direction }) {
  const operator = direction === 'desc' ? 'lt' : 'gt';
  const [earliest, id] = readCursor(after);
  const past = earliest
    ? { OR: [{ earliest: { [operator]: earliest } }, { earliest, id: { [operator]: id } }, { earliest: null }] }
    : { earliest: null, id: { [operator]: id } };
  const rows = await model.findMany({
    where: after ? { AND: [where, past] } : where,
    orderBy: [{ earliest: { sort: direction, nulls: 'last' } }, { id: direction }],
    take: first + 1,
  });
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: Boolean(after),
      endCursor: last ? writeCursor(last.earliest, last.id) : null,
    },
    totalCount: () => model.count({ where }),
  };
}

const directionOf = (orderBy, standard) => (orderBy?.[0]?.direction ?? standard).toLowerCase();

function statementsWhere({ speaker, date } = {}) {
  return {
    ...published,
    ...(speaker?.person?.id?.eq ? { speakerPersonId: speaker.person.id.eq, speakerPerson: published } : {}),
    ...(date?.after ? { earliest: { gt: instantsOf(date.after).latest } } : {}),
  };
}

const typed = (type) => (row) => row && { ...row, __typename: type };
const actorOf = async ({ personId, organizationId }, loaders) => {
  if (personId) return typed('Person')(await loaders.person.load(personId));
  return organizationId ? typed('Organization')(await loaders.organization.load(organizationId)) : null;
};

const actor = (model, member) => ({
  memberships: async ({ id }, { first, where }, { loaders }) => ({
    nodes: await loaders.list(model, member, { first, current: where?.endDate?.isNull === true }).load(id),
  }),
  participations: async ({ id }, { first }, { loaders }) => ({ nodes: await loaders.list(model, 'participations', { first }).load(id) }),
});

const resolvers = {
  Query: {
    statement: (_root, { by }) => prisma.statement.findFirst({ where: { id: by.id, ...published } }),
    event: (_root, { by }) => prisma.event.findFirst({ where: { id: by.id, ...published } }),
    statements: (_root, { first, after, where, orderBy }) =>
      pageOf(prisma.statement, { where: statementsWhere(where ?? {}), first, after, direction: directionOf(orderBy, 'DESC') }),
    events: (_root, { first, after, where, orderBy }) =>
      pageOf(prisma.event, {
        where: { ...published, ...(where?.linksFrom?.some ? { linksFrom: { some: { ...published, to: published } } } : {}) },
        first,
        after,
        direction: directionOf(orderBy, 'ASC'),
      }),
    search: async (_root, { query, first }) => ({ nodes: await prisma.$queryRawUnsafe(searchStatement, query, first) }),
  },
  Statement: {
    speaker: ({ speakerPersonId: personId, speakerOrganizationId: organizationId }, _args, { loaders }) =>
      actorOf({ personId, organizationId }, loaders),
    about: async ({ id }, { first }, { loaders }) => ({ nodes: await loaders.list('statement', 'topics', { first }).load(id) }),
  },
  StatementTopic: {
    subject: async ({ eventId, placeId, ...ends }, _args, { loaders }) => {
      if (eventId) return typed('Event')(await loaders.event.load(eventId));
      return placeId ? typed('Place')(await loaders.place.load(placeId)) : actorOf(ends, loaders);
    },
  },
  Event: {
    title: ({ title }, { languages }) => localize(title, languages),
    place: ({ placeId }, _args, { loaders }) => placeId && loaders.place.load(placeId),
    statementsAbout: async ({ id }, { first }, { loaders }) => ({ nodes: await loaders.list('event', 'topics', { first }).load(id) }),
    participations: async ({ id }, { first }, { loaders }) => ({
      nodes: await loaders.list('event', 'participations', { first }).load(id),
    }),
    linksFrom: async ({ id }, { first }, { loaders }) => ({ nodes: await loaders.list('event', 'linksFrom', { first }).load(id) }),
  },
  EventLink: { to: ({ toId }, _args, { loaders }) => loaders.event.load(toId) },
  Participation: {
    event: ({ eventId }, _args, { loaders }) => loaders.event.load(eventId),
    participant: (row, _args, { loaders }) => actorOf(row, loaders),
  },
  Place: { parent: ({ parentId }, _args, { loaders }) => parentId && loaders.place.load(parentId) },
  Person: actor('person', 'memberships'),
  Organization: actor('organization', 'memberships'),
  Membership: { organization: ({ organizationId }, _args, { loaders }) => loaders.organization.load(organizationId) },
  SearchHit: {
    highlight: ({ excerpt }) => partsOf(excerpt),
    record: async ({ statementId, eventId, documentId, ...ends }, _args, { loaders }) => {
      if (statementId) return typed('Statement')(await loaders.statement.load(statementId));
      if (eventId) return typed('Event')(await loaders.event.load(eventId));
      return documentId ? typed('Document')(await loaders.document.load(documentId)) : actorOf(ends, loaders);
    },
  },
};

const server = new ApolloServer({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async () => ({ loaders: loadersOf(prisma) }),
});
tell(new URL(url).port, '/');
