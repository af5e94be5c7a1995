import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import type { Authenticate } from './authenticate.ts';
import type { Viewer } from './viewer.ts';

interface RequestContext {
  log: Logger;
  viewer: Viewer;
  /** What the request said of who asks: looked at again while a subscription lasts. */
  authorization: string | null;
}

/** Tells who asks before the request is read, so that someone who may not ask learns nothing of the schema either. */
export function authPlugin(authenticate: Authenticate): Plugin<object, RequestContext> {
  return {
    onRequestParse: async ({ request, serverContext }) => {
      serverContext.authorization = request.headers.get('authorization');
      serverContext.viewer = await authenticate(serverContext.authorization, serverContext.log);
    },
  };
}
