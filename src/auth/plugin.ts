import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from '../context.ts';
import type { Authenticate } from './authenticate.ts';

/** Tells who asks before the request is read, so that someone who may not ask learns nothing of the schema either. */
export function authPlugin(authenticate: Authenticate): Plugin<object, ServerContext> {
  return {
    onRequestParse: async ({ request, serverContext }) => {
      serverContext.authorization = request.headers.get('authorization');
      serverContext.viewer = await authenticate(serverContext.authorization, serverContext.log);
    },
  };
}
