import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/**
 * Starts a server as a process of its own, and waits until it says where it listens.
 * @param {{ name: string, command?: string, args: string[], env: Record<string, string> }} program
 */
export async function startProgram({ name, command = process.execPath, args, env }) {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise((resolve) => child.once('close', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said = `${said}${chunk}`.slice(-20_000);
      const found = /listens at (http:\S+)/.exec(said)?.[1];
      if (found) resolve(new URL(found.replace('localhost', '127.0.0.1')));
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    ended.then((code) => reject(new Error(`${name} ended with ${code} instead of listening:\n${said}`)));
  });
  return {
    url,
    pid: child.pid,
    said: () => said,
    /** Its resident memory now, and the most that it was, in MB. */
    memory: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      const of = (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
      return { now: of('VmRSS'), peak: of('VmHWM') };
    },
    /** The processor time that it has taken, in milliseconds: the kernel counts it in hundredths of a second. */
    cpu: async () => {
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14);
      return (Number(user) + Number(system)) * 10;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const last = setTimeout(kill, 5_000);
      await ended;
      clearTimeout(last);
      process.off('exit', kill);
    },
  };
}
