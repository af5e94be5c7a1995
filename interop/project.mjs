import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

// A frontend as somebody would start one: an empty folder into which verbatim-client was installed from its tarball.

const root = fileURLToPath(new URL('../', import.meta.url));
const installed = join(root, 'interop/node_modules');
const tsc = join(installed, 'typescript/bin/tsc');

/** What verbatim-client itself needs, which npm finds in its place and doesn't have to fetch. */
const needed = ['graphql', '@graphql-typed-document-node/core'];

/**
 * @param {readonly string[]} packages what the frontend has besides.
 * @param {object} [options] of the compiler, besides those that are usual.
 */
export async function makeProject(packages, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'verbatim-frontend-'));
  const modules = join(folder, 'node_modules');
  const write = (name, content) => writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  const run = (command, args) => spawnSync(command, args, { cwd: folder, encoding: 'utf8', timeout: 300_000 });

  const [{ filename }] = JSON.parse(
    succeed(run('npm', ['pack', '--silent', '--json', '--pack-destination', folder, join(root, 'client')])),
  );
  await write('package.json', { name: 'frontend', private: true, type: 'module' });
  for (const name of needed) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await cp(join(installed, name), join(modules, name), { recursive: true });
  }
  succeed(run('npm', ['install', '--offline', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`]));
  for (const name of packages) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(installed, name), join(modules, name), 'dir');
  }
  await write('tsconfig.json', {
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.asynciterable'],
      module: 'nodenext',
      moduleDetection: 'force',
      types: [],
      strict: true,
      noUncheckedIndexedAccess: true,
      // The types of the clients themselves are not the question.
      skipLibCheck: true,
      rootDir: '.',
      outDir: 'out',
      ...options,
    },
    include: ['**/*.ts'],
    exclude: ['node_modules', 'out'],
  });
  return {
    folder,
    write,
    /** The mistakes of type in all that was written, a line each. */
    check: () => {
      const { status, stdout } = run(process.execPath, [tsc, '-p', '.', '--pretty', 'false']);
      return status === 0 ? [] : stdout.trim().split('\n');
    },
    /** Runs a program that was written, after it was checked, while this process goes on. */
    run: (name) => runBeside(folder, join('out', `${name}.js`)),
    /** Runs the command of a package. */
    command: (script, ...args) => run(process.execPath, [join(installed, script), ...args]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Node.js has a WebSocket since version 22, browsers since ever. */
const browser = `data:text/javascript,${encodeURIComponent(`
  import { createRequire } from 'node:module';
  globalThis.WebSocket ??= createRequire(${JSON.stringify(join(root, 'interop/package.json'))})('ws');
`)}`;

async function runBeside(cwd, script) {
  const child = spawn(process.execPath, ['--import', browser, script], { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status, stdout, stderr };
}

function succeed({ status, stdout, stderr, error }) {
  if (status !== 0) throw error ?? new Error(stdout + stderr);
  return stdout;
}
