import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocument } from '../../src/documents/write.ts';
import { createAppearance } from '../../src/documents/write-appearance.ts';
import { createCitation } from '../../src/documents/write-citation.ts';
import { createEvent } from '../../src/events/write.ts';
import { createEventLink, createParticipation } from '../../src/events/write-links.ts';
import { createOrganization } from '../../src/organizations/write.ts';
import { createMembership } from '../../src/organizations/write-membership.ts';
import { createPerson } from '../../src/people/write.ts';
import { createPlace } from '../../src/places/write.ts';
import { createStatement } from '../../src/statements/write.ts';
import { createReview } from '../../src/statements/write-review.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { askMerge, askUnmerge, idOf } from './ask-merge.ts';
import { type Snapshot, snapshot } from './snapshot.ts';

// What both records have already: the duplicate's row stays with it, hidden, and what hangs on it goes to the other.

let database: TestDatabase;
let tx: TestDatabase['prisma'];
beforeAll(async () => {
  database = await openTestDatabase();
  tx = database.prisma;
});
afterAll(() => database?.close());

const published = { status: 'PUBLISHED' } as const;
const person = (name: string) => createPerson(tx, { ...published, name, sortName: name });
const organization = (name: string) => createOrganization(tx, { ...published, name });
const event = (en: string) => createEvent(tx, { ...published, title: { en } });
const document = (more: object) => createDocument(tx, { ...published, title: 'A document', ...more });
const statement = (more: object) =>
  createStatement(tx, { ...published, text: 'It is over.', language: 'en', quoteType: 'DIRECT', attributionText: 'officials', ...more });
const participation = (eventId: string, participant: object, more: object = {}) =>
  createParticipation(tx, { ...published, eventId, participant: participant as never, role: 'ACTOR', ...more });

/** The value of one column of a row. */
async function value(table: string, column: string, id: string): Promise<unknown> {
  const [row] = (await database.raw(`SELECT "${column}" AS value FROM "${table}" WHERE id = '${id}'`)) as { value: unknown }[];
  return row?.value;
}

/** Merges, looks, and sees that all is as before when it is taken back. */
async function merged(model: string, survivor: string, duplicate: string, look: () => Promise<void>): Promise<void> {
  const before: Snapshot = await snapshot(database);
  expect((await askMerge(database, model, survivor, duplicate)).errors).toEqual([]);
  await look();
  expect((await askUnmerge(database, model, duplicate)).errors).toEqual([]);
  expect(await snapshot(database)).toEqual(before);
}

test('participations of a person', async () => {
  const [a, b, talks] = [await person('A'), await person('B'), await event('Talks')];
  const ofA = await participation(talks, { person: a });
  const ofB = await participation(talks, { person: b });
  const other = await participation(talks, { person: b }, { role: 'RECIPIENT' });
  const source = await document({});
  const citation = await createCitation(tx, { ...published, documentId: source, fact: { participationId: ofB } });
  await merged('Person', a, b, async () => {
    expect(await value('Participation', 'personId', ofB)).toBe(b);
    expect(await value('Participation', 'personId', other)).toBe(a);
    expect(await value('Citation', 'participationId', citation)).toBe(ofA);
  });
});

test('participations of an organization, and of an event', async () => {
  const [a, b, talks, again] = [await organization('A'), await organization('B'), await event('Talks'), await event('The talks')];
  const rows = [await participation(talks, { organization: a }), await participation(talks, { organization: b })];
  await merged('Organization', a, b, async () => expect(await value('Participation', 'organizationId', String(rows[1]))).toBe(b));
  const same = await participation(again, { organization: a });
  await merged('Event', talks, again, async () => expect(await value('Participation', 'eventId', same)).toBe(again));
});

test('links between events, and one from the duplicate to the survivor', async () => {
  const [a, b, other] = [await event('A'), await event('B'), await event('Other')];
  const link = (fromId: string, toId: string) => createEventLink(tx, { ...published, fromId, toId, kind: 'FOLLOWS' });
  const [kept, twin, back, between] = [await link(a, other), await link(b, other), await link(other, b), await link(b, a)];
  const source = await document({});
  const [onTwin, onBetween] = await Promise.all(
    [twin, between].map((eventLinkId) => createCitation(tx, { ...published, documentId: source, fact: { eventLinkId } })),
  );
  await merged('Event', a, b, async () => {
    expect(await value('EventLink', 'fromId', twin)).toBe(b);
    expect(await value('EventLink', 'toId', back)).toBe(a);
    expect(await value('EventLink', 'fromId', between)).toBe(b);
    expect(await value('Citation', 'eventLinkId', String(onTwin))).toBe(kept);
    expect(await value('Citation', 'eventLinkId', String(onBetween))).toBe(between);
  });
});

