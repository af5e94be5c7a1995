import { getNamedType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../../src/schema.ts';
import { type Asked, as, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { compositeType } from '../support/everything.ts';
import { Inputs, referredTo, targetModelOf } from './inputs.ts';
import { done, type Input, inputTypeOf, mistake, mutationNames } from './mutate.ts';
import { makeWorld, modelOf, type World, words } from './world.ts';

// Each field of each mutation that makes or changes something, by itself: given, left alone, cleared.
// The fields are those of the schema.

let database: TestDatabase;
let editor: Asked;
let world: World;
let inputs: Inputs;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  world = await makeWorld(editor, 'world', { publish: true });
  inputs = new Inputs(world);
});

afterAll(() => database?.close());

const creates = mutationNames().filter((name) => /^(create|add)/.test(name) && modelOfPayload(name));
const updates = mutationNames().filter((name) => name.startsWith('update') && modelOfPayload(name));

/** The type of the payload's record, when it is of one kind. */
function modelOfPayload(name: string): string | undefined {
  const payload = getNamedType(schema.getMutationType()?.getFields()[name]?.type);
  const record = isObjectType(payload) ? getNamedType(payload.getFields().record?.type) : undefined;
  return record && !isInterfaceType(record) ? record.name : undefined;
}

/** What goes with other fields stays there, so that each field can be cleared by itself. */
const companions: Record<string, () => Input> = {
  Review: () => ({ rating: 'False', ratingValue: 1 }),
  Document: () => ({ title: 'A title', url: 'https://example.org/companion' }),
  Event: () => ({ type: 'CONSULT', title: words('A title') }),
  Place: () => ({ latitude: 1.5, longitude: 2.5 }),
  Statement: () => ({ attributionText: 'she', isTranslation: true, speaker: { person: { id: world.ids.Person } } }),
};

/** Fields of an input that are read by another name. */
const readBy: Record<string, string> = { 'Citation.evidence': 'spans' };

/** What to select to read a field back. */
function selectionOf(model: string, field: string): string {
  const name = readBy[`${model}.${field}`] ?? field;
  const output = compositeType(model).getFields()[name];
  if (!output) throw new Error(`${model} has no field ${name}.`);
  const below: Record<string, string> = {
    LocalizedText: '{ language text }',
    Span: '{ exact }',
    Name: '{ name kind language script startDate endDate }',
    Identifier: '{ scheme value }',
    Translation: '{ language text }',
    Capacity: '{ basis memberships { id } }',
    StatementTopicConnection: '{ nodes { subject { ... on Node { id } } } }',
    DocumentAuthorConnection: '{ nodes { author { id } } }',
  };
  const type = getNamedType(output.type);
  return isLeafType(type) ? name : `${name} ${below[type.name] ?? '{ id }'}`;
}

/** What was read, in the form in which it is given. */
function asGiven(model: string, field: string, record: Input): unknown {
  const value = record[readBy[`${model}.${field}`] ?? field];
  const isMany = isListType(inputTypeOf(`update${model}`).getFields()[field]?.type ?? null);
  const plain = (each: unknown): unknown => {
    if (each === null || typeof each !== 'object') return each;
    const { id, subject, author, basis, memberships } = each as {
      id?: string;
      subject?: object;
      author?: object;
      basis?: string;
      memberships?: { id: string }[];
    };
    if (memberships) return basis === 'RECORDED' ? memberships[0]?.id : null;
    if (subject ?? author) return plain(subject ?? author);
    if (id === undefined) return each;
    const { name = '', type } = inputField(model, field) ?? {};
    if (name === 'relayedFrom') return id;
    const of = modelOf(id);
    return type && referredTo(type) ? { id } : { [of.charAt(0).toLowerCase() + of.slice(1)]: { id } };
  };
  const many = (value as { nodes?: unknown[] } | null)?.nodes ?? value;
  if (Array.isArray(many)) return many.map(plain);
  return isMany && many ? [plain(many)] : plain(many);
}

const inputField = (model: string, field: string) => inputTypeOf(`update${model}`).getFields()[field];

const read = async (model: string, id: string, fields: readonly string[]): Promise<Input> => {
  const { node } = await run<{ node: Input }>(
    editor,
    `query ($id: ID!) { node(id: $id) { ... on ${model} { ${fields.map((field) => selectionOf(model, field)).join(' ')} } } }`,
    { id },
  );
  return node;
};

