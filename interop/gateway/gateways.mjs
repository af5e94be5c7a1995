import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

// Two gateways over the same supergraph. Each passes the end user's token on, and shows Verbatim that it is the
// gateway: Apollo's by a header, Hive's by signing. Each is a function of a query that gives the answer.

// Hive's would look whether it runs in a cloud.
process.env.METADATA_SERVER_DETECTION = 'none';

/** Apollo's has no way to sign, and sends the secret. */
export async function startApollo(supergraphSdl, secret) {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) =>
      new RemoteGraphQLDataSource({
        url,
        willSendRequest: ({ request, context }) => {
          if (context.authorization) request.http.headers.set('authorization', context.authorization);
          if (name === 'verbatim') request.http.headers.set('gateway-authorization', `Bearer ${secret}`);
        },
      }),
  });
  const server = new ApolloServer({ gateway, includeStacktraceInErrorResponses: false, logger: silent });
  await server.start();
  return {
    ask: async (query, authorization) => {
      const { body } = await server.executeOperation({ query }, { contextValue: { authorization } });
      return JSON.parse(JSON.stringify(body.singleResult));
    },
    stop: () => server.stop(),
  };
}

/** Hive's signs what it sends to Verbatim. */
export async function startHive(supergraphSdl, secret) {
  const gateway = createGatewayRuntime({
    supergraph: supergraphSdl,
    logging: false,
    maskedErrors: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? undefined }),
    },
    hmacSignature: { secret, shouldSign: ({ subgraphName }) => subgraphName.toLowerCase() === 'verbatim' },
  });
  return {
    ask: async (query, authorization) => {
      const response = await gateway.fetch('http://gateway.example/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...(authorization ? { authorization } : {}) },
        body: JSON.stringify({ query }),
      });
      return response.json();
    },
    stop: () => gateway[Symbol.asyncDispose](),
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };
