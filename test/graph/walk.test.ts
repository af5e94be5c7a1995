import { type GraphQLObjectType, getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/load.ts';
import { schema } from '../../src/schema.ts';
import { as, ask, run } from '../support/ask.ts';
import type { TestDatabase } from '../support/database.ts';
import { nodeTypes, workFields } from '../support/everything.ts';
import { openFilledDatabase } from '../support/filled.ts';
import { selectionOf } from '../support/operations.ts';
import type { Filled } from '../support/random.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const records = nodeTypes();

/** Texts of records that readers may not see. */
const hidden = {
  Person: ['name', 'sortName', 'givenName'],
  Organization: ['name', 'classification'],
  Place: ['name'],
  Membership: ['role', 'label'],
  Event: ['classification'],
  Participation: ['note'],
  Document: ['title', 'archivedUrl'],
  Statement: ['text', 'attributionText'],
  Appearance: ['printedText'],
  Review: ['rating'],
};

let database: TestDatabase;
let filled: Filled;
beforeAll(async () => {
  const opened = await openFilledDatabase(24);
  [database, filled] = [opened, opened.filled];
  await loadDemo(database.prisma);
  for (const [table, columns] of Object.entries(hidden)) {
    const marked = columns.map((column) => `"${column}" = 'SECRET ' || coalesce("${column}", '')`);
    await database.raw(`UPDATE "${table}" SET ${marked.join(', ')} WHERE "status" <> 'PUBLISHED'`);
  }
  await database.raw(`UPDATE "Event" SET "title" = '{"en": "SECRET"}', "description" = '{"en": "SECRET"}' WHERE "status" <> 'PUBLISHED'`);
  await database.raw(`UPDATE "Person" SET "summary" = '{"en": "SECRET"}' WHERE "status" <> 'PUBLISHED'`);
  // What was a draft with other words, and is published now.
  const [draft] = await database.raw(`SELECT id FROM "Person" WHERE "status" = 'DRAFT' LIMIT 1`);
  await database.raw(
    `UPDATE "Person" SET "status" = 'PUBLISHED', "name" = 'Now known', "sortName" = 'Known', "givenName" = NULL, "summary" = NULL WHERE id = '${draft?.id}'`,
  );
  filled.Person.unshift(String(draft?.id));
}, 180_000);
afterAll(() => database.close());

const globalId = (model: string, id: string) => Buffer.from(`${model}:${id}`).toString('base64');
const asked = new Set(['Node.id']);

/** The ids of up to a hundred records that readers may see. */
async function seenIds(model: keyof Filled): Promise<string[]> {
  const { nodes } = (
    await ask(database, 'query Ids($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: filled[model].slice(0, 100).map((id) => globalId(model, id)),
    })
  ).data as { nodes: ({ id: string } | null)[] };
  return nodes.flatMap((each) => (each ? [each.id] : []));
}

describe('every field of every record', () => {
  test.each(records as (keyof Filled)[])('%s', async (name) => {
    const type = schema.getType(name) as GraphQLObjectType;
    const ids = await seenIds(name);
    expect(ids.length).toBeGreaterThan(2);
    const query = `query Everything($ids: [ID!]!) { nodes(ids: $ids) { ... on ${name} { ${selectionOf(type, 1, asked)} } } }`;
    const answer = await run(database, query, { ids: ids.slice(0, 12) });
    expect((answer.nodes as unknown[]).length).toBeGreaterThan(2);
    expect(JSON.stringify(answer)).not.toContain('SECRET');
  });
});

test('the entry points give nothing of what is hidden', async () => {
  const query = schema.getQueryType() as GraphQLObjectType;
  for (const field of Object.values(query.getFields()).filter(({ name }) => !workFields.includes(name))) {
    asked.add(`Query.${field.name}`);
    if (!field.args.some(({ name }) => name === 'where')) continue;
    const selection = selectionOf(schema.getType(String(field.type).replace(/!/g, '')) as GraphQLObjectType, 1, asked);
    expect(JSON.stringify(await run(database, `{ ${field.name}(first: 10) { ${selection} } }`))).not.toContain('SECRET');
  }
  const found = await run(
    database,
    `{ search(query: "SECRET", first: 100) { ${selectionOf(schema.getType('SearchConnection') as GraphQLObjectType, 1, asked)} } }`,
  );
  expect(JSON.stringify(found)).not.toContain('SECRET');
  for (const model of ['Person', 'Organization', 'Place', 'Event'] as const) {
    for (const of of (await seenIds(model)).slice(0, 3)) {
      const selection = selectionOf(schema.getType('TimelineConnection') as GraphQLObjectType, 1, asked);
      expect(JSON.stringify(await run(database, `{ timeline(of: "${of}", first: 100) { ${selection} } }`))).not.toContain('SECRET');
    }
  }
});

