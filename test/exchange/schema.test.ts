import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entryOf, verbatim } from '../../src/exchange/verbatim.ts';
import type { TestDatabase } from '../support/database.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { take } from './exchange.ts';

// The published JSON Schema of the native format says what is written, and what is read.

const schema = JSON.parse(readFileSync(new URL('../../docs/formats/verbatim.schema.json', import.meta.url), 'utf8')) as object;
const meets = new Ajv2020({ allErrors: false }).compile(schema);

let database: TestDatabase;
beforeAll(async () => {
  database = await openFilledDatabase(12);
});
afterAll(() => database?.close());

test('every line that is written meets the schema', async () => {
  const { text } = await take(database, verbatim);
  const lines = text.split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines) expect(meets(JSON.parse(line)), `${JSON.stringify(meets.errors)} of ${line}`).toBe(true);
});

test.each([
  [{ type: 'Person', name: 'Ana' }, true],
  [{ type: 'Person', name: 'Ana', age: 7 }, false],
  [{ type: 'Person' }, false],
  [{ type: 'Animal', name: 'Ana' }, false],
  [{ type: 'Person', name: 'Ana', memberships: [{ organization: { id: 'x', url: 'y' } }] }, false],
  [{ type: 'Place', name: 'Quito', latitude: '0' }, false],
  [[], false],
  [null, false],
])('the reader takes what meets it, and nothing else: %j', (value, holds) => {
  expect(meets(value)).toBe(holds);
  expect('record' in entryOf(value, { file: 'x' })).toBe(holds);
});

test('what is read has a description in the schema', () => {
  const { $defs } = schema as { $defs: Record<string, { properties?: Record<string, { description?: string; $ref?: string }> }> };
  const bare = Object.entries($defs).flatMap(([name, { properties = {} }]) =>
    Object.entries(properties).flatMap(([field, { description, $ref }]) => (description || $ref ? [] : [`${name}.${field}`])),
  );
  expect(bare).toEqual([]);
});
