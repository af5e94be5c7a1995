import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask } from '../composition.mjs';

// The programs of docs/clients/gateway.md, taken out of the page as they are, with the addresses of this run.

const installed = fileURLToPath(new URL('../node_modules', import.meta.url));
const page = await readFile(new URL('../../docs/clients/gateway.md', import.meta.url), 'utf8');

/** The query of the page. */
const [, query] = /^```graphql\n(query .*?)^```/ms.exec(page) ?? [];

/**
 * Composes and starts both gateways, and asks each.
 * @param {{ verbatim: string, articles: string, secret: string }} services
 * @param {(string | undefined)[]} tokens in whose name to ask, one after the other.
 * @returns {Promise<Record<string, object[]>>} the answers of each gateway, in the order of the tokens.
 */
export async function runPage({ verbatim, articles, secret }, tokens) {
  const folder = await mkdtemp(join(tmpdir(), 'verbatim-gateway-'));
  const children = [];
  const ports = { 4100: await freePort(), 4200: await freePort() };
  const run = (...args) => {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, GATEWAY_SECRET: secret, METADATA_SERVER_DETECTION: 'none' };
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    child.said = '';
    for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (child.said += chunk));
    return child;
  };
  try {
    await symlink(installed, join(folder, 'node_modules'), 'dir');
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    for (const [, name, program] of page.matchAll(/^```js (\S+)\n(.*?)^```/gms)) {
      const here = program
        .replaceAll('http://localhost:4000/graphql', verbatim)
        .replaceAll('http://localhost:4001/graphql', articles)
        .replaceAll('4200', ports[4200]);
      await writeFile(join(folder, name), here);
    }
    const composing = run('compose.mjs');
    const code = await new Promise((resolve) => composing.once('close', resolve));
    if (code !== 0) throw new Error(`compose.mjs ended with ${code}: ${composing.said}`);
    const [, line] = /^npx (hive-gateway .*)$/m.exec(page) ?? [];
    const [, ...args] = line.replaceAll('4100', ports[4100]).split(' ');
    const gateways = {
      'Hive Gateway': [run(join(installed, '@graphql-hive/gateway/dist/bin.js'), ...args), `http://localhost:${ports[4100]}/graphql`],
      'Apollo Gateway': [run('apollo.mjs'), `http://localhost:${ports[4200]}/`],
    };
    const answers = {};
    for (const [name, [child, url]] of Object.entries(gateways)) {
      await listening(name, child, url);
      answers[name] = [];
      for (const token of tokens) answers[name].push(await ask(url, query, { headers: token ? { authorization: `Bearer ${token}` } : {} }));
    }
    return answers;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function listening(name, child, url) {
  for (let waited = 0; waited < 120_000; waited += 200) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${child.said}`);
    const there = await fetch(`${url}?query={__typename}`, { headers: { 'apollo-require-preflight': 'true' } }).catch(() => undefined);
    if (there?.ok) return;
    await sleep(200);
  }
  throw new Error(`${name} does not listen: ${child.said}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });
}
