import { execute, parse, validate } from 'graphql';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../src/auth/roles.ts';
import { AnswerCounts, answering } from '../../src/compiler/answer/index.ts';
import type { Context } from '../../src/context.ts';
import { schema } from '../../src/schema.ts';
import { Random, rounds, seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { type Material, randomOperation } from '../support/random-operation.ts';

const limits = { rounds: rounds(1_000), cursors: 200 };

let database: TestDatabase;
let material: Material & { cursors: string[] };

beforeAll(async () => {
  const opened = await openFilledDatabase(24);
  database = opened;
  const ids = Object.entries(opened.filled).map(([model, uuids]) => [
    model,
    (uuids as string[]).slice(0, 60).map((uuid) => Buffer.from(`${model}:${uuid}`).toString('base64')),
  ]);
  const identifiers = await database.prisma.identifier.findMany({ take: 40, select: { scheme: true, value: true } });
  material = { ids: Object.fromEntries(ids), identifiers, cursors: [] };
}, 180_000);
afterAll(() => database.close());

const log = pino({ level: 'silent' });

/** Drawn more often the more there is to hide. */
const roles: readonly Role[] = ['READER', 'READER', 'CONTRIBUTOR', 'EDITOR', 'ADMIN'];

test('an answer made from rows is the one that execution gives', async () => {
  const random = new Random(seed);
  const counts = new AnswerCounts();
  const answer = answering(execute, counts);
  let compared = 0;
  let withErrors = 0;
  while (compared < limits.rounds) {
    const { query, variables } = randomOperation(random, material);
    const document = parse(query);
    if (validate(schema, document).length > 0) continue;
    const role = random.pick(roles);
    const viewer = { id: role === 'READER' ? null : `token:${role.toLowerCase()}`, role };
    const contextValue = (): Context => ({ prisma: database.prisma, viewer, requestId: 'test', log });
    const wanted = await execute({ schema, document, variableValues: variables, contextValue: contextValue() });
    // The second time, the plan is there.
    for (let i = 0; i < 2; i++) {
      const before = counts.answered;
      const given = await answer({ schema, document, variableValues: variables, contextValue: contextValue() });
      const what = `seed ${seed}, as ${role}: ${query}\n${JSON.stringify(variables)}`;
      // Of several errors that make the same thing null, GraphQL.js tells the one that comes first, if it is executed.
      if (counts.answered > before) expect(shown(given), what).toEqual(shown(wanted));
      else expect([shown(given)[0], given.errors !== undefined], what).toEqual([shown(wanted)[0], wanted.errors !== undefined]);
    }
    compared += 1;
    if (wanted.errors) withErrors += 1;
    keepCursors(JSON.stringify(wanted.data ?? null), random);
  }
  console.info(
    `seed ${seed}: ${compared} operations, ${withErrors} with errors, ${counts.answered} of ${2 * compared} answered from rows;`,
    `executed: ${JSON.stringify([...counts.executed].sort(([, a], [, b]) => b - a).slice(0, 12))}`,
  );
  // Otherwise execution would have been compared with itself.
  expect(counts.answered).toBeGreaterThan(compared);
  expect(withErrors).toBeGreaterThan(compared / 100);
}, 600_000);

/** An answer as it goes over the wire, with the order of keys; the order of errors says nothing. */
function shown({ data, errors = [] }: Result): [string, string[]] {
  return [JSON.stringify(data), errors.map((error) => JSON.stringify(error.toJSON())).sort()];
}

interface Result {
  data?: unknown;
  errors?: readonly { toJSON(): unknown }[];
}

/** Lists are asked for what comes after something that they hold. */
function keepCursors(text: string, random: Random): void {
  for (const [, cursor] of text.matchAll(/"(?:cursor|startCursor|endCursor)":"([^"]+)"/g)) {
    if (material.cursors.length < limits.cursors) material.cursors.push(cursor as string);
    else if (random.chance(0.2)) material.cursors[random.below(limits.cursors)] = cursor as string;
  }
}