test('those who work on the record are told of what waits, what was proposed, and who may do what', async () => {
  const admin = as(database, 'ADMIN');
  for (const person of (await seenIds('Person')).slice(0, 3)) {
    await run(
      as(database, 'CONTRIBUTOR'),
      `mutation { addName(input: { record: "${person}", name: "Another", kind: ALIAS }) { proposal { id } } }`,
    );
  }
  const { proposals } = await run(admin, '{ proposals(first: 1) { nodes { id } } }');
  const id = (proposals as { nodes: { id: string }[] }).nodes[0]?.id;
  await run(admin, `mutation { sendBack(input: { id: "${id}", note: "Where does it say so?" }) { errors { message } } }`);
  const brought = { type: 'Person', name: 'Brought', identifiers: [{ scheme: 'test', value: 'brought' }] };
  await run(admin, 'mutation ($records: String!) { importRecords(input: { records: $records }) { errors { message } } }', {
    records: JSON.stringify(brought),
  });
  for (const name of workFields) {
    asked.add(`Query.${name}`);
    const field = (schema.getQueryType() as GraphQLObjectType).getFields()[name];
    const type = getNamedType(field?.type) as GraphQLObjectType;
    const args = name === 'duplicateCandidates' ? '(type: PERSON, first: 5)' : type.name.endsWith('Connection') ? '(first: 5)' : '';
    const answer = await run(admin, `{ ${name}${args} { ${selectionOf(type, 1, asked)} } }`);
    expect(answer[name]).toEqual(expect.anything());
  }
  const { reviewQueue } = await run(admin, '{ reviewQueue { totalCount } }');
  expect((reviewQueue as { totalCount: number }).totalCount).toBeGreaterThan(10);
});

test('nothing in the schema was left out', () => {
  const fields = types
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    // What mutations answer and subscriptions tell is tested with them.
    .filter(
      ({ name }) =>
        !/^(Mutation|Subscription)$|Payload$|^(UserError|Merge|KeptChange|ImportNote|RecordChange|StatementPublished)$/.test(name),
    )
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  expect(fields.filter((field) => !asked.has(field))).toEqual([]);
});

test('a filter can’t tell what a draft says', async () => {
  const secret = '{ contains: "SECRET" }';
  const questions = [
    `statements(where: { text: ${secret} })`,
    `statements(where: { speaker: { person: { name: ${secret} } } })`,
    `statements(where: { capacity: { role: ${secret} } })`,
    `statements(where: { about: { some: { event: { title: ${secret} } } } })`,
    `people(where: { memberships: { some: { organization: { name: ${secret} } } } })`,
    `people(where: { memberships: { some: { role: ${secret} } } })`,
    `events(where: { place: { name: ${secret} } })`,
    `events(where: { parent: { title: ${secret} } })`,
    `documents(where: { appearances: { some: { printedText: ${secret} } } })`,
    `statements(where: { reviews: { some: { rating: ${secret} } } })`,
    `documents(where: { authors: { some: { author: { person: { name: ${secret} } } } } })`,
  ];
  for (const question of questions) {
    const answer = await run(database, `{ found: ${question} { totalCount } }`);
    expect(answer.found).toEqual({ totalCount: 0 });
  }
});

test('everything has a description', () => {
  const missing: string[] = [];
  const check = (name: string, { description }: { description?: string | null }) => {
    if (!description?.trim()) missing.push(name);
  };
  for (const type of types) {
    check(type.name, type);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
  }
  expect(missing).toEqual([]);
});

test('every value of every enum can be filtered by', async () => {
  for (const noun of types.filter(isInputObjectType).filter(({ name }) => /^[A-Z]\w+Filter$/.test(name))) {
    const of = schema.getType(noun.name.replace(/Filter$/, ''));
    const { eq } = noun.getFields();
    if (!isEnumType(of) || !eq) continue;
    for (const { type, field } of usesOf(noun.name)) {
      const list = await run(
        database,
        `{ ${listOf(type)}(where: { ${field}: { in: [${of
          .getValues()
          .map(({ name }) => name)
          .join(' ')}] } }, first: 1) { totalCount } }`,
      );
      expect(list[listOf(type)]).toHaveProperty('totalCount');
    }
  }
});

/** The filters of nouns with a list of their own that have a field of this type. */
function usesOf(filter: string) {
  return types
    .filter(isInputObjectType)
    .filter(({ name }) => listOf(name) in (schema.getQueryType() as GraphQLObjectType).getFields())
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => String(field.type) === filter)
        .map((field) => ({ type: type.name, field: field.name })),
    );
}

function listOf(filter: string): string {
  return (
    {
      PersonFilter: 'people',
      OrganizationFilter: 'organizations',
      PlaceFilter: 'places',
      EventFilter: 'events',
      StatementFilter: 'statements',
      DocumentFilter: 'documents',
      ReviewFilter: 'reviews',
    }[filter] ?? ''
  );
}
