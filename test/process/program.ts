import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist/main.js');
export const cli = join(root, 'dist/cli.js');

/** Compiles the program, unless that was done since the last change. */
export async function build(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root });
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Program {
  process: ChildProcess;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the address of GraphQL when it listens. */
  listening: Promise<string>;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<Ended>;
}

const started = new Set<ChildProcess>();

/** Runs one command of `verbatim`, with these variables alone. */
export function verbatim(variables: Record<string, string>, ...args: string[]): Promise<Ended> {
  return start(variables, cli, ...args).ended;
}

/** Runs commands of `verbatim` one after another, in one process: a new one for each takes seconds to get ready. */
export interface Desk {
  /** Runs one command with these variables alone, as far as it can be told from what it writes and how it ends. */
  run(variables: Record<string, string>, ...args: string[]): Promise<Ended>;
}

export function openDesk(): Desk {
  const child = fork(fileURLToPath(new URL('desk.mjs', import.meta.url)), {
    cwd: tmpdir(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.add(child);
  const died = once(child, 'exit').then(() => {
    throw new Error('The process that runs commands has ended.');
  });
  died.catch(() => {});
  let last: Promise<unknown> = Promise.resolve();
  const perform = async (variables: Record<string, string>, args: string[]): Promise<Ended> => {
    const answer = once(child, 'message');
    child.send({ variables: { PATH: process.env.PATH ?? '', PORT: '0', ...variables }, args });
    const [ended] = await Promise.race([answer, died]);
    return ended;
  };
  return {
    run: (variables, ...args) => {
      const ended = last.then(() => perform(variables, args));
      last = ended.catch(() => {});
      return ended;
    },
  };
}

/** Starts the program as a person would, with these variables alone, on a free port unless one is given. */
export function start(variables: Record<string, string>, program = main, ...args: string[]): Program {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: tmpdir(),
    env: { PATH, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      started.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /^Verbatim listens at (\S+)$/m.exec(stdout)?.[1];
      // The last of its lines.
      if (address && /^Records: .*\n/m.test(stdout)) resolve(address);
    });
    ended.then(({ code, signal }) => reject(new Error(`It ended with ${code ?? signal} instead of listening:\n${stderr}`)));
  });
  // Whoever expects it to end does not wait for this.
  listening.catch(() => {});
  return { process: child, stdout: () => stdout, stderr: () => stderr, listening, ended };
}

/** Starts the program where it is expected to refuse, and gives the one line that says why. */
export async function refusal(variables: Record<string, string>): Promise<string> {
  const program = start(variables);
  program.listening.then(
    () => program.process.kill('SIGKILL'),
    () => {},
  );
  return refusalOf(await program.ended);
}

/** The one line in which a command said why it was not done. */
export function refusalOf({ code, signal, stdout, stderr }: Ended): string {
  if (code !== 1 || stdout !== '') throw new Error(`It ended with ${code ?? signal} and wrote:\n${stdout}${stderr}`);
  const lines = stderr.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`It wrote other than one line:\n${stderr}`);
  return lines[0] ?? '';
}

/** Ends what the tests left running. */
export function endAll(): void {
  for (const child of started) child.kill('SIGKILL');
}

/** Asks the running program, with a token if one is given. */
export async function ask(
  address: string,
  query: string,
  token?: string,
): Promise<{ data?: Record<string, unknown>; errors?: { message: string }[] }> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: Record<string, unknown> };
}

/** A new folder, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'verbatim-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
