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
}