test.each(['Person', 'Organization', 'Place', 'Event'] as const)('topics of a statement: %s', async (model) => {
  const make = {
    Person: person,
    Organization: organization,
    Place: (name: string) => createPlace(tx, { ...published, name }),
    Event: event,
  }[model];
  const column = model.toLowerCase();
  const [a, b] = [await make('A'), await make('B')];
  const said = await statement({ about: [{ [column]: a }, { [column]: b }] });
  const other = await statement({ about: [{ [column]: b }] });
  await merged(model, a, b, async () => {
    const rows = (await database.raw(
      `SELECT "${column}Id" AS of FROM "StatementTopic" WHERE "statementId" IN ('${said}', '${other}') ORDER BY id`,
    )) as {
      of: string;
    }[];
    expect(rows.map(({ of }) => of).sort()).toEqual([a, a, b].sort());
  });
});

test('authors of a document, who come after those of the survivor', async () => {
  const [x, y, z, agency] = [await person('X'), await person('Y'), await person('Z'), await organization('Agency')];
  const a = await document({ authors: [{ person: x }, { organization: agency }] });
  const b = await document({ authors: [{ person: y }, { person: x }, { organization: agency }, { person: z }] });
  const byline = async (id: string) =>
    (
      (await database.raw(
        `SELECT coalesce("personId", "organizationId") AS author FROM "DocumentAuthor" WHERE "documentId" = '${id}' ORDER BY "position"`,
      )) as { author: string }[]
    ).map(({ author }) => author);
  await merged('Document', a, b, async () => {
    expect(await byline(a)).toEqual([x, agency, y, z]);
    expect(await byline(b)).toEqual([x, agency]);
  });
  await merged('Person', x, y, async () => expect(await byline(b)).toEqual([y, x, agency, z]));
});

test('members of themselves, and the capacity of one', async () => {
  const [a, b, c] = [await organization('A'), await organization('B'), await organization('C')];
  const member = (memberOf: string, organizationId: string) =>
    createMembership(tx, { ...published, member: { organization: memberOf }, organizationId });
  const [inA, inC, ofB] = [await member(b, a), await member(b, c), await member(a, b)];
  const said = await statement({ speaker: { organization: b }, capacityId: inC });
  await merged('Organization', a, b, async () => {
    expect(await value('Membership', 'memberOrganizationId', inA)).toBe(b);
    expect(await value('Membership', 'organizationId', ofB)).toBe(b);
    expect(await value('Membership', 'memberOrganizationId', inC)).toBe(a);
    expect(await value('Statement', 'speakerOrganizationId', said)).toBe(a);
  });
  await statement({ speaker: { organization: b }, capacityId: inA });
  expect((await askMerge(database, 'Organization', a, b)).errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['duplicate'] }]);
});

test('a published link does not disappear behind a draft', async () => {
  const [a, b, talks] = [await person('A'), await person('B'), await event('Talks')];
  await participation(talks, { person: a }, { status: 'DRAFT' });
  await participation(talks, { person: b });
  const refusal = await askMerge(database, 'Person', a, b);
  expect(refusal.errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['duplicate'] }]);
  expect((await askMerge(database, 'Person', b, a)).errors).toEqual([]);
});

const text = 'It is over, officials said. The troops go home.';
const span = (exact: string) => ({ exact });

