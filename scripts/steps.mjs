import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

// The steps between a clone and a running program. Each is skipped while nothing that it reads has changed.

export const root = fileURLToPath(new URL('..', import.meta.url));

const tools = {
  prisma: bin('prisma', 'prisma'),
  tsc: bin('typescript', 'tsc'),
  codegen: bin('@graphql-codegen/cli', 'graphql-codegen'),
};

/** Generates the Prisma client, compiles `src` into `dist`, and bundles the programs there. */
export async function build() {
  await generateClient();
  const inputs = ['src', 'package-lock.json', 'prisma/schema.prisma', 'tsconfig.json', 'tsconfig.build.json'];
  await unlessMade('dist/.built', inputs, async () => {
    say('Compiling…');
    // What was compiled from a file that is gone would stay.
    await rm(join(root, 'dist'), { recursive: true, force: true });
    // Types are checked by "npm run check"; whoever starts the server need not wait for that.
    await quietly(tools.tsc, '-p', 'tsconfig.build.json', '--noCheck');
    await bundle(root);
  });
}

/** Builds, and runs a program of `dist`. */
export async function run(program) {
  // npm tells a signal to the shell between it and this process, and the shell ends without a word.
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }, 300).unref();
  }
  await build();
  // In this process, so that the signals of whoever stops it arrive.
  const script = join(root, 'dist', program);
  process.argv[1] = script;
  await import(pathToFileURL(script).href);
}

/** Generates the Prisma client. */
export async function generateClient() {
  await unlessMade('src/generated/.made', ['package-lock.json', 'prisma.config.ts', 'prisma/schema.prisma'], async () => {
    say('Generating the Prisma client…');
    await quietly(tools.prisma, 'generate', '--no-hints');
  });
}

/** Generates the types of the GraphQL documents in the tests and the examples, and the sources of `verbatim-client`. */
export async function generateDocuments() {
  const inputs = ['client/codegen', 'client/operations', 'codegen.ts', 'examples', 'package-lock.json', 'schema.graphql', 'test'];
  await unlessMade(['test/generated/.made', 'client/src/generated/.made'], inputs, async () => {
    say('Generating the types of the GraphQL documents…');
    await quietly(tools.codegen, '--errors-only');
  });
}

/** Makes the package `verbatim-client` in client/dist. */
export async function buildClient() {
  await generateDocuments();
  const inputs = ['client', 'codegen.ts', 'examples', 'package-lock.json', 'package.json', 'schema.graphql', 'tsconfig.json'];
  await unlessMade('client/dist/.built', inputs, async () => {
    say('Compiling verbatim-client…');
    const dist = join(root, 'client/dist');
    await rm(dist, { recursive: true, force: true });
    await quietly(tools.tsc, '-p', 'client');
    await copyFile(join(root, 'client/src/generated/persisted-documents.json'), join(dist, 'persisted-documents.json'));
    await copyFile(join(root, 'schema.graphql'), join(dist, 'schema.graphql'));
    // What codegen makes for those who write their documents into their code; the package has its own.
    await Promise.all(['gql.js', 'gql.d.ts'].map((name) => rm(join(dist, 'generated', name), { force: true })));
  });
}

/** Installs a package of this repository that has a lock file of its own. */
export async function installIn(folder) {
  await unlessMade(`${folder}/node_modules/.made`, [`${folder}/package-lock.json`], async () => {
    say(`Installing what ${folder} needs…`);
    const npm = spawn('npm', ['ci', '--prefix', folder, '--no-fund', '--no-audit'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise((resolve, reject) => npm.on('error', reject).on('close', resolve));
    if (code !== 0) process.exit(code ?? 1);
  });
}

/** One line on what goes on, out of the way of what a script prints for others to read. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** The script that a package's command starts. */
export function bin(name, command) {
  const folder = join(root, 'node_modules', name);
  const { bin: entry } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof entry === 'string' ? entry : entry[command]);
}

/** Does the work unless the stamp, or each of several, says that it was done with these inputs. */
async function unlessMade(stamp, inputs, work) {
  const paths = [stamp].flat().map((path) => join(root, path));
  const key = await hashOf(inputs);
  const made = await Promise.all(paths.map((path) => existsSync(path) && readFile(path, 'utf8')));
  if (made.every((each) => each === key)) return;
  await work();
  for (const path of paths) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, key);
  }
}

async function hashOf(inputs) {
  const hash = createHash('sha256');
  const files = (await Promise.all([...inputs, 'scripts/steps.mjs', 'scripts/bundle.mjs'].map((input) => filesIn(input)))).flat().sort();
  for (const file of files) hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
  return hash.digest('hex');
}

const outputs = new Set(['dist', 'generated', 'node_modules']);

/** The files at a path, what was made aside. */
async function filesIn(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (!entries) return [path];
  const inner = entries.filter(({ name }) => !outputs.has(name)).map(({ name }) => filesIn(`${path}/${name}`));
  return (await Promise.all(inner)).flat();
}

/** Runs one of the tools. What it prints is shown only when it fails, and then nothing else is done. */
async function quietly(script, ...args) {
  // Prisma looks for its generators on the path.
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  process.exit(code ?? 1);
}
