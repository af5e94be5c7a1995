import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';

// A second subgraph: articles, which mention people by their identifiers in Wikidata and stand on documents by
// their URLs. It knows nothing else of either.

const articles = [
  { url: 'https://news.example/1', headline: 'Two envoys', mentions: ['Q9000001', 'Q9000002'], source: 'https://source.example/1' },
  {
    url: 'https://news.example/2',
    headline: 'Nobody knows them',
    mentions: ['Q9000009', 'Q9000003'],
    source: 'https://source.example/none',
  },
  { url: 'https://news.example/3', headline: 'The same again', mentions: ['Q9000001', 'Q9000001', 'Q9000004', 'Q9000005'], source: null },
];

const comments = { 'https://source.example/1': [{ text: 'Well found.' }, { text: 'Is that all?' }] };

export const articlesSdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])

  type Query {
    articles: [Article!]!
    article(url: String!): Article
  }

  type Article @key(fields: "url") {
    url: String!
    headline: String!
    mentions: [Person]!
    source: Document
  }

  type Person @key(fields: "wikidataId") {
    wikidataId: String
    articles: [Article!]!
    follower: String
  }

  type Document @key(fields: "url") {
    url: String
    comments: [Comment!]!
  }

  type Comment {
    text: String!
  }

  type PageInfo @shareable {
    hasNextPage: Boolean!
  }
`;

const person = (wikidataId) => ({ __typename: 'Person', wikidataId });
const document = (url) => ({ __typename: 'Document', url });

const resolvers = {
  Query: {
    articles: () => articles,
    article: (_root, { url }) => articles.find((each) => each.url === url) ?? null,
    _service: () => ({ sdl: articlesSdl }),
    _entities: (_root, { representations }) =>
      representations.map((each) => (each.__typename === 'Article' ? articles.find(({ url }) => url === each.url) : each)),
  },
  Article: { mentions: ({ mentions }) => mentions.map(person), source: ({ source }) => source && document(source) },
  Person: {
    articles: ({ wikidataId }) => articles.filter(({ mentions }) => mentions.includes(wikidataId)),
    follower: ({ wikidataId }) => {
      if (wikidataId === 'Q9000002') throw new Error('Nobody can say who follows Q9000002.');
      return `a follower of ${wikidataId}`;
    },
  },
  Document: { comments: ({ url }) => comments[url] ?? [] },
  _Entity: { __resolveType: ({ __typename, headline }) => __typename ?? (headline && 'Article') },
};

// What a gateway asks for, without the package that makes it, which would bring a second copy of GraphQL.js.
const served = `${articlesSdl.replace(/^ *extend schema.*$/m, '').replaceAll(/ @(key|shareable)(\([^)]*\))?/g, '')}
  extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
  type _Service { sdl: String }
  union _Entity = Article | Person | Document
  scalar _Any`;

/**
 * Starts the article service on a free port.
 * @returns {Promise<{ endpoint: string, stop(): Promise<void> }>}
 */
export async function startArticles() {
  const yoga = createYoga({ schema: createSchema({ typeDefs: served, resolvers }), maskedErrors: false, logging: false });
  const server = createServer(yoga);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${server.address().port}/graphql`, stop };
}
