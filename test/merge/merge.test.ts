import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEvent } from '../../src/events/write.ts';
import { createOrganization } from '../../src/organizations/write.ts';
import { createPerson } from '../../src/people/write.ts';
import { createPlace } from '../../src/places/write.ts';
import { as, ask, refused, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { askMerge, askUnmerge, idOf } from './ask-merge.ts';
import { snapshot } from './snapshot.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database?.close());

const published = { status: 'PUBLISHED' } as const;
const person = (name: string, more: object = {}) => createPerson(database.prisma, { ...published, name, sortName: name, ...more });

const show = `... on Person { name gender birthDate deathDate summary(languages: ["fr"]) { text } names { name kind } identifiers { scheme value } }`;
const read = async (id: string) =>
  (await run(database, `query N($id: ID!) { node(id: $id) { id ${show} } }`, { id: idOf('Person', id) })).node as Record<string, unknown>;

test('names, identifiers and what is lacking become the survivor’s, and unmerge gives all of it back', async () => {
  const survivor = await person('Mustafa al-Kadhimi', { gender: 'male', deathDate: '2020', summary: { en: 'Prime minister' } });
  const duplicate = await person('Mustafa Kazimi', {
    gender: 'Male',
    birthDate: '1967-07-05',
    summary: { en: 'A minister', fr: 'Premier ministre' },
    names: [{ name: 'مصطفى الكاظمي', kind: 'TRANSLITERATION' }],
    identifiers: [{ scheme: 'wikidata', value: 'Q20' }],
  });
  const before = await snapshot(database);
  const done = await askMerge(database, 'Person', survivor, duplicate);
  expect(done).toMatchObject({
    errors: [],
    record: { id: idOf('Person', survivor), status: 'PUBLISHED', revision: 2 },
    merge: { survivorId: idOf('Person', survivor), duplicateId: idOf('Person', duplicate), by: 'token:editor', undoneBy: null },
  });
  const both = {
    id: idOf('Person', survivor),
    name: 'Mustafa al-Kadhimi',
    gender: 'male',
    birthDate: '1967-07-05',
    deathDate: '2020',
    summary: { text: 'Premier ministre' },
    names: [
      { name: 'مصطفى الكاظمي', kind: 'TRANSLITERATION' },
      { name: 'Mustafa Kazimi', kind: 'ALIAS' },
    ],
    identifiers: [{ scheme: 'wikidata', value: 'Q20' }],
  };
  expect(await read(survivor)).toEqual(both);
  expect(await read(duplicate)).toEqual(both);
  const [row] = (await database.raw(`SELECT "birthEarliest"::text AS at FROM "Person" WHERE id = '${survivor}'`)) as { at: string }[];
  expect(row?.at).toMatch(/^1967-07-05/);
  const undone = await askUnmerge(database, 'Person', duplicate);
  expect(undone).toMatchObject({ errors: [], kept: [], record: { id: idOf('Person', duplicate), status: 'PUBLISHED' } });
  expect(undone.merge?.undoneBy).toBe('token:editor');
  expect(await snapshot(database)).toEqual(before);
  expect((await read(duplicate)).id).toBe(idOf('Person', duplicate));
  // Once more, since a merge can be made again.
  expect((await askMerge(database, 'Person', duplicate, survivor)).errors).toEqual([]);
  expect((await askUnmerge(database, 'Person', survivor)).errors).toEqual([]);
  expect(await snapshot(database)).toEqual(before);
});

test('a name that the survivor has is not added again, nor a date that would not fit', async () => {
  const survivor = await person('Ana Lima', { names: [{ name: 'A. Lima', kind: 'ABBREVIATION' }], deathDate: '1950' });
  const same = await person('Ana Lima', { birthDate: '1951' });
  const other = await person('A. Lima', { birthDate: '1901' });
  await askMerge(database, 'Person', survivor, same);
  await askMerge(database, 'Person', survivor, other);
  expect(await read(survivor)).toMatchObject({ names: [{ name: 'A. Lima', kind: 'ABBREVIATION' }], birthDate: '1901', deathDate: '1950' });
});

test('an event’s titles are kept by language', async () => {
  const event = (title: Record<string, string>, more: object = {}) => createEvent(database.prisma, { ...published, title, ...more });
  const place = await createPlace(database.prisma, { ...published, name: 'Baghdad', latitude: 33.3, longitude: 44.4, precision: 'NEAR' });
  const survivor = await event({ en: 'The talks', de: 'Gespräche' }, { date: '2021', type: 'CONSULT' });
  const duplicate = await event(
    { en: 'Talks', fr: 'Les pourparlers', de: 'Gespräche' },
    { date: '2021-05', endDate: '2021-06', type: 'CONSULT', mode: 'VISIT', placeId: place, description: { fr: 'À Bagdad' } },
  );
  await askMerge(database, 'Event', survivor, duplicate);
  const { event: found } = await run(
    database,
    `query E($id: ID!) { event(by: { id: $id }) { title(languages: ["fr"]) { text language } description(languages: ["fr"]) { text } aliases { name kind language } date endDate mode place { name } } }`,
    { id: idOf('Event', duplicate) },
  );
  expect(found).toEqual({
    title: { text: 'Les pourparlers', language: 'fr' },
    description: { text: 'À Bagdad' },
    aliases: [{ name: 'Talks', kind: 'ALIAS', language: 'en' }],
    date: '2021',
    endDate: '2021-06',
    mode: 'VISIT',
    place: { name: 'Baghdad' },
  });
});

test('a place takes its coordinates together, and its parts move', async () => {
  const place = (name: string, more: object = {}) => createPlace(database.prisma, { ...published, name, ...more });
  const [country, survivor] = [await place('Country'), await place('Town')];
  const duplicate = await place('Toun', { latitude: 1, longitude: 2, precision: 'EXACT', kind: 'CITY', parentId: country });
  const part = await place('Quarter', { parentId: duplicate });
  await askMerge(database, 'Place', survivor, duplicate);
  const { place: found } = await run(
    database,
    'query P($id: ID!) { place(by: { id: $id }) { latitude longitude precision kind parent { name } parts { nodes { id } } } }',
    { id: idOf('Place', survivor) },
  );
  expect(found).toEqual({
    latitude: 1,
    longitude: 2,
    precision: 'EXACT',
    kind: 'CITY',
    parent: { name: 'Country' },
    parts: { nodes: [{ id: idOf('Place', part) }] },
  });
  const within = await run(database, 'query W($id: ID!) { places(where: { within: $id }) { nodes { name } } }', {
    id: idOf('Place', country),
  });
  expect((within.places as { nodes: { name: string }[] }).nodes.map(({ name }) => name).sort()).toEqual(['Country', 'Quarter', 'Town']);
});

test('what would lie below itself stays with the duplicate, or is skipped', async () => {
  const organization = (name: string, parentId?: string) => createOrganization(database.prisma, { ...published, name, parentId });
  const parentOf = async (id: string) =>
    ((await database.raw(`SELECT "parentId" FROM "Organization" WHERE id = '${id}'`)) as { parentId: string | null }[])[0]?.parentId;
  const top = await organization('Top');
  const duplicate = await organization('Duplicate', top);
  const between = await organization('Between', duplicate);
  const survivor = await organization('Survivor', between);
  const child = await organization('Child', duplicate);
  const before = await snapshot(database);
  expect((await askMerge(database, 'Organization', survivor, duplicate)).errors).toEqual([]);
  expect([await parentOf(between), await parentOf(survivor), await parentOf(child)]).toEqual([duplicate, between, survivor]);
  expect((await askUnmerge(database, 'Organization', duplicate)).errors).toEqual([]);
  expect(await snapshot(database)).toEqual(before);
  // The other way round, and one directly below the other.
  expect((await askMerge(database, 'Organization', between, survivor)).errors).toEqual([]);
  expect((await askMerge(database, 'Organization', between, duplicate)).errors).toEqual([]);
  expect([await parentOf(between), await parentOf(child)]).toEqual([top, between]);
  expect((await askUnmerge(database, 'Organization', duplicate)).errors).toEqual([]);
  expect((await askUnmerge(database, 'Organization', survivor)).errors).toEqual([]);
  expect(await snapshot(database)).toEqual(before);
});

test('the id of a record that was merged leads to the survivor, however often', async () => {
  const [a, b, c] = [await person('Chain A'), await person('Chain B'), await person('Chain C')];
  await askMerge(database, 'Person', b, a);
  await askMerge(database, 'Person', c, b);
  const [idA, idB, idC] = [a, b, c].map((id) => idOf('Person', id));
  const answer = await run(
    database,
    `query R($a: ID!, $b: ID!, $ids: [ID!]!) {
      person(by: { id: $a }) { id names { name } } node(id: $b) { id } nodes(ids: $ids) { id }
      people(where: { name: { startsWith: "Chain" } }) { nodes { name } }
      search(query: "Chain A", types: [PERSON]) { nodes { record { id } } } }`,
    { a: idA, b: idB, ids: [idA, idC, idB, idA] },
  );
  expect(answer).toEqual({
    person: { id: idC, names: [{ name: 'Chain A' }, { name: 'Chain B' }] },
    node: { id: idC },
    nodes: [{ id: idC }, { id: idC }, { id: idC }, { id: idC }],
    people: { nodes: [{ name: 'Chain C' }] },
    search: { nodes: [{ record: { id: idC } }] },
  });
  // References in inputs lead there too.
  expect((await askMerge(database, 'Person', a, c)).errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['duplicate'] }]);
  const refusal = await askUnmerge(database, 'Person', a);
  expect(refusal.errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['id'] }]);
  expect(refusal.errors[0]?.message).toContain(idB);
  expect((await askUnmerge(database, 'Person', b)).errors).toEqual([]);
  expect((await askUnmerge(database, 'Person', a)).errors).toEqual([]);
  expect((await read(a)).names).toEqual([]);
});

test('a merge into the same survivor is taken back before the one that it came after', async () => {
  const [survivor, first, second] = [await person('One'), await person('Two'), await person('Three')];
  await askMerge(database, 'Person', survivor, first);
  await askMerge(database, 'Person', survivor, second);
  const refusal = await askUnmerge(database, 'Person', first);
  expect(refusal.errors[0]?.message).toContain(idOf('Person', second));
  expect((await askUnmerge(database, 'Person', second)).errors).toEqual([]);
  expect((await askUnmerge(database, 'Person', first)).errors).toEqual([]);
});

test('readers are told why a survivor was retracted', async () => {
  const [a, b] = [await person('Old'), await person('New')];
  await askMerge(database, 'Person', b, a);
  await database.raw(`UPDATE "Person" SET "status" = 'RETRACTED', "retractionReason" = 'A mix-up' WHERE id = '${b}'`);
  const id = idOf('Person', a);
  expect((await refused(database, `{ person(by: { id: "${id}" }) { id } }`)).code).toBe('RETRACTED');
  expect((await refused(database, `{ node(id: "${id}") { id } }`)).code).toBe('RETRACTED');
});

test('what can’t be merged is refused, and nothing is changed', async () => {
  const [a, b] = [await person('Ana'), await person('Bea')];
  const draft = await person('Draft', { status: 'DRAFT' });
  const place = await createPlace(database.prisma, { ...published, name: 'Lisbon' });
  const before = await snapshot(database);
  const codes = async (model: string, survivor: string, duplicate: string, expected?: number) =>
    (await askMerge(database, model, survivor, duplicate, expected)).errors.map(({ code, path }) => `${code} ${path.join('.')}`);
  expect(await codes('Person', a, a)).toEqual(['NOT_MERGEABLE duplicate']);
  expect(await codes('Person', draft, a)).toEqual(['NOT_MERGEABLE survivor']);
  expect(await codes('Person', a, place)).toEqual(['NOT_FOUND duplicate']);
  expect(await codes('Person', place, a)).toEqual(['NOT_FOUND survivor']);
  expect(await codes('Statement', a, b)).toEqual(['NOT_MERGEABLE survivor']);
  expect(await codes('Person', a, b, 7)).toEqual(['STALE expectedRevision']);
  const mixed = `mutation { merge(input: { survivor: "${idOf('Person', a)}", duplicate: "${idOf('Place', place)}" }) { errors { code path } } }`;
  expect(await run(as(database, 'EDITOR'), mixed)).toEqual({ merge: { errors: [{ code: 'NOT_MERGEABLE', path: ['duplicate'] }] } });
  expect((await askUnmerge(database, 'Person', a)).errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['id'] }]);
  for (const mutation of [mixed, `mutation { unmerge(input: { id: "${idOf('Person', a)}" }) { errors { code } } }`]) {
    expect((await refused(database, mutation)).code).toBe('UNAUTHENTICATED');
    expect((await refused(as(database, 'CONTRIBUTOR'), mutation)).code).toBe('FORBIDDEN');
  }
  expect(await snapshot(database)).toEqual(before);
  expect(await codes('Person', a, draft)).toEqual([]);
});