test('appearances of one statement, and what was relayed from them', async () => {
  const a = await document({ text: `Dateline. ${text}` });
  const b = await document({ text });
  const c = await document({});
  const said = await statement({});
  const appearance = (documentId: string, more: object = {}) =>
    createAppearance(tx, {
      ...published,
      statementId: said,
      documentId,
      printedText: 'It is over',
      language: 'en',
      content: [span('It is over')],
      ...more,
    });
  const inB = await appearance(b);
  const inA = await appearance(a, { relayedFromId: inB });
  const inC = await appearance(c, { relayedFromId: inB });
  const other = await statement({ text: 'They go home.' });
  const moves = await createAppearance(tx, {
    ...published,
    statementId: other,
    documentId: b,
    printedText: 'The troops go home.',
    language: 'en',
    content: [span('The troops go home.')],
  });
  await merged('Document', a, b, async () => {
    expect(await value('Appearance', 'documentId', inB)).toBe(b);
    expect(await value('Appearance', 'documentId', moves)).toBe(a);
    expect(await value('Appearance', 'relayedFromId', inC)).toBe(inA);
    // It would be relayed from itself.
    expect(await value('Appearance', 'relayedFromId', inA)).toBe(inB);
    const [row] = (await database.raw(`SELECT "start", "prefix" FROM "Span" WHERE "appearanceId" = '${moves}'`)) as {
      start: number;
      prefix: string;
    }[];
    expect(row).toEqual({ start: 38, prefix: 'line. It is over, officials said. '.slice(-32) });
  });
});

test('reviews of one statement, and who made them', async () => {
  const [a, b] = [await document({}), await document({})];
  const [said, other] = [await statement({}), await statement({})];
  const [x, y] = [await person('X'), await person('Y')];
  const review = (statementId: string, documentId: string, more: object = {}) =>
    createReview(tx, { ...published, statementId, documentId, rating: 'False', reviewer: { person: y }, ...more });
  const [inA, inB, moves] = [await review(said, a), await review(said, b, { rating: 'True' }), await review(other, b)];
  await merged('Document', a, b, async () => {
    expect(await value('Review', 'documentId', inB)).toBe(b);
    expect(await value('Review', 'documentId', moves)).toBe(a);
    expect(await value('Review', 'rating', inA)).toBe('False');
  });
  await merged('Person', x, y, async () => {
    for (const id of [inA, inB, moves]) expect(await value('Review', 'reviewerPersonId', id)).toBe(x);
  });
  await database.raw(`UPDATE "Review" SET "status" = 'DRAFT' WHERE id = '${inA}'`);
  expect((await askMerge(database, 'Document', a, b)).errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['duplicate'] }]);
});

test('quotations that don’t stand in the survivor’s text', async () => {
  const [a, b] = [await document({ text: 'Something else altogether.' }), await document({ text })];
  const talks = await event('Talks');
  await createCitation(tx, { ...published, documentId: b, fact: { eventId: talks }, evidence: [span('officials said'), span('go home')] });
  const before = await snapshot(database);
  const refusal = await askMerge(database, 'Document', a, b);
  expect(refusal.errors).toMatchObject([{ code: 'NOT_MERGEABLE', path: ['duplicate'] }]);
  expect(refusal.errors[0]?.message).toMatch(/“officials said”.*“go home”/);
  expect(await snapshot(database)).toEqual(before);
});

test('a document takes a text and an address, and puts its own quotations there', async () => {
  const a = await document({});
  const b = await document({ title: undefined, url: 'https://example.org/over', text, publishedAt: '2021-12-09' });
  const talks = await event('Talks');
  const citation = await createCitation(tx, { ...published, documentId: a, fact: { eventId: talks }, evidence: [span('officials said')] });
  await merged('Document', a, b, async () => {
    expect([await value('Document', 'url', a), await value('Document', 'text', a)]).toEqual(['https://example.org/over', text]);
    const [row] = (await database.raw(`SELECT "start" FROM "Span" WHERE "citationId" = '${citation}'`)) as { start: number }[];
    expect(row?.start).toBe(12);
  });
});

test('a merge on which another one built is taken back after it', async () => {
  const [a, b, talks, again] = [await person('A'), await person('B'), await event('Talks'), await event('The talks')];
  const moves = await participation(talks, { person: b });
  const twin = await participation(again, { person: a });
  expect((await askMerge(database, 'Person', a, b)).errors).toEqual([]);
  // Of the same person now, in both events: the one stays with the duplicate because of the other.
  expect((await askMerge(database, 'Event', talks, again)).errors).toEqual([]);
  expect([await value('Participation', 'personId', moves), await value('Participation', 'eventId', twin)]).toEqual([a, again]);
  const refusal = await askUnmerge(database, 'Person', b);
  expect(refusal.errors[0]?.message).toContain(idOf('Event', again));
  expect((await askUnmerge(database, 'Event', again)).errors).toEqual([]);
  expect((await askUnmerge(database, 'Person', b)).errors).toEqual([]);
  expect([await value('Participation', 'personId', moves), await value('Participation', 'eventId', twin)]).toEqual([b, again]);
});
