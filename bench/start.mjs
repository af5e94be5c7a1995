import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from '../scripts/steps.mjs';
import { ask } from './harness/answers.mjs';
import { runVerbatim, startPostgres } from './harness/database.mjs';
import { startProgram } from './harness/program.mjs';
import { median } from './harness/statistics.mjs';

// How long it takes from the start of the process to the first answer, on a record that is there: the demo record,
// embedded and on PostgreSQL.
//
//   node bench/start.mjs [--times 9]

const { values } = parseArgs({ options: { times: { type: 'string', default: '9' } } });
const body = JSON.stringify({ query: '{ statements(first: 1) { nodes { text speaker { name } } } }' });

await build();
const folder = await mkdtemp(join(tmpdir(), 'verbatim-start-'));
const server = await startPostgres();
try {
  await server.query('CREATE DATABASE start');
  const postgres = { DATABASE_URL: server.url('start') };
  await runVerbatim(['migrate'], postgres);
  const embedded = { DATA_DIR: join(folder, 'data') };
  // The first start makes the folder, with the demo record in it.
  await firstAnswer(embedded);
  for (const [title, env] of [
    ['Embedded, on an existing folder', embedded],
    ['On PostgreSQL', postgres],
  ]) {
    const took = [];
    for (let i = 0; i < Number(values.times); i += 1) took.push(await firstAnswer(env));
    const all = took.map(({ ready }) => ready).sort((a, b) => a - b);
    const listening = median(took.map(({ listens }) => listens));
    console.info(
      `${title}: first answer after ${median(all).toFixed(0)} ms (median of ${all.length}, ${all[0].toFixed(0)} to ${all.at(-1).toFixed(0)}), listening after ${listening.toFixed(0)} ms, ${median(took.map(({ memory }) => memory)).toFixed(0)} MB resident`,
    );
  }
} finally {
  await server.stop();
  await server.remove();
  await rm(folder, { recursive: true, force: true });
}

async function firstAnswer(env) {
  const started = performance.now();
  const program = await startProgram({ name: 'verbatim', args: [join(root, 'dist/main.js')], env: { LOG_LEVEL: 'warn', ...env } });
  const listens = performance.now() - started;
  try {
    const { content } = await ask(program.url, body);
    const ready = performance.now() - started;
    if (content.errors) throw new Error(JSON.stringify(content.errors));
    return { listens, ready, memory: (await program.memory()).now };
  } finally {
    await program.stop();
  }
}
