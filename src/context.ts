import type { GraphQLResolveInfo } from 'graphql';
import type { Logger } from 'pino';
import type { Viewer } from './auth/viewer.ts';
import type { PrismaClient } from './generated/prisma/client.ts';

/** What a resolver may see. */
export interface Context {
  prisma: PrismaClient;
  viewer: Viewer;
  /** Whether the gateway in front vouches for the request. */
  isGateway?: boolean;
  /** Names this request in the log and in the answer's `x-request-id` header. */
  requestId: string;
  log: Logger;
  /** The contexts of the fields of this operation that are answered as of an instant, and of all below them. */
  past?: Map<GraphQLResolveInfo['path'], Context>;
}

/** What is known of whoever asks before the request is read, whichever way it came. */
export interface ServerContext {
  requestId: string;
  log: Logger;
  /** Nobody, until the request's token was looked at. */
  viewer: Viewer;
  /** As RFC 6750 has it: the request's header, or what stands in its place where there are no headers. */
  authorization: string | null;
  /** The network address that the request came from. */
  address: string;
}
