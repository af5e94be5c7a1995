import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocument } from '../../src/documents/write.ts';
import { createEvent } from '../../src/events/write.ts';
import { createOrganization } from '../../src/organizations/write.ts';
import { createMembership } from '../../src/organizations/write-membership.ts';
import { createPerson } from '../../src/people/write.ts';
import { createPlace } from '../../src/places/write.ts';
import { as, refused, run } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

// Each test looks for the pairs among a few records that it names itself.

let database: TestDatabase;
let editor: TestDatabase & { viewer: { id: string | null; role: 'EDITOR' | 'READER' | 'CONTRIBUTOR' | 'ADMIN' } };

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR') as typeof editor;
});
afterAll(() => database?.close());

const published = { status: 'PUBLISHED' } as const;

const person = (name: string, more: object = {}) => createPerson(database.prisma, { ...published, name, sortName: name, ...more });
const organization = (name: string) => createOrganization(database.prisma, { ...published, name });

interface Reason {
  kind: string;
  one: string | null;
  other: string | null;
  scheme: string | null;
  organization: { name: string } | null;
}

interface Found {
  ids: string[];
  score: number;
  reasons: Reason[];
}

async function find(type: string, of?: { model: string; id: string }, first = 100): Promise<Found[]> {
  const { duplicateCandidates } = await run(
    editor,
    `query C($type: MergeableType!, $of: ID, $first: Int) { duplicateCandidates(type: $type, of: $of, first: $first) {
      totalCount nodes { one { id } other { id } score reasons { kind one other scheme organization { name } } } } }`,
    { type, of: of && encodeGlobalID(of.model, of.id), first },
  );
  const { totalCount, nodes } = duplicateCandidates as {
    totalCount: number;
    nodes: ({ one: { id: string }; other: { id: string } } & Found)[];
  };
  expect(nodes.length).toBe(Math.min(totalCount, first));
  return nodes.map(({ one, other, score, reasons }) => ({ ids: [one.id, other.id].sort(), score, reasons }));
}

/** The pair of two records, in all pairs and among those of each. */
async function pairOf(type: string, model: string, a: string, b: string): Promise<Found | undefined> {
  const ids = [a, b].map((id) => encodeGlobalID(model, id)).sort();
  const is = (found: Found) => found.ids.join() === ids.join();
  const [all, ofA, ofB] = [await find(type), await find(type, { model, id: a }), await find(type, { model, id: b })].map((list) =>
    list.find(is),
  );
  expect(ofA).toEqual(all);
  expect(ofB).toEqual(all);
  return all;
}

test('names are compared without case and accents, in any of their forms, and across scripts', async () => {
  const latin = await person('Mustafa al-Kadhimi');
  const cyrillic = await person('Мустафа аль-Казими');
  const arabic = await person('A. N. Other', { names: [{ name: 'مصطفى الكاظمي', kind: 'TRANSLITERATION' }] });
  const accents = await person('MÚSTAFÀ AL KADHIMI');
  await person('Mustafa Kamil');
  await person('Qasim al-Araji');
  for (const [a, b] of [
    [latin, cyrillic],
    [latin, arabic],
    [cyrillic, arabic],
    [latin, accents],
  ] as const) {
    const found = await pairOf('PERSON', 'Person', a, b);
    expect(found?.reasons.map(({ kind }) => kind)).toEqual(['SIMILAR_NAME']);
    expect(found?.score).toBeGreaterThan(0.5);
    expect(found?.score).toBeLessThanOrEqual(1);
  }
  const evidence = (await pairOf('PERSON', 'Person', latin, arabic))?.reasons[0];
  expect([evidence?.one, evidence?.other].sort()).toEqual(['Mustafa al-Kadhimi', 'مصطفى الكاظمي'].sort());
  expect(await find('PERSON')).toHaveLength(6);
  const scores = (await find('PERSON')).map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
});

test.each([
  ['Muhammad al-Halbusi', 'محمد الحلبوسي'],
  ['Vladimir Putin', 'Владимир Путин'],
  ['Владимир Путин', 'فلاديمير بوتين'],
  ['Vladimir Putin', 'Βλαντίμιρ Πούτιν'],
  ['Alexis Tsipras', 'Αλέξης Τσίπρας'],
  ['Abd al-Fattah al-Sisi', 'عبدالفتاح السيسي'],
  ['Abdelfattah el-Sisi', 'Абдул-Фаттах ас-Сиси'],
])('%s is %s', async (one, other) => {
  const [a, b] = [await person(one), await person(other)];
  expect((await pairOf('PERSON', 'Person', a, b))?.reasons).toMatchObject([{ kind: 'SIMILAR_NAME' }]);
  await database.raw(`UPDATE "Person" SET "status" = 'RETRACTED', "retractionReason" = 'Tested' WHERE id IN ('${a}', '${b}')`);
  expect(await pairOf('PERSON', 'Person', a, b)).toBeUndefined();
});

