import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPostgres, makeDataFolder } from '../support/database.ts';
import { build, cli, type Desk, type Ended, endAll, openDesk, temporaryFolder, verbatim } from './program.ts';

// `verbatim import` and `verbatim export`: some as they are run, the others in one process. On the embedded
// database: the rest is tested on both.

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let variables: Record<string, string>;
let desk: Desk;

beforeAll(async () => {
  if (isPostgres) return;
  await build();
  folder = await temporaryFolder();
  variables = { DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'silent' };
  await makeDataFolder(join(folder.path, 'data'));
  desk = openDesk();
}, 300_000);
afterAll(async () => {
  endAll();
  await folder?.remove();
});

const run = (...args: string[]): Promise<Ended> => desk.run(variables, ...args);
const file = async (name: string, content: string | Uint8Array) => {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
};
const person = (value: string, fields: object = {}) =>
  `${JSON.stringify({ type: 'Person', name: `Person ${value}`, identifiers: [{ scheme: 'desk', value }], ...fields })}\n`;

/** Runs with something on standard input. */
function piped(input: string, ...args: string[]): Promise<Pick<Ended, 'code' | 'stdout' | 'stderr'>> {
  const child = spawn(process.execPath, [cli, ...args], { env: { PATH: process.env.PATH, ...variables }, stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

describe.skipIf(isPostgres)('verbatim import and export', () => {
  it('bring records in, list and undo what was brought, and take records out', async () => {
    const source = await file('people.jsonl.gz', gzipSync(person('1') + person('2')));
    const first = await verbatim(variables, 'import', 'verbatim', source, '--status', 'published');
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Import [0-9a-f-]{36}: 2 created, 0 updated, 0 unchanged, 0 skipped\.\n {2}Person +2 created\n$/),
    });
    const second = await run('import', 'verbatim', source, '--status', 'published');
    expect(second.stdout).toContain('Nothing changed: the record has all of it.');

    const out = join(folder.path, 'out.jsonl.gz');
    expect(await run('export', 'verbatim', '--out', out)).toMatchObject({ code: 0, stdout: '', stderr: '2 records were written.\n' });
    const lines = gunzipSync(await readFile(out)).toString();
    expect((await verbatim(variables, 'export', 'verbatim')).stdout).toBe(lines);
    expect(lines.split('\n').filter(Boolean)).toHaveLength(2);
    const tables = join(folder.path, 'tables');
    expect(await run('export', 'csv', '--out', tables, '--where', '{ people: { name: { eq: "Person 1" } } }')).toMatchObject({ code: 0 });
    expect(await readdir(tables)).toContain('people.csv');
    expect(await readFile(join(tables, 'people.csv'), 'utf8')).toMatch(/Person 1/);

    const list = (await run('import', 'list')).stdout;
    expect(list.split('\n')[0]).toMatch(/^ID +FORMAT +SOURCE/);
    const id = /Import (\S+):/.exec(first.stdout)?.[1] ?? '';
    expect(list).toContain(id);
    expect((await run('import', 'undo', id)).stdout).toMatch(/ is undone: \d+ changes, 0 things stay as they are\.\n$/);
    expect((await run('export', 'verbatim')).stdout).toBe('');
    expect(await run('import', 'undo', id)).toMatchObject({ code: 1, stderr: expect.stringContaining('was undone already') });
  });

  it('read standard input, and tell what is wrong as a line of JSON each', async () => {
    const { code, stdout, stderr } = await piped(`${person('3')}{"type":"Person"}\nnot JSON\n`, 'import', 'verbatim', '-');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Import \S+: 1 created/);
    const told = stderr.trimEnd().split('\n');
    expect(told.pop()).toBe('2 things were wrong, and left out.');
    const problems = told.map((line) => JSON.parse(line)).filter(({ problem }) => problem);
    expect(problems).toMatchObject([
      { problem: expect.stringContaining('name'), file: 'standard input', line: 2 },
      { problem: expect.stringContaining('not JSON'), file: 'standard input', line: 3 },
    ]);
  });

  it('stop where they are told to', async () => {
    const wrong = await file('wrong.jsonl', `${person('4')}{}\n{}\n{}\n`);
    expect(await run('import', 'verbatim', wrong, '--strict')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing was kept of: '),
      stderr: expect.stringContaining('It was stopped by what is wrong, and left nothing behind.'),
    });
    expect(await run('import', 'verbatim', wrong, '--max-errors', '2')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('It was stopped after 2 things that are wrong (--max-errors); what was written stays.'),
    });
  });

  it.each([
    [['import', 'undo', '00000000-0000-7000-8000-000000000000'], 'There is no import 00000000-0000-7000-8000-000000000000.'],
    [['export', 'verbatim', '--out', 'no/such/folder/x.jsonl'], '"no/such/folder/x.jsonl" can’t be written'],
  ])('refuse %j', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  it('leave what was there when an export fails', async () => {
    const out = await file('kept.jsonl', 'before');
    await run('export', 'verbatim', '--out', out, '--where', '{ people: { name: { like: 1 } } }');
    expect(await readFile(out, 'utf8')).toBe('before');
    await mkdir(join(folder.path, 'empty'));
    expect(await run('import', 'verbatim', join(folder.path, 'empty'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no files'),
    });
  });
});