test('what was changed since a merge stays, and is listed', async () => {
  const survivor = await person('Kept', { gender: 'female' });
  const duplicate = await person('Changed', { birthDate: '1970', familyName: 'C', names: [{ name: 'Ch.', kind: 'ABBREVIATION' }] });
  await askMerge(database, 'Person', survivor, duplicate);
  await database.raw(
    `UPDATE "Person" SET "birthDate" = '1971', "birthEarliest" = '1971-01-01', "birthLatest" = '1971-12-31' WHERE id = '${survivor}'`,
  );
  await database.raw(`UPDATE "Name" SET "kind" = 'FORMER' WHERE "name" = 'Changed'`);
  await database.raw(`UPDATE "Person" SET "gender" = 'Female' WHERE id = '${survivor}'`);
  const undone = await askUnmerge(database, 'Person', duplicate);
  expect(undone.errors).toEqual([]);
  expect(undone.kept.map(({ model, field, was, is }) => [model, field, was, (is as { kind?: string } | null)?.kind ?? is])).toEqual(
    expect.arrayContaining([
      ['Person', 'birthDate', null, '1971'],
      ['Name', null, null, 'FORMER'],
    ]),
  );
  expect(undone.laterChanges.nodes.flatMap(({ changes }) => changes.map(({ field }) => field))).toEqual(
    expect.arrayContaining(['gender', 'birthDate', 'kind']),
  );
  expect(await read(survivor)).toMatchObject({ birthDate: '1971', gender: 'Female', names: [{ name: 'Changed', kind: 'FORMER' }] });
  expect(await read(duplicate)).toMatchObject({ birthDate: '1970', name: 'Changed', names: [{ name: 'Ch.' }] });
});

