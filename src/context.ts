import type { GraphQLResolveInfo } from 'graphql';
import type { Logger } from 'pino';
import type { Viewer } from './auth/viewer.ts';
import type { PrismaClient } from './generated/prisma/client.ts';

/** What a resolver may see. */
export interface Context {
  prisma: PrismaClient;
  viewer: Viewer;
  /** Names this request in the log and in the answer's `x-request-id` header. */
  requestId: string;
  log: Logger;
  /** The contexts of the fields of this operation that are answered as of an instant, and of all below them. */
  past?: Map<GraphQLResolveInfo['path'], Context>;
}
