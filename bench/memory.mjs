import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build, root } from '../scripts/steps.mjs';
import { ask, prepare } from './harness/answers.mjs';
import { connect, makeDatabase, startPostgres } from './harness/database.mjs';
import { makeLoad } from './harness/generator.mjs';
import { startProgram } from './harness/program.mjs';
import { median } from './harness/statistics.mjs';
import { operations, poolsOf } from './operations.mjs';
import { peers } from './peers.mjs';

// Whether the server's memory stays what it is under load, when all caches are as full as they get: all operations
// on 16 connections, and beside them documents of which no two are the same.
//
//   node bench/memory.mjs [--minutes 60] [--statements 20000] [--keep folder] [--most MB]

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    statements: { type: 'string', default: '20000' },
    keep: { type: 'string' },
    most: { type: 'string' },
  },
});
/** The first part of the time, in which caches fill up and functions are compiled. */
const warmUp = 0.4;
/** By how much the last quarter's median may lie above the first one's after the warm-up: garbage is collected when it suits. */
const tolerance = { share: 0.1, megabytes: 16 };

await build();
const server = await startPostgres(values.keep);
const say = (line) => process.stderr.write(`${line}\n`);
let program;
try {
  const url = await makeDatabase(server, { statements: Number(values.statements), seed: 7, say });
  program = await startProgram({ name: 'verbatim', args: [join(root, 'dist/main.js')], env: { LOG_LEVEL: 'warn', DATABASE_URL: url } });
  const client = await connect(url);
  const pools = await poolsOf(async (sql) => (await client.query(sql)).rows, { seed: 7, check: true });
  await client.end();
  const prepared = await prepare('verbatim', peers.verbatim, program.url, pools);

  const started = Date.now();
  const length = Number(values.minutes) * 60_000;
  const end = started + length;
  const samples = [];
  let shapes = 0;
  let answers = 0;
  await Promise.all([mixedLoad(), manyShapes(), samplingMemory()]);

  const { peak } = await program.memory();
  const steady = samples.filter(({ at }) => at >= started + length * warmUp);
  const quarters = Array.from({ length: 4 }, (_, i) =>
    median(steady.slice(Math.floor((i * steady.length) / 4), Math.floor(((i + 1) * steady.length) / 4)).map(({ megabytes }) => megabytes)),
  );
  const allowed = quarters[0] + Math.max(tolerance.megabytes, quarters[0] * tolerance.share);
  const shown = quarters.map((megabytes) => megabytes.toFixed(0)).join(', ');
  say(`${answers.toLocaleString('en')} answers and ${shapes.toLocaleString('en')} different documents in ${values.minutes} minutes.`);
  console.info(`Resident memory after the warm-up, the median of each quarter: ${shown} MB; at most ${peak.toFixed(0)} MB.`);
  if (quarters[3] > allowed) {
    console.info(`It grows: the last quarter may have ${allowed.toFixed(0)} MB.`);
    process.exitCode = 1;
  }
  if (values.most && peak > Number(values.most)) {
    console.info(`It is more than ${values.most} MB.`);
    process.exitCode = 1;
  }

  async function mixedLoad() {
    const { hostname, port } = program.url;
    // A second of each at a time.
    while (Date.now() < end) {
      for (const { name } of operations) {
        if (Date.now() >= end) return;
        const load = await makeLoad({ hostname, port: Number(port) }, prepared[name], {
          connections: 16,
          seconds: Math.min(1, length / 60_000),
        });
        answers += load.answers;
      }
    }
  }

  /** Documents with other fields, aliases, filters and pages each time. */
  async function manyShapes() {
    const fields = ['text', 'date', 'language', 'quoteType', 'medium', 'isTranslation', 'speaker { name }', 'attributionText', 'createdAt'];
    const orders = ['DATE', 'CREATED_AT', 'UPDATED_AT'];
    for (; Date.now() < end; shapes += 1) {
      const chosen = fields.filter((_field, i) => (shapes >> i) & 1);
      const document = `query Shape${shapes} { a${shapes}: statements(first: ${1 + (shapes % 7)}, where: { ${shapes % 2 ? 'language: { eq: "fr" }' : 'hasCapacity: true'} },
        orderBy: [{ by: ${orders[shapes % orders.length]}, direction: DESC }]) { nodes { id ${chosen.join(' ')} } } }`;
      const { content } = await ask(program.url, JSON.stringify({ query: document }));
      if (content.errors) throw new Error(`${JSON.stringify(content.errors)}\nfor ${document}`);
      await sleep(2);
    }
  }

  async function samplingMemory() {
    for (; Date.now() < end; await sleep(250)) samples.push({ at: Date.now(), megabytes: (await program.memory()).now });
  }
} finally {
  await program?.stop();
  await server.stop();
  await server.remove();
}
