import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
      // The types of the clients themselves are not the question; those of verbatim-client are, and run.mjs asks it.
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
    /** Runs a program that was written, after it was checked. */
    run: (name) => run(process.execPath, [join('out', `${name}.js`)]),
    /** Runs the command of a package. */
    command: (script, ...args) => run(process.execPath, [join(installed, script), ...args]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function succeed({ status, stdout, stderr, error }) {
  if (status !== 0) throw error ?? new Error(stdout + stderr);
  return stdout;
}
