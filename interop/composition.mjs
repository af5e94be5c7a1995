import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild, compositionHasErrors } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** The two programs that compose subgraphs, each as a function that gives the supergraph and what is wrong. */
export const composers = {
  '@apollo/composition': (services) => {
    const { errors, supergraphSdl, hints = [] } = composeByApollo(services);
    return { supergraphSdl, errors: (errors ?? []).map(({ message }) => message), hints: hints.map(({ message }) => message) };
  },
  '@theguild/federation-composition': (services) => {
    const result = composeByGuild(services);
    return { supergraphSdl: result.supergraphSdl, errors: compositionHasErrors(result) ? result.errors.map(({ message }) => message) : [] };
  },
};

/** A subgraph to compose, from its SDL. */
export const subgraph = (name, url, sdl) => ({ name, url, typeDefs: parse(sdl) });

/** Asks GraphQL over HTTP. */
export async function ask(endpoint, query, { variables, headers = {} } = {}) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** The SDL that a running subgraph tells gateways. */
export async function sdlOf(endpoint, headers) {
  const { data, errors } = await ask(endpoint, '{ _service { sdl } }', { headers });
  if (!data) throw new Error(`${endpoint} tells no SDL: ${JSON.stringify(errors)}`);
  return data._service.sdl;
}
