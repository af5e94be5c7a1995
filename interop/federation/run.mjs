import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { ask, composers, sdlOf, subgraph } from '../composition.mjs';

// Runs Apollo's public suite of compatibility tests: its own two subgraphs, the one that it asks for built with
// this project's builder options, Hive Gateway in front of the three, and its tests by Jest, all on free ports.

process.env.METADATA_SERVER_DETECTION = 'none';

const require = createRequire(import.meta.url);
const suite = dirname(require.resolve('@apollo/federation-subgraph-compatibility-tests/package.json'));
const here = fileURLToPath(new URL('.', import.meta.url));

/** What can't be passed, and why. */
const beyond = {
  ftv1: 'Apollo’s own tracing, by a plugin of Apollo Server or of Yoga that Verbatim doesn’t have; no gateway needs it.',
};

const children = [];
let gateway;
let front;
try {
  const [users, inventory, products] = await Promise.all([theirs('users'), theirs('inventory'), ours()]);
  const { supergraphSdl, errors } = composers['@apollo/composition']([
    subgraph('users', users.url, users.sdl),
    subgraph('inventory', inventory.url, inventory.sdl),
    subgraph('products', products, await sdlOf(products)),
  ]);
  if (!supergraphSdl) throw new Error(`The three don’t compose:\n${errors.join('\n')}`);
  gateway = createGatewayRuntime({ supergraph: supergraphSdl, graphqlEndpoint: '/', logging: false });
  front = createServer(gateway);
  await new Promise((resolve) => front.listen(0, '127.0.0.1', resolve));
  process.exitCode = report(await jest(products, `http://127.0.0.1:${front.address().port}/`));
} finally {
  for (const child of children) child.kill();
  front?.closeAllConnections();
  front?.close();
  await gateway?.[Symbol.asyncDispose]();
}
process.exit();

/** One of the suite's own subgraphs. */
async function theirs(name) {
  const port = await freePort();
  const program = join(suite, 'dist/subgraphs', name, 'index.js');
  children.push(spawn(process.execPath, [program], { env: { ...process.env, [`${name.toUpperCase()}_PORT`]: port }, stdio: 'ignore' }));
  const url = `http://localhost:${port}/`;
  for (let tries = 0; ; tries++) {
    const answer = await ask(url, '{ __typename }').catch(() => undefined);
    if (answer?.data) break;
    if (tries > 300) throw new Error(`The subgraph ${name} does not answer.`);
    await sleep(100);
  }
  return { url, sdl: await readFile(join(suite, 'dist/subgraphs', name, `${name}.graphql`), 'utf8') };
}

/** The subgraph that is tested. */
function ours() {
  const program = fileURLToPath(new URL('../../test/federation/products.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const [, url] = /listening at (\S+)/.exec(text) ?? [];
      if (url) resolve(url);
    });
    child.once('close', () => reject(new Error('The subgraph of products ended.')));
  });
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Runs the suite's tests as its own configuration has them, except for what is compiled already. */
async function jest(productsUrl, gatewayUrl) {
  const config = {
    rootDir: suite,
    testEnvironment: 'node',
    transform: {},
    haste: { retainAllFiles: true },
    testPathIgnorePatterns: [],
    moduleNameMapper: { '^make-fetch-happen$': join(here, 'fetch.cjs') },
  };
  const args = [join(suite, 'dist/tests'), '--ci', '--json', '--watchman=false', '--config', JSON.stringify(config)];
  const child = spawn(process.execPath, [require.resolve('jest/bin/jest'), ...args], {
    env: { ...process.env, PRODUCTS_URL: productsUrl, GATEWAY_URL: gatewayUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  if (!stdout.startsWith('{')) throw new Error(`Jest did not run:\n${stderr}`);
  return JSON.parse(stdout).testResults.flatMap(({ assertionResults }) => assertionResults);
}

/** Prints what passed, as the suite's own report counts it. */
function report(assertions) {
  const { TESTS } = require(join(suite, 'dist/testRunner.js'));
  const of = (name) => assertions.filter(({ ancestorTitles: [group], fullName }) => (group ?? fullName) === name);
  let passed = 0;
  let unexpected = 0;
  for (const { assertion, column } of TESTS) {
    const results = of(assertion);
    const isPassed = results.length > 0 && results.every(({ status }) => status === 'passed');
    const reason = beyond[assertion];
    if (isPassed) passed += 1;
    if (isPassed === (reason !== undefined)) unexpected += 1;
    console.log(`${isPassed ? 'ok  ' : reason ? 'not ' : 'FAIL'} ${column}${isPassed || !reason ? '' : `: ${reason}`}`);
    if (isPassed || reason) continue;
    for (const { fullName, failureMessages } of results)
      if (failureMessages.length > 0) console.log(`${fullName}\n${failureMessages.join('\n')}`);
  }
  const tests = assertions.filter(({ status }) => status === 'passed').length;
  console.log(
    `federation: ${passed} of ${TESTS.length} features passed, by ${tests} of ${assertions.length} tests; ${unexpected} other than known`,
  );
  return unexpected === 0 ? 0 : 1;
}
