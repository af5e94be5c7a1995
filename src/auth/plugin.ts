import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Authenticate } from './authenticate.ts';
import type { Viewer } from './viewer.ts';

interface RequestContext {
  log: Logger;
  viewer: Viewer;
}

/** Tells who asks before the request is read, so that someone who may not ask learns nothing of the schema either. */
export function authPlugin(authenticate: Authenticate): Plugin<object, RequestContext> {
  return {
    onRequestParse: async ({ request, serverContext }) => {
      serverContext.viewer = await authenticate(request.headers.get('authorization'), serverContext.log);
    },
  };
}