test.each([
  ['Sam Brown', 'Sami Barani'],
  ['Ali Hassan', 'علي حيدر'],
  ['Anna Maier', 'Peter Maier'],
])('%s is not %s', async (one, other) => {
  expect(await pairOf('PERSON', 'Person', await person(one), await person(other))).toBeUndefined();
});

test('identifiers are the same but for case', async () => {
  const a = await organization('First bureau');
  const b = await organization('Quite another');
  await database.prisma.identifier.create({ data: { organizationId: a, scheme: 'lei', value: 'abc123' } });
  await database.prisma.identifier.create({ data: { organizationId: b, scheme: 'lei', value: 'ABC123' } });
  await database.prisma.identifier.create({ data: { organizationId: b, scheme: 'isin', value: 'abc123' } });
  const found = await pairOf('ORGANIZATION', 'Organization', a, b);
  expect(found?.reasons).toMatchObject([{ kind: 'SAME_IDENTIFIER', scheme: 'lei' }]);
  expect(found?.score).toBeGreaterThan(0.9);
});

test('documents are the same by address or by text', async () => {
  const document = (more: object) => createDocument(database.prisma, { ...published, ...more });
  const a = await document({ url: 'https://www.example.org/news/1/?utm_source=mail&page=2#top', title: 'Talks end' });
  const b = await document({ url: 'http://EXAMPLE.org/news/1?page=2', text: 'It is over.' });
  const c = await document({ title: 'Printed again', text: 'It is over.' });
  const d = await document({ url: 'https://example.org/news/1?page=3' });
  expect((await pairOf('DOCUMENT', 'Document', a, b))?.reasons).toMatchObject([{ kind: 'SAME_IDENTIFIER', scheme: 'url' }]);
  expect((await pairOf('DOCUMENT', 'Document', b, c))?.reasons).toMatchObject([{ kind: 'SAME_IDENTIFIER', scheme: 'sha256' }]);
  expect(await pairOf('DOCUMENT', 'Document', a, d)).toBeUndefined();
});

test('titles of documents count beside their dates', async () => {
  const document = (publishedAt: string) =>
    createDocument(database.prisma, { ...published, title: 'The coalition ends its combat missions', publishedAt });
  const [a, b, c] = [await document('2021-12-09'), await document('2021-12'), await document('2022-01')];
  expect((await pairOf('DOCUMENT', 'Document', a, b))?.reasons).toMatchObject([{ kind: 'SIMILAR_NAME' }]);
  expect(await pairOf('DOCUMENT', 'Document', a, c)).toBeUndefined();
});

test('events are the same by title, date and place', async () => {
  const place = (name: string, parentId?: string) => createPlace(database.prisma, { ...published, name, parentId });
  const iraq = await place('Iraq');
  const baghdad = await place('Baghdad', iraq);
  const elsewhere = await place('Lisbon');
  const event = (en: string, date: string, placeId: string) => createEvent(database.prisma, { ...published, title: { en }, date, placeId });
  const a = await event('Drone strike on the airport', '2021-12-09', baghdad);
  const b = await event('Drone strike at the airport', '2021-12', iraq);
  const later = await event('Drone strike on the airport', '2022-02', baghdad);
  const there = await event('Drone strike on the airport', '2021-12-09', elsewhere);
  expect((await pairOf('EVENT', 'Event', a, b))?.reasons).toMatchObject([{ kind: 'SIMILAR_NAME' }]);
  expect(await pairOf('EVENT', 'Event', a, later)).toBeUndefined();
  expect(await pairOf('EVENT', 'Event', a, there)).toBeUndefined();
});

test('places are the same by name, in few sounds only across scripts', async () => {
  const place = (name: string) => createPlace(database.prisma, { ...published, name });
  const [a, b, c] = [await place('Erbil'), await place('اربيل'), await place('Arbela')];
  expect((await pairOf('PLACE', 'Place', a, b))?.reasons).toMatchObject([{ kind: 'SIMILAR_NAME' }]);
  expect(await pairOf('PLACE', 'Place', a, c)).toBeUndefined();
});

