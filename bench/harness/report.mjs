import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/steps.mjs';
import { peers } from '../peers.mjs';
import { geometricMean } from './statistics.mjs';

/** What was measured, as Markdown. */
export async function report({ of, cost, memory, work, options, names, client, command }) {
  const reference = names[0];
  const sections = options.connections.map((connections) => {
    const cell = (what, toLimit, digits) => (name, operation) => {
      const value = of(what, { name, operation, connections }, toLimit);
      return value === undefined ? '—' : value.toFixed(digits);
    };
    const mean = (name) => {
      const ratios = work
        .map(({ name: operation }) => of('throughput', { name, operation, connections }, true))
        .filter((ratio) => ratio !== undefined);
      return ratios.length === 0
        ? '—'
        : `${geometricMean(ratios).toFixed(2)}${ratios.length < work.length ? ` (of ${ratios.length})` : ''}`;
    };
    return `## ${connections === 1 ? 'One connection' : `${connections} connections`}

Throughput, as a ratio to ${reference}:

${table(
  ['', ...work.map(({ name }) => name), 'geometric mean'],
  names.map((name) => [name, ...work.map(({ name: operation }) => cell('throughput', true, 2)(name, operation)), mean(name)]),
)}

Answers a second:

${table(
  ['', ...work.map(({ name }) => name)],
  names.map((name) => [name, ...work.map(({ name: operation }) => cell('throughput', false, 0)(name, operation))]),
)}

Processor time of the server's process in milliseconds a request, which depends least on what else the machine does:

${table(
  ['', ...work.map(({ name }) => name)],
  names.map((name) => [name, ...work.map(({ name: operation }) => cell('cpu', false, 2)(name, operation))]),
)}

Latency in milliseconds, p50 / p99, and their ratios to ${reference}:

${table(
  ['', ...work.map(({ name }) => name)],
  names.map((name) => [
    name,
    ...work.map(({ name: operation }) => {
      const [p50, p99] = ['p50', 'p99'].map((what) => cell(what, false, 2)(name, operation));
      const [r50, r99] = ['p50', 'p99'].map((what) => cell(what, true, 2)(name, operation));
      return p50 === '—' ? '—' : `${p50} / ${p99}${name === reference ? '' : ` (${r50} / ${r99})`}`;
    }),
  ]),
)}`;
  });
  const costs = table(
    ['', ...work.map(({ name }) => name), 'peak memory'],
    names.map((name) => [
      name,
      ...work.map(({ name: operation }) => {
        const found = cost[name][operation];
        return found ? `${found.statements.toFixed(1)} / ${found.rows.toFixed(1)}` : '—';
      }),
      `${memory[name].toFixed(0)} MB`,
    ]),
  );
  return `# Results of the benchmark

${await circumstances({ options, names, client, command })}

${table(
  ['operation', 'what it asks'],
  work.map(({ name, title }) => [name, title]),
)}

${table(
  ['server', 'what it is'],
  names.map((name) => [name, peers[name].title]),
)}

${sections.join('\n\n')}

## Statements and memory

SQL statements a request, and rows that they give (a row may hold the JSON of many); the most resident memory of the process.

${costs}
${embedded({ of, work, options, names })}`;
}

/** The embedded database beside PostgreSQL. */
function embedded({ of, work, options, names }) {
  if (!names.includes('verbatim') || !names.includes('verbatim-pglite')) return '';
  const rows = options.connections.map((connections) => {
    const ratios = work.map(({ name: operation }) => of('throughput', { name: 'verbatim-pglite', operation, connections }, 'verbatim'));
    return [connections, ...ratios.map((ratio) => ratio.toFixed(2)), geometricMean(ratios).toFixed(2)];
  });
  return `
## The embedded database

Its throughput as a ratio to that of Verbatim on PostgreSQL with the same data:

${table(['connections', ...work.map(({ name }) => name), 'geometric mean'], rows)}
`;
}

/** What it costs that the record grows. */
export function growthReport(grown, { connections: all }) {
  const sections = all.map((connections) => {
    const rows = grown.flatMap(({ statements, names, work, of, memory }) =>
      names.map((name) => {
        const ratios = work.map(({ name: operation }) => of('throughput', { name, operation, connections }, true));
        const cells = work.map(
          ({ name: operation }, i) => `${of('p50', { name, operation, connections }).toFixed(2)} (${ratios[i].toFixed(2)})`,
        );
        return [statements.toLocaleString('en'), name, ...cells, geometricMean(ratios).toFixed(2), `${memory[name].toFixed(0)} MB`];
      }),
    );
    return `${connections === 1 ? 'One connection' : `${connections} connections`}:

${table(['statements', '', ...grown[0].work.map(({ name }) => name), 'geometric mean', 'peak memory'], rows)}`;
  });
  return `
## Growth

The median latency in milliseconds, and the throughput as a ratio to the limit's at the same size.

${sections.join('\n\n')}
`;
}

async function circumstances({ options, names, client, command }) {
  const { rows } = await client.query('SHOW server_version');
  const versionOf = async (folder) => JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')).version;
  const packages = {
    'graphql-yoga': 'node_modules/graphql-yoga',
    '@prisma/client': 'node_modules/@prisma/client',
    '@pothos/core': 'node_modules/@pothos/core',
    pg: 'node_modules/pg',
    graphql: 'node_modules/graphql',
  };
  for (const name of names) Object.assign(packages, peers[name].packages);
  const versions = await Promise.all(Object.entries(packages).map(async ([name, folder]) => `${name} ${await versionOf(folder)}`));
  return `Made on ${new Date().toISOString().slice(0, 10)} by \`npm run bench${command.length > 0 ? ` -- ${command.join(' ')}` : ''}\`: ${options.statements.toLocaleString('en')} statements (seed ${options.seed}), ${options.rounds} rounds of ${options.seconds} s for each server, operation and number of connections, in turn.

- Machine: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${(totalmem() / 2 ** 30).toFixed(0)} GB of memory; the servers, PostgreSQL and the load share it.
- Node.js ${process.versions.node}, PostgreSQL ${rows[0].server_version}; ${versions.join(', ')}.`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