test('a merge is one revision of each record', async () => {
  const [a, b] = [await person('One revision'), await person('Another revision', { identifiers: [{ scheme: 'viaf', value: '77' }] })];
  const revision = async (id: string) =>
    ((await database.raw(`SELECT "revision" FROM "Person" WHERE id = '${id}'`)) as { revision: number }[])[0]?.revision;
  const before = [await revision(a), await revision(b)] as [number, number];
  await askMerge(database, 'Person', a, b);
  expect([await revision(a), await revision(b)]).toEqual(before.map((each) => each + 1));
  const { errors } = await ask(
    as(database, 'EDITOR'),
    `{ node(id: "${idOf('Person', b)}") { ... on Person { revisions { totalCount } } } }`,
  );
  expect(errors).toEqual([]);
});

test('as of an instant before a merge, editors see both, and readers the one that is left', async () => {
  const [a, b] = [await person('Past one'), await person('Past two')];
  const [{ at }] = (await database.raw("SELECT clock_timestamp() + interval '1 millisecond' AS at")) as [{ at: string | Date }];
  await new Promise((resolve) => setTimeout(resolve, 10));
  await askMerge(database, 'Person', a, b);
  const query = 'query P($id: ID!, $at: DateTime) { person(by: { id: $id }, asOf: $at) { id name names { name } } }';
  const variables = { id: idOf('Person', b), at: new Date(at).toISOString() };
  const { person: then } = await run(as(database, 'EDITOR'), query, variables);
  expect(then).toEqual({ id: idOf('Person', b), name: 'Past two', names: [] });
  const { person: forReaders } = await run(database, query, variables);
  expect(forReaders).toEqual({ id: idOf('Person', a), name: 'Past one', names: [] });
});
