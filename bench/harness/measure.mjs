import { operations, poolsOf } from '../operations.mjs';
import { peers as known } from '../peers.mjs';
import { compare, prepare } from './answers.mjs';
import { countStatements } from './database.mjs';
import { makeLoad } from './generator.mjs';
import { startProgram } from './program.mjs';
import { median, quantile } from './statistics.mjs';

/**
 * Starts servers on the same data, compares their answers and measures them in turn.
 * @param {{ names: string[], envOf: (name: string) => Record<string, string>, client: import('pg').Client, options: any, asked: string[], say: (line: string) => void }} what
 *   the first of the names is what the others are compared with.
 */
export async function measure({ names, envOf, client, options, asked, say }) {
  const pools = await poolsOf(async (sql) => (await client.query(sql)).rows, options);
  for (const name of Object.keys(pools)) if (!asked.includes(name)) delete pools[name];
  const work = operations.filter(({ name }) => asked.includes(name));
  const programs = {};
  try {
    const prepared = {};
    for (const name of names) {
      say(`Starting ${name} and asking it everything once…`);
      programs[name] = await startProgram({ name, ...known[name], env: { ...known[name].env, ...envOf(name) } });
      prepared[name] = await prepare(name, known[name], programs[name].url, pools);
      if (name !== names[0])
        compare(
          { name: names[0], prepared: prepared[names[0]] },
          { name, prepared: prepared[name], embedded: known[name].embedded },
          pools,
        );
    }
    if (names.length > 1) say(`They give the same answers: ${names.join(', ')}.`);
    const load = (name, operation, connections, seconds) => {
      const { hostname, port } = programs[name].url;
      return makeLoad({ hostname, port: Number(port) }, prepared[name][operation], { connections, seconds });
    };
    const cost = await warmUp(load);
    const runs = await inRounds(load);
    const memory = {};
    for (const name of names) memory[name] = (await programs[name].memory()).peak;
    return { names, work, cost, memory, of: (...about) => aboutRuns(runs, names[0], ...about) };

    /** Has every connection prepare its statements, and every function compiled; counts statements meanwhile. */
    async function warmUp(load) {
      const cost = {};
      for (const name of names) {
        cost[name] = {};
        for (const { name: operation } of work) {
          if (!prepared[name][operation]) continue;
          for (const connections of [...options.connections].reverse()) {
            if (!options.check) await load(name, operation, connections, options.seconds / 2);
          }
          if (known[name].embedded) continue;
          let answers = 0;
          const { statements, rows } = await countStatements(client, async () => {
            ({ answers } = await load(name, operation, 1, Math.min(options.check ? 0.3 : 1, options.seconds)));
          });
          cost[name][operation] = { statements: statements / answers, rows: rows / answers };
        }
      }
      return cost;
    }

    async function inRounds(load) {
      const runs = [];
      for (let round = 0; round < options.rounds; round += 1) {
        say(`Round ${round + 1} of ${options.rounds}…`);
        for (const { name: operation } of work) {
          for (const connections of options.connections) {
            for (let i = 0; i < names.length; i += 1) {
              // Each goes first at some time.
              const name = names[(i + round) % names.length];
              if (!prepared[name][operation]) continue;
              const before = await programs[name].cpu();
              const { answers, seconds, latencies } = await load(name, operation, connections, options.seconds);
              const cpu = ((await programs[name].cpu()) - before) / answers;
              const [p50, p99] = [0.5, 0.99].map((share) => quantile(latencies, share));
              runs.push({ round, operation, connections, name, throughput: answers / seconds, p50, p99, cpu });
            }
          }
        }
      }
      return runs;
    }
  } finally {
    await Promise.all(Object.values(programs).map(({ stop }) => stop()));
  }
}

/** The median over the rounds of something about a server, or of its ratio to another's in the same round. */
function aboutRuns(runs, reference, what, { name, operation, connections }, toReference = false) {
  const those = (wanted) => runs.filter((run) => run.name === wanted && run.operation === operation && run.connections === connections);
  const own = those(name);
  if (own.length === 0) return undefined;
  if (!toReference) return median(own.map((run) => run[what]));
  const others = those(toReference === true ? reference : toReference);
  if (others.length === 0) return undefined;
  return median(own.map((run) => run[what] / others.find(({ round }) => round === run.round)[what]));
}
