import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/schema.ts';
import { ask, run } from '../support/ask.ts';
import { seed } from '../support/chance.ts';
import type { TestDatabase } from '../support/database.ts';
import { compositeTypes, everything, follow, nodeTypes, readerFields } from '../support/everything.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { globalId } from '../support/filters.ts';
import type { Filled } from '../support/random.ts';

// Every field is asked for on records of every kind, and again through each interface.

let database: TestDatabase;
let filled: Filled;

beforeAll(async () => {
  const copy = await openFilledDatabase(12);
  database = copy;
  filled = copy.filled;
});

afterAll(() => database?.close());

const idsOf = (model: string, count = 50) => filled[model as keyof Filled].slice(0, count).map((id) => globalId(model, id));
const quoted = (ids: string[]) => ids.map((id) => `"${id}"`).join(', ');

/** Operations that ask for every field of the schema, of many records. */
function operations(): string[] {
  const nodes = nodeTypes().map((type) => `{ nodes(ids: [${quoted(idsOf(type))}]) { __typename ... on ${type} ${everything(type, 1)} } }`);
  const singular = ['person', 'organization', 'place', 'event', 'document', 'statement', 'review'].map((field) => {
    const type = typeOf(field);
    return `{ ${field}(by: { id: ${quoted(idsOf(type, 1))} }) ${everything(type, 1)} }`;
  });
  const lists = ['people', 'organizations', 'places', 'events', 'documents', 'statements', 'reviews'].map(
    (field) => `{ ${field}(first: 5) ${everything(typeOf(field), 1)} }`,
  );
  return [
    ...nodes,
    ...singular,
    ...lists,
    `{ node(id: ${quoted(idsOf('Person', 1))}) { __typename id } }`,
    '{ changeCursor }',
    `{ search(query: "Irak or mission or Kazimi") ${everything(typeOf('search'), 1)} }`,
    `{ timeline(of: ${quoted(idsOf('Organization', 1))}) ${everything(typeOf('timeline'), 1)} }`,
  ];
}

/** The type that a field of the root gives. */
function typeOf(name: string): string {
  const field = schema.getQueryType()?.getFields()[name];
  if (!field) throw new Error(`There is no field ${name} to start from.`);
  return getNamedType(field.type).name;
}

test('every field of every type resolves', async () => {
  const [met, told] = [new Set<string>(), new Set<string>()];
  for (const operation of operations()) {
    const { data, errors } = await ask(database, operation);
    const unexpected = errors.filter(({ extensions }) => extensions.code !== 'NOT_FOUND' && extensions.code !== 'RETRACTED');
    expect(
      unexpected.map(({ message, path }) => `${path?.join('.')}: ${message}`),
      operation.slice(0, 200),
    ).toEqual([]);
    follow(operation, data, (type, field, value) => {
      met.add(`${type}.${field}`);
      if (value !== null && value !== undefined && (!Array.isArray(value) || value.length > 0)) told.add(`${type}.${field}`);
    });
  }
  const ofTypes = compositeTypes()
    .filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  // Those of readers: who made a record and who changed it is told to those who work on it.
  const all = [...ofTypes, ...readerFields().map(({ name }) => `Query.${name}`)].filter(
    (field) => !/\.(createdBy|by|retractionReason)$/.test(field),
  );
  expect(all.filter((field) => !met.has(field))).toEqual([]);
  // Not only null and nothing.
  expect(
    all.filter((field) => !told.has(field)),
    `VERBATIM_SEED=${seed}`,
  ).toEqual([]);
});

describe('interfaces', () => {
  const interfaces = compositeTypes().filter(isInterfaceType);
  const cases = interfaces.flatMap((each) => schema.getPossibleTypes(each).map((type) => ({ name: each.name, type: type.name })));

  test.each(cases.filter(({ type }) => nodeTypes().includes(type)))('$type gives the same through $name', async ({ name, type }) => {
    const ids = quoted(idsOf(type, 10));
    const fields = everything(name, 1)
      .replace(/^\{ __typename/, '{')
      .replace(/\s*\}$/, ' }');
    const own = await ask(database, `{ nodes(ids: [${ids}]) { ... on ${type} ${fields} } }`);
    const through = await ask(database, `{ nodes(ids: [${ids}]) { ... on ${name} ${fields} } }`);
    expect(through.data).toEqual(own.data);
    expect(through.data?.nodes).toContainEqual(expect.objectContaining({ id: expect.any(String) }));
  });

  test('a fragment on an interface, or on the types behind it, adds no SQL statement', async () => {
    const count = async (operation: string) => {
      database.statements.length = 0;
      await run(database, operation);
      return database.statements.length;
    };
    const statements = (speaker: string) =>
      `{ statements { nodes { text speaker { name ${speaker} } about { nodes { subject { id } } } } } }`;
    expect(await count(statements(''))).toBe(1);
    const deep = 'memberships(first: 2) { nodes { role organization { name } } } statements(first: 2) { totalCount nodes { text } }';
    expect(await count(statements(deep))).toBe(1);
    expect(await count(statements(`... on Actor { ${deep} }`))).toBe(1);
    expect(
      await count(
        statements(`... on Record { createdAt } ... on Subject { statementsAbout(first: 1) { nodes { text } } } ... on Node { id }`),
      ),
    ).toBe(1);
    expect(
      await count(
        statements(`... on Person { sortName ${deep} } ... on Organization { classification ${deep} parts(first: 1) { nodes { name } } }`),
      ),
    ).toBe(1);
  });
});
