import { execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import { AnswerCounts, answering } from '../../src/compiler/answer/index.ts';
import { schema } from '../../src/schema.ts';

// What is planned without a database: who one is stands in the context.

const contextValue = { viewer: { id: 'token:desk', role: 'EDITOR' } };

async function compared(answer: ReturnType<typeof answering>, query: string, variableValues: Record<string, unknown> = {}) {
  const args = { schema, document: parse(query), variableValues, contextValue };
  const [given, wanted] = [await answer(args), await execute(args)];
  expect(JSON.stringify(given)).toBe(JSON.stringify(wanted));
}

test('any name that GraphQL takes can be a key', async () => {
  const counts = new AnswerCounts();
  await compared(answering(execute, counts), '{ __proto__: viewer { __proto__: role constructor: account toJSON: __typename } }');
  expect(counts.answered).toBe(1);
});

test('an error of a field tells all the places where it is asked for', async () => {
  const counts = new AnswerCounts();
  const reader = { viewer: { id: null, role: 'READER' } };
  const args = { schema, document: parse('{ tokens { totalCount } ... { tokens { totalCount } } }'), contextValue: reader };
  const [given, wanted] = [await answering(execute, counts)(args), await execute(args)];
  expect(wanted.errors?.[0]?.locations).toHaveLength(2);
  expect(JSON.stringify(given)).toBe(JSON.stringify(wanted));
  expect(counts.answered).toBe(1);
});

test('plans together have no more fields than they may, whatever is asked, and are made anew', async () => {
  const counts = new AnswerCounts();
  const most = 40;
  const answer = answering(execute, counts, most);
  let largest = 0;
  for (let i = 0; i < 30; i++) {
    // One document in two ways, and another each time.
    const query = `query ($is: Boolean!) { viewer { a${i}: role b: account @include(if: $is) c: permissions } }`;
    for (const is of [true, false, true]) await compared(answer, query, { is });
    largest = Math.max(largest, counts.planned);
  }
  expect(counts.answered).toBe(90);
  expect(largest).toBeGreaterThan(most / 2);
  expect(largest).toBeLessThanOrEqual(most);
});
