import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { serverAudits } from 'graphql-http';
import { whileRunning } from '../program.mjs';
import { hashOf, query, writeDocuments } from './documents.mjs';

// GraphQL over HTTP, against the program as it is run: the audit by the package of those who wrote the
// specification, and persisted documents as programs write them and clients ask for them.

const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
const folder = await mkdtemp(join(tmpdir(), 'verbatim-http-'));
try {
  const PERSISTED_DOCUMENTS = join(folder, 'documents.json');
  const documents = await writeDocuments(folder);
  const { 'Apollo’s client': apollos, ...others } = documents;
  await whileRunning({}, async ({ endpoint: url }) => {
    await audit(url);
    await tryClient('from a server without documents', url, ['hash', 'text', 'text']);
  });
  await whileRunning({ LEAN_PATH: 'false' }, async ({ endpoint: url }) => {
    await audit(url, ', by Yoga alone');
  });
  await writeFile(PERSISTED_DOCUMENTS, JSON.stringify(Object.assign({}, ...Object.values(others))));
  await whileRunning({ PERSISTED_DOCUMENTS }, async ({ endpoint: url }) => {
    await tryClient('from a server with other documents', url, ['hash', 'hash and text', 'hash', 'hash and text']);
  });
  await writeFile(PERSISTED_DOCUMENTS, JSON.stringify(Object.assign({}, ...Object.values(documents))));
  await whileRunning({ PERSISTED_DOCUMENTS, PERSISTED_DOCUMENTS_ONLY: 'true' }, async ({ endpoint: url }) => {
    for (const [program, written] of Object.entries(documents)) await tryDocuments(program, written, url);
    const other = await post(url, { query: '{ people { nodes { name } } }' });
    count('another document is refused', other.errors?.[0].extensions.code === 'PERSISTED_DOCUMENTS_ONLY', other);
    await tryClient('from a server that runs nothing else', url, ['hash', 'hash']);
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(
  `GraphQL over HTTP: ${Object.entries(counts)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ')}`,
);
process.exitCode = counts.ok > 0 && counts.notice + counts.warn + counts.error === 0 ? 0 : 1;

/** Runs every audit. One that is only a recommendation counts as much as the others. */
async function audit(url, how = '') {
  const before = counts.ok;
  const audits = serverAudits({ url });
  for (const { fn } of audits) {
    const { id, name, status, reason } = await fn();
    counts[status]++;
    if (status !== 'ok') console.log(`${status} ${id} ${name}: ${reason}`);
  }
  console.log(`Audit of graphql-http${how}: ${counts.ok - before} of ${audits.length} in order`);
}

/** Asks for each document by its hash in every parameter that can hold it. */
async function tryDocuments(program, written, url) {
  for (const id of Object.keys(written)) {
    for (const parameter of ['documentId', 'id', 'doc_id']) {
      const byPost = await post(url, { [parameter]: id });
      const byGet = await (await fetch(`${url}?${new URLSearchParams({ [parameter]: id })}`)).json();
      count(`a document of ${program} as ${parameter}`, isAnswer(byPost) && isAnswer(byGet), [byPost, byGet]);
    }
  }
}

/** Has Apollo's client ask twice, and looks at what it sent. */
async function tryClient(where, url, expected) {
  const sent = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new PersistedQueryLink({ sha256: hashOf }).concat(
      new HttpLink({
        uri: url,
        fetch: (address, init) => {
          const { query: text, extensions } = JSON.parse(init.body);
          sent.push([extensions?.persistedQuery && 'hash', text && 'text'].filter(Boolean).join(' and '));
          return fetch(address, init);
        },
      }),
    ),
  });
  const answers = [];
  for (let i = 0; i < 2; i++) answers.push(await client.query({ query, fetchPolicy: 'network-only' }));
  count(`Apollo’s client, ${where}`, answers.every(isAnswer) && String(sent) === String(expected), [sent, answers]);
}

function isAnswer({ data, errors, error }) {
  return !errors && !error && data.people.nodes.length === 3;
}

async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return response.json();
}

function count(what, isRight, found) {
  counts[isRight ? 'ok' : 'error']++;
  console.log(`${isRight ? 'ok' : 'error'}: ${what}${isRight ? '' : `: ${JSON.stringify(found)}`}`);
}
