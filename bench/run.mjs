import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connect, makeDatabase, startPostgres } from './harness/database.mjs';
import { makeFolder } from './harness/embedded.mjs';
import { measure } from './harness/measure.mjs';
import { growthReport, report } from './harness/report.mjs';
import { operations } from './operations.mjs';
import { peers, usualPeers } from './peers.mjs';

// Verbatim beside other servers that answer the same questions from the same data: see README.md.

const { values } = parseArgs({
  options: {
    statements: { type: 'string' },
    seed: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    peers: { type: 'string' },
    operations: { type: 'string', default: operations.map(({ name }) => name).join(',') },
    connections: { type: 'string', default: '1,32' },
    out: { type: 'string' },
    keep: { type: 'string' },
    check: { type: 'boolean', default: false },
    pglite: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '20000,200000,2000000' },
  },
});
const say = (line) => process.stderr.write(`${line}\n`);
const options = {
  // The embedded database takes long to fill.
  statements: Number(values.statements ?? (values.pglite ? 20_000 : 200_000)),
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: values.connections.split(',').map(Number),
  check: values.check,
};
const names = chosen(
  'peers',
  values.peers ?? (values.pglite ? 'limit,verbatim,verbatim-pglite' : usualPeers.join(',')),
  Object.keys(peers),
);
const asked = chosen(
  'operations',
  values.operations,
  operations.map(({ name }) => name),
);
// A check writes no report unless it is told where.
const out = values.out ?? (values.check ? undefined : 'bench/RESULTS.md');
const temporary = await mkdtemp(join(tmpdir(), 'verbatim-bench-'));
const server = await startPostgres(values.keep && resolve(values.keep));
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    say('Stopped.');
    await cleanUp();
    process.exit(1);
  });
}
try {
  const { text } = await withData(options.statements, names, (results, client) =>
    report({ ...results, options, client, command: process.argv.slice(2) }),
  );
  const grown = [];
  for (const statements of values.growth ? values.sizes.split(',').map(Number) : []) {
    const { results } = await withData(statements, ['limit', 'verbatim']);
    grown.push({ statements, ...results });
  }
  const whole = `${text}${grown.length > 0 ? growthReport(grown, options) : ''}`;
  if (out) {
    await mkdir(dirname(resolve(out)), { recursive: true });
    await writeFile(resolve(out), whole);
  }
  console.info(whole);
} finally {
  await cleanUp();
}

async function cleanUp() {
  await server.stop();
  await server.remove();
  await rm(temporary, { recursive: true, force: true });
}

/** Measures servers on so many statements. */
async function withData(statements, compared, tell = () => '') {
  const url = await makeDatabase(server, { ...options, statements, say });
  const folder = join(values.keep ? resolve(values.keep) : temporary, `embedded-${statements}-${options.seed}`);
  if (compared.some((name) => peers[name].embedded)) {
    say(`Making ${statements.toLocaleString('en')} statements in the embedded database…`);
    await makeFolder(folder, { ...options, statements, say });
  }
  const client = await connect(url);
  try {
    const envOf = (name) => (peers[name].embedded ? { DATA_DIR: folder } : { DATABASE_URL: url });
    const results = await measure({ names: compared, envOf, client, options, asked, say });
    return { results, text: await tell(results, client) };
  } finally {
    await client.end();
  }
}

/** The names that were given, or an end with those that there are. */
function chosen(option, given, all) {
  const list = given.split(',');
  const unknown = list.filter((name) => !all.includes(name));
  if (unknown.length === 0) return list;
  say(`--${option} names ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  process.exit(1);
}