test('a shared membership counts beside names that are somewhat similar, and only then', async () => {
  const parliament = await organization('House of Representatives');
  const sits = (personId: string, startDate: string, endDate?: string, role = 'member') =>
    createMembership(database.prisma, { ...published, member: { person: personId }, organizationId: parliament, role, startDate, endDate });
  const a = await person('Jonathan Smithers');
  const b = await person('Jon Smithers');
  const c = await person('Wilhelmina Vos');
  const d = await person('Jonty Smithson');
  await sits(a, '2018', '2021');
  await sits(b, '2020', undefined, 'Member');
  await sits(c, '2019');
  await sits(d, '2022');
  const found = await pairOf('PERSON', 'Person', a, b);
  expect(found?.reasons).toMatchObject([
    { kind: 'SIMILAR_NAME' },
    { kind: 'SHARED_MEMBERSHIP', organization: { name: 'House of Representatives' } },
  ]);
  expect(await pairOf('PERSON', 'Person', a, c)).toBeUndefined();
  // At other times.
  expect((await pairOf('PERSON', 'Person', a, d))?.reasons.map(({ kind }) => kind) ?? []).not.toContain('SHARED_MEMBERSHIP');
});

test('what an editor marked as not the same is proposed no more, and again when that is taken back', async () => {
  const [a, b] = [await person('Zaynab Qurayshi'), await person('Zainab Quraishi')];
  expect(await pairOf('PERSON', 'Person', a, b)).toBeDefined();
  const mark = async (mutation: string, one = a, other = b) => {
    const answer = await run(
      editor,
      `mutation M($one: ID!, $other: ID!) { ${mutation}(input: { one: $one, other: $other }) { one other errors { code path } } }`,
      {
        one: encodeGlobalID('Person', one),
        other: encodeGlobalID('Person', other),
      },
    );
    return answer[mutation];
  };
  const both = { one: encodeGlobalID('Person', b), other: encodeGlobalID('Person', a), errors: [] };
  expect(await mark('markNotSame', b, a)).toEqual(both);
  expect(await mark('markNotSame', b, a)).toEqual(both);
  expect(await pairOf('PERSON', 'Person', a, b)).toBeUndefined();
  const merge = await run(
    editor,
    'mutation M($input: MergeInput!) { merge(input: $input) { record { id } merge { id } errors { code path message } } }',
    {
      input: { survivor: encodeGlobalID('Person', a), duplicate: encodeGlobalID('Person', b) },
    },
  );
  expect(merge.merge).toMatchObject({ merge: null, errors: [{ code: 'NOT_MERGEABLE', path: ['duplicate'] }] });
  await mark('unmarkNotSame');
  expect(await pairOf('PERSON', 'Person', a, b)).toBeDefined();
  expect(await mark('markNotSame', a, a)).toEqual({ one: null, other: null, errors: [{ code: 'NOT_MERGEABLE', path: ['other'] }] });
});

test('pages follow one another, forwards and backwards', async () => {
  const all = (await find('PERSON')).map(({ ids, score }) => ({ ids, score }));
  expect(all.length).toBeGreaterThan(5);
  const page = async (args: string) => {
    const { duplicateCandidates } = await run(
      editor,
      `{ duplicateCandidates(type: PERSON, ${args}) { pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { one { id } other { id } score } } }`,
    );
    const { nodes, pageInfo } = duplicateCandidates as {
      nodes: { one: { id: string }; other: { id: string }; score: number }[];
      pageInfo: { hasNextPage: boolean; endCursor: string; hasPreviousPage: boolean; startCursor: string };
    };
    return { pageInfo, found: nodes.map(({ one, other, score }) => ({ ids: [one.id, other.id].sort(), score })) };
  };
  const forwards = [];
  for (let after = ''; ; ) {
    const { found, pageInfo } = await page(`first: 2${after}`);
    forwards.push(...found);
    if (!pageInfo.hasNextPage) break;
    after = `, after: "${pageInfo.endCursor}"`;
  }
  expect(forwards).toEqual(all);
  const last = await page('last: 3');
  expect(last.found).toEqual(all.slice(-3));
  expect((await page(`last: 2, before: "${last.pageInfo.startCursor}"`)).found).toEqual(all.slice(-5, -3));
});

test('only editors are told', async () => {
  const query = '{ duplicateCandidates(type: PERSON) { nodes { score } } }';
  expect((await refused(database, query)).code).toBe('UNAUTHENTICATED');
  expect((await refused(as(database, 'CONTRIBUTOR'), query)).code).toBe('FORBIDDEN');
  const a = await organization('Some office');
  const wrong = `{ duplicateCandidates(type: PERSON, of: "${encodeGlobalID('Organization', a)}") { nodes { score } } }`;
  expect((await refused(editor, wrong)).code).toBe('INVALID_ID');
});