describe.each(updates)('%s', (name) => {
  const model = targetModelOf(name);
  const create = creates.find((each) => targetModelOf(each) === model) ?? '';
  const isRequired = (field: string) => isNonNullType(inputTypeOf(create).getFields()[field]?.type);
  // One after the other in the order of the alphabet: what goes with another is cleared first.
  const fields = Object.keys(inputTypeOf(name).getFields())
    .filter((field) => !['id', 'expectedRevision'].includes(field))
    .sort();

  test('each field is changed, the others stay, and what isn’t needed is cleared', async () => {
    const made = await done(editor, create, { ...inputs.of(create), ...companions[model]?.() });
    let revision = 1;
    const values: Record<string, unknown> = {};
    const atFirst = await read(model, made.id, fields);
    for (const field of fields) values[field] = asGiven(model, field, atFirst);
    const expectValues = async (label: string) => {
      const record = await read(model, made.id, fields);
      for (const field of fields) expect(asGiven(model, field, record), `${label}: ${field}`).toEqual(values[field]);
    };
    for (const field of fields) {
      const value = inputs.valueOf(name, field);
      const isNew = JSON.stringify(value) !== JSON.stringify(values[field]);
      const record = await done(editor, name, { id: made.id, [field]: value }, selectionOf(model, field));
      values[field] = value;
      revision += isNew ? 1 : 0;
      expect(record, field).toMatchObject({ __typename: model, id: made.id, status: 'DRAFT', revision });
      expect(asGiven(model, field, record), field).toEqual(value);
      // The same again is no change.
      expect(await done(editor, name, { id: made.id, [field]: value }), `${field} again`).toMatchObject({ revision });
    }
    await expectValues('after all');
    for (const field of fields.filter((each) => !isRequired(each))) {
      const cannot = kept[`${model}.${field}`];
      if (cannot) {
        expect(await mistake(editor, name, { id: made.id, [field]: null }), field).toMatchObject({ code: cannot });
        continue;
      }
      revision += 1;
      const record = await done(editor, name, { id: made.id, [field]: null }, selectionOf(model, field));
      expect(record, field).toMatchObject({ revision });
      const cleared = asGiven(model, field, record);
      expect(Array.isArray(cleared) ? cleared : (cleared ?? false) || [], field).toEqual([]);
      values[field] = cleared;
    }
    await expectValues('after clearing');
    for (const field of fields.filter(isRequired)) {
      expect(await mistake(editor, name, { id: made.id, [field]: null }), field).toMatchObject({ code: 'REQUIRED', path: [field] });
    }
    await expectValues('after refusals');
    expect(await done(editor, name, { id: made.id })).toMatchObject({ revision });
    if (isLink(create)) await done(editor, `remove${model}`, { id: made.id });
  });

  test('all can be given when it is made, or none', async () => {
    const given = { ...inputs.of(create, 'all') };
    const record = await done(editor, create, given, fields.map((field) => selectionOf(model, field)).join(' '));
    expect(record).toMatchObject({ __typename: model, status: 'DRAFT', revision: 1 });
    for (const field of fields) if (field in given) expect(asGiven(model, field, record), field).toEqual(given[field]);
    if (isLink(create)) await done(editor, `remove${model}`, { id: record.id });
    const optional = Object.values(inputTypeOf(create).getFields()).filter(({ type }) => !isNonNullType(type));
    const bare = {
      ...Object.fromEntries(optional.map(({ name: field }) => [field, null])),
      ...inputs.of(create),
      ...companions[model]?.(),
    };
    // URLs are taken by one document.
    if (model === 'Document') Object.assign(bare, { url: null });
    const second = await done(editor, create, bare);
    expect(second).toMatchObject({ __typename: model, status: 'DRAFT', revision: 1 });
  });
});

const isLink = (create: string) => create.startsWith('add');

/** What else can't be cleared by itself, since something else needs it. */
const kept: Record<string, string> = {
  'Document.url': 'REQUIRED',
  'Person.sortName': 'REQUIRED',
  'Statement.isTranslation': 'INVALID_VALUE',
  'Statement.speaker': 'UNATTRIBUTED',
  // When the rating in words is gone already.
  'Review.ratingValue': 'REQUIRED',
  'Place.latitude': 'REQUIRED',
  'Place.longitude': 'REQUIRED',
};

test('values that need each other are cleared together', async () => {
  const place = await done(editor, 'createPlace', { name: 'Place', latitude: 1, longitude: 2, precision: 'NEAR' });
  const nowhere = { latitude: null, longitude: null, precision: null };
  expect(await done(editor, 'updatePlace', { id: place.id, ...nowhere }, 'latitude longitude precision')).toMatchObject(nowhere);
  const said = { text: 'Yes.', language: 'en', quoteType: 'DIRECT', attributionText: 'she' };
  const speaking = { speaker: { person: { id: world.ids.Person } }, capacity: world.ids.Membership };
  const { id } = await done(editor, 'createStatement', { ...said, ...speaking });
  expect(await mistake(editor, 'updateStatement', { id, speaker: null })).toMatchObject({ code: 'CAPACITY_NOT_HELD', path: ['capacity'] });
  const nobody = { speaker: null, capacity: null };
  expect(await done(editor, 'updateStatement', { id, ...nobody }, 'speaker { id } capacity { basis }')).toMatchObject(nobody);
  const event = await done(editor, 'createEvent', { title: words('Talks'), type: 'CONSULT', mode: 'PHONE' });
  const untyped = { type: null, mode: null };
  expect(await done(editor, 'updateEvent', { id: event.id, ...untyped }, 'type mode')).toMatchObject(untyped);
});
