import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RuleCode } from '../../src/record/rule.ts';
import { type Asked, as } from '../support/ask.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { askTo, done, type Input, mistake, mutate } from './mutate.ts';
import { hashes } from './tables.ts';
import { exact, makeWorld, text, type World, words } from './world.ts';

// Each rule of the record, broken through GraphQL: nothing changes, and the code, the path and the message
// say what was wrong and where.

let database: TestDatabase;
let editor: Asked;
let world: World;

beforeAll(async () => {
  database = await openTestDatabase();
  editor = as(database, 'EDITOR');
  world = await makeWorld(editor, 'world', { publish: true });
  const { ids } = world;
  await more('Later', 'addMembership', { member: person('Person'), organization: ref('Organization'), startDate: '2010', endDate: '2012' });
  await more('Draft', 'createPerson', { name: 'Draft' });
  await more('DraftPlace', 'createPlace', { name: 'Draft' });
  await more('Retracted', 'createPerson', { name: 'Gone', publish: true });
  await done(editor, 'retract', { id: ids.Retracted, reason: 'Nobody.' });
  await more('Part', 'createOrganization', { name: 'Part', parent: ref('Organization') });
  await more('Relaying', 'addAppearance', {
    ...printed(),
    statement: ref('Statement'),
    document: ref('Document2'),
    relayedFrom: ids.Appearance,
  });
  await more('Untold', 'createDocument', { title: 'Without its text' });
  await more('Twice', 'createDocument', { title: 'Twice', text: 'Yes, yes. Yes, he said.' });
  await more('Said', 'createStatement', { ...said(), speaker: person('Person'), capacity: ids.Later, date: '2011' });
});

afterAll(() => database?.close());

async function more(name: string, mutation: string, input: Input): Promise<void> {
  world.ids[name] = (await done(editor, mutation, input)).id;
}

const ref = (name: string) => ({ id: world.ids[name] });
const person = (name: string) => ({ person: ref(name) });
const printed = () => ({ printedText: exact, language: 'en', content: [{ exact }] });
const reviewed = () => ({ statement: ref('Statement'), document: ref('Document2') });
const said = () => ({ text: exact, language: 'en', quoteType: 'DIRECT' });

type Case = [mutation: string, input: () => Input, path: string, message: RegExp];

/** Ways to break each rule, with where the mistake is, and what has to be said of it. */
const broken: Partial<Record<RuleCode, Case[]>> = {
  REQUIRED: [
    ['createPerson', () => ({ name: ' ' }), 'name', /empty/],
    ['updatePerson', () => ({ id: world.ids.Person, name: null }), 'name', /can’t be absent/],
    ['createEvent', () => ({ title: [] }), 'title', /one language at least/],
    ['createEvent', () => ({ title: words(' ') }), 'title.0.text', /empty/],
    ['createPlace', () => ({ name: 'Place', latitude: 1 }), 'longitude', /both coordinates/],
    ['createPlace', () => ({ name: 'Place', precision: 'EXACT' }), 'precision', /coordinates/],
    ['createDocument', () => ({ language: 'en' }), 'title', /title or a URL/],
    ['createStatement', () => ({ ...said(), attributionText: 'she', text: '' }), 'text', /empty/],
    [
      'createStatement',
      () => ({ ...said(), attributionText: 'she', newCapacity: { organization: ref('Organization') } }),
      'speaker',
      /whose/,
    ],
    [
      'createStatement',
      () => ({ ...said(), attributionText: 'she', translations: [{ language: 'fr', text: ' ' }] }),
      'translations.0.text',
      /empty/,
    ],
    ['createStatement', () => ({ ...said(), speaker: { newPerson: { name: ' ' } } }), 'speaker.newPerson.name', /empty/],
    [
      'createPerson',
      () => ({
        name: 'Ana',
        names: [
          { name: 'A', kind: 'ALIAS' },
          { name: '', kind: 'ALIAS' },
        ],
      }),
      'names.1.name',
      /empty/,
    ],
    [
      'addAppearance',
      () => ({ ...printed(), content: [], statement: ref('Statement2'), document: ref('Document') }),
      'content',
      /one span/,
    ],
    [
      'addCitation',
      () => ({ fact: world.ids.Event, document: ref('Document'), evidence: [{ exact }, { exact: '' }] }),
      'evidence.1.exact',
      /empty/,
    ],
    ['addReview', () => ({ ...reviewed(), rating: ' ' }), 'rating', /what was found/],
    ['updateReview', () => ({ id: world.ids.Review, rating: null, ratingValue: null }), 'rating', /what was found/],
    ['retract', () => ({ id: world.ids.Person, reason: ' ' }), 'reason', /why/],
    ['sendBack', () => ({ id: world.ids.Draft, note: ' ' }), 'note', /empty/],
  ],
  INVALID_VALUE: [
    ['createPlace', () => ({ name: 'Place', latitude: 90.1, longitude: 0 }), 'latitude', /-90 and 90/],
    ['createPlace', () => ({ name: 'Place', latitude: 0, longitude: -180.1 }), 'longitude', /-180 and 180/],
    ['createDocument', () => ({ url: 'javascript:alert(1)' }), 'url', /web address/],
    ['createDocument', () => ({ title: 'A', archivedUrl: 'ftp://example.org' }), 'archivedUrl', /web address/],
    ['addName', () => ({ record: world.ids.Person, name: 'Ana', kind: 'ALIAS', script: 'arabic' }), 'script', /ISO 15924/],
    ['addIdentifier', () => ({ record: world.ids.Person, scheme: 'Wikidata', value: 'Q1' }), 'scheme', /lower case/],
    ['createStatement', () => ({ ...said(), attributionText: 'she', originalLanguage: 'ar' }), 'originalLanguage', /isTranslation/],
    ['createEvent', () => ({ title: [...words('One'), ...words('Another')] }), 'title.1.language', /two texts in en/],
    ['createPerson', () => ({ name: 'Ana', idempotencyKey: '' }), 'idempotencyKey', /1 to 200/],
    ['createPerson', () => ({ name: 'Ana', idempotencyKey: 'x'.repeat(201) }), 'idempotencyKey', /1 to 200/],
    [
      'createStatement',
      () => ({ ...said(), speaker: person('Person'), capacity: world.ids.Membership, newCapacity: { organization: ref('Organization') } }),
      'newCapacity',
      /not both/,
    ],
    [
      'addAppearance',
      () => ({ ...printed(), statement: ref('Statement2'), document: ref('Document'), relayedFrom: world.ids.Appearance }),
      'relayedFrom',
      /same statement/,
    ],
    ['addReview', () => ({ ...reviewed(), ratingValue: 3, bestRating: 1, worstRating: 5 }), 'worstRating', /above that of the best/],
  ],
  END_BEFORE_START: [
    ['createPerson', () => ({ name: 'Ana', birthDate: '2001', deathDate: '1999~' }), 'deathDate', /before the start/],
    [
      'updateOrganization',
      () => ({ id: world.ids.Organization, foundingDate: '2001-02', dissolutionDate: '2001-01' }),
      'dissolutionDate',
      /before/,
    ],
    ['createEvent', () => ({ title: words('A'), date: '2001-01-02', endDate: '2001-01-01' }), 'endDate', /before/],
    ['updateMembership', () => ({ id: world.ids.Later, endDate: '2009' }), 'endDate', /before/],
    ['addName', () => ({ record: world.ids.Event, name: 'A', kind: 'ALIAS', startDate: '2001', endDate: '2000' }), 'endDate', /before/],
    [
      'createPlace',
      () => ({ name: 'A', names: [{ name: 'A', kind: 'FORMER', startDate: '2001', endDate: '2000' }] }),
      'names.0.endDate',
      /before/,
    ],
  ],
  UNATTRIBUTED: [
    ['createStatement', () => said(), 'attributionText', /Say who said it/],
    ['updateStatement', () => ({ id: world.ids.Statement2, attributionText: null }), 'attributionText', /Say who said it/],
  ],
  CAPACITY_NOT_HELD: [
    ['createStatement', () => ({ ...said(), attributionText: 'she', capacity: world.ids.Membership }), 'capacity', /somebody else/],
    ['updateStatement', () => ({ id: world.ids.Statement, speaker: { organization: ref('Organization') } }), 'capacity', /somebody else/],
  ],
  CAPACITY_NOT_THEN: [
    [
      'createStatement',
      () => ({ ...said(), speaker: person('Person'), capacity: world.ids.Later, date: '2009' }),
      'capacity',
      /only from 2010 on/,
    ],
    ['updateStatement', () => ({ id: world.ids.Said, date: '2013-01' }), 'capacity', /only until 2012/],
    ['updateMembership', () => ({ id: world.ids.Later, startDate: '2012' }), 'startDate', /before that/],
    ['updateMembership', () => ({ id: world.ids.Later, endDate: '2010-12' }), 'endDate', /after that/],
  ],
  MODE_NOT_OF_TYPE: [
    ['createEvent', () => ({ title: words('A'), type: 'CONSULT', mode: 'DRONE' }), 'mode', /doesn’t go with/],
    ['updateEvent', () => ({ id: world.ids.Event, mode: 'VISIT' }), 'mode', /doesn’t go with/],
  ],
  SPAN_NOT_FOUND: [
    [
      'addCitation',
      () => ({ fact: world.ids.Event, document: ref('Document'), evidence: [{ exact: 'Not there.' }] }),
      'evidence.0',
      /“Not there.”/,
    ],
    [
      'updateCitation',
      () => ({ id: world.ids.Citation, evidence: [{ exact, start: 0 }] }),
      'evidence.0',
      /At 0 the document has “In Baghdad, she anno”/,
    ],
    ['updateCitation', () => ({ id: world.ids.Citation, evidence: [{ exact, start: -1 }] }), 'evidence.0', /At -1/],
    ['updateAppearance', () => ({ id: world.ids.Appearance, cue: [{ exact: 'announced' }, { exact: 'told' }] }), 'cue.1', /“told”/],
    [
      'updateDocument',
      () => ({ id: world.ids.Document, text: text.replace(exact, '…') }),
      'text',
      /“The mission is over.”.*Change what quotes it first/,
    ],
    [
      'createStatement',
      () => ({ ...said(), attributionText: 'she', appearances: [{ in: { newDocument: { title: 'A', text: 'Nothing.' } }, ...printed() }] }),
      'appearances.0.content.0',
      /doesn’t stand in the document/,
    ],
  ],
  SPAN_AMBIGUOUS: [
    ['addCitation', () => ({ fact: world.ids.Event, document: ref('Twice'), evidence: [{ exact: 'Yes' }] }), 'evidence.0', /at 0, at 10/],
    [
      'addAppearance',
      () => ({ ...printed(), content: [{ exact: 'es' }], statement: ref('Statement2'), document: ref('Twice') }),
      'content.0',
      /`start`/,
    ],
  ],
  SPAN_NOT_CHECKABLE: [
    [
      'addCitation',
      () => ({ fact: world.ids.Event, document: ref('Untold'), evidence: [{ exact, start: 1 }] }),
      'evidence.0.start',
      /Leave `start` out/,
    ],
  ],
  CIRCULAR: [
    ['updateOrganization', () => ({ id: world.ids.Organization, parent: ref('Part') }), 'parent', /below itself/],
    ['updatePlace', () => ({ id: world.ids.Place, parent: ref('Place') }), 'parent', /below itself/],
    ['updateEvent', () => ({ id: world.ids.Event, parent: ref('Event2') }), 'parent', /below itself/],
    ['updateDocument', () => ({ id: world.ids.Document, derivedFrom: ref('Document2') }), 'derivedFrom', /taken from itself/],
    ['updateDocument', () => ({ id: world.ids.Document, derivedFrom: ref('Document') }), 'derivedFrom', /taken from itself/],
    ['updateAppearance', () => ({ id: world.ids.Appearance, relayedFrom: world.ids.Relaying }), 'relayedFrom', /relayed from itself/],
    ['addEventLink', () => ({ from: ref('Event'), to: ref('Event'), kind: 'CAUSES' }), 'to', /linked to itself/],
    ['updateStatementLink', () => ({ id: world.ids.StatementLink, to: ref('Statement') }), 'to', /linked to itself/],
    [
      'addMembership',
      () => ({ member: { organization: ref('Organization') }, organization: ref('Organization') }),
      'organization',
      /member of itself/,
    ],
  ],
  TAKEN: [
    ['createPerson', () => ({ name: 'Ana', identifiers: [world.identifiers.Event] }), 'identifiers', /identifier already/],
    [
      'createStatement',
      () => ({ ...said(), speaker: { newPerson: { name: 'A', identifiers: [world.identifiers.Event] } } }),
      'speaker.newPerson.identifiers',
      /already/,
    ],
    ['addIdentifier', () => ({ record: world.ids.Document, ...world.identifiers.Event }), 'value', /identifier already/],
    ['updateIdentifier', () => ({ id: world.ids.Identifier, ...world.identifiers.Event }), 'value', /identifier already/],
    ['createPerson', () => ({ name: 'Ana', identifiers: [world.identifiers.Statement] }), 'identifiers', /identifier already/],
    ['createDocument', () => ({ url: world.url }), 'url', /URL already/],
    ['updateDocument', () => ({ id: world.ids.Document2, url: world.url }), 'url', /URL already/],
    [
      'createStatement',
      () => ({ ...said(), attributionText: 'she', appearances: [{ in: { newDocument: { url: world.url } }, ...printed() }] }),
      'appearances.0.in.newDocument.url',
      /URL already/,
    ],
  ],
  ALREADY_LINKED: [
    [
      'addParticipation',
      () => ({ event: ref('Event'), participant: { organization: ref('Organization') }, role: 'RECIPIENT' }),
      '',
      /already/,
    ],
    ['addEventLink', () => ({ from: ref('Event'), to: ref('Event2'), kind: 'FOLLOWS' }), '', /already/],
    ['addStatementLink', () => ({ from: ref('Statement'), to: ref('Statement2'), kind: 'DISPUTES' }), '', /already/],
    ['addAppearance', () => ({ ...printed(), statement: ref('Statement'), document: ref('Document') }), '', /already/],
    ['addReview', () => ({ ...reviewed(), document: ref('Document'), rating: 'True' }), '', /already/],
    ['createDocument', () => ({ title: 'A', authors: [person('Person'), person('Person')] }), '', /already/],
  ],
  IN_USE: [
    ['removeAppearance', () => ({ id: world.ids.Appearance }), 'id', /depend on it/],
    ['removeMembership', () => ({ id: world.ids.Membership }), 'id', /depend on it/],
    ['updateMembership', () => ({ id: world.ids.Membership, member: person('Draft') }), 'member', /capacity of its present member/],
  ],
  NOT_FOUND: [
    ['updatePerson', () => ({ id: world.ids.Place, name: 'A' }), 'id', /id of a Place, where that of a Person is needed/],
    ['updatePerson', () => ({ id: 'nonsense', name: 'A' }), 'id', /not an id of this server/],
    ['removeName', () => ({ id: world.ids.Identifier }), 'id', /id of a Identifier/],
    [
      'addName',
      () => ({ record: world.ids.Document, name: 'A', kind: 'ALIAS' }),
      'record',
      /fitting kind: Person, Organization, Place, Event/,
    ],
    ['addTranslation', () => ({ record: world.ids.Person, language: 'fr', text: 'A' }), 'record', /fitting kind: Statement/],
    ['addCitation', () => ({ fact: world.ids.Statement, document: ref('Document') }), 'fact', /id of a fact/],
    ['publish', () => ({ id: world.ids.Name }), 'id', /no record/],
    ['createEvent', () => ({ title: words('A'), place: { identifier: { scheme: 'viaf', value: 'none' } } }), 'place', /no such Place/],
    ['createPlace', () => ({ name: 'A', parent: ref('Event') }), 'parent', /id of a Event/],
  ],
  NOT_PUBLISHED: [
    ['updateStatement', () => ({ id: world.ids.Statement2, speaker: person('Draft') }), 'speaker', /speaker \(a Person\)/],
    ['updateStatement', () => ({ id: world.ids.Statement2, about: [person('Draft')] }), 'about', /about \(a Person\)/],
    ['updateEvent', () => ({ id: world.ids.Event, place: ref('DraftPlace') }), 'place', /place \(a Place\)/],
    ['updateDocument', () => ({ id: world.ids.Document, authors: [person('Draft')] }), 'authors', /authors \(a Person\)/],
    [
      'updateParticipation',
      () => ({ id: world.ids.Participation, participant: person('Draft') }),
      'participant',
      /participant \(a Person\)/,
    ],
    [
      'addTranslation',
      () => ({ record: world.ids.Statement, language: 'fr', text: 'A', document: ref('Untold') }),
      'document',
      /a Document/,
    ],
    ['updateTranslation', () => ({ id: world.ids.Translation, document: ref('Untold') }), 'document', /a Document/],
    ['updateMembership', () => ({ id: world.ids.Membership, onBehalfOf: ref('Part') }), 'onBehalfOf', /an? Organization/],
    ['updateReview', () => ({ id: world.ids.Review, reviewer: person('Draft') }), 'reviewer', /reviewer \(a Person\)/],
    ['publish', () => ({ id: world.ids.Said }), 'id', /capacity \(a Membership\).*`withNeeded`/],
  ],
  WRONG_STATUS: [
    ['publish', () => ({ id: world.ids.Person }), 'id', /published already/],
    ['retract', () => ({ id: world.ids.Retracted, reason: 'Again.' }), 'id', /retracted already/],
    ['sendBack', () => ({ id: world.ids.Person, note: 'Why?' }), 'id', /Only a draft or a proposal/],
  ],
  STALE: [
    [
      'updatePerson',
      () => ({ id: world.ids.Person, name: 'A', expectedRevision: 7 }),
      'expectedRevision',
      /expected revision 7, and it is 1 now/,
    ],
  ],
};

/** Tested in other ways. */
const elsewhere: Partial<Record<RuleCode, string>> = {
  KEY_REUSED: 'test/write/idempotency.test.ts',
  BUSY: 'below',
  NOT_MERGEABLE: 'test/merge',
  LAST_ADMIN: 'test/auth',
  INVALID_DATE: 'below',
  INVALID_LANGUAGE: 'below',
};

describe.each(Object.entries(broken))('%s', (code, cases) => {
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await hashes(database);
  });
  afterAll(async () => {
    expect(await hashes(database), `What ${code} refuses changes nothing.`).toEqual(before);
  });

  test.each(cases.map(([mutation, input, path, message]) => ({ mutation, input, path, message })))(
    '$mutation at “$path”: $message',
    async ({ mutation, input, path, message }) => {
      const found = await mistake(editor, mutation, input());
      expect({ code: found.code, path: found.path.join('.') }).toEqual({ code, path });
      expect(found.message).toMatch(message);
    },
  );
});

test('each rule has a case', async () => {
  const source = await readFile(new URL('../../src/record/rule.ts', import.meta.url), 'utf8');
  const [union = ''] = /export type RuleCode =[^;]+;/.exec(source) ?? [];
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(20);
  expect([...Object.keys(broken), ...Object.keys(elsewhere)].sort()).toEqual(codes.sort());
});

test.each([
  ['INVALID_DATE', 'createPerson', { name: 'Ana', birthDate: '9/12/2021' }, /9\/12\/2021/],
  ['INVALID_DATE', 'addName', { record: '', name: 'Ana', kind: 'ALIAS', startDate: '2021-13' }, /2021-13/],
  ['INVALID_LANGUAGE', 'createDocument', { title: 'A', language: 'french' }, /french/],
  ['INVALID_LANGUAGE', 'createEvent', { title: [{ language: 'e', text: 'A' }] }, /title\[0\]\.language/],
])('%s is refused with the request', async (code, mutation, input, message) => {
  const before = await hashes(database);
  const { data, errors } = await askTo(editor, mutation, input);
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
  expect(errors[0]?.message).toMatch(message);
  expect(await hashes(database)).toEqual(before);
});

test('BUSY, when there is no turn to be had', async () => {
  const busy = () => Promise.reject(Object.assign(new Error('Unable to start a transaction in the given time.'), { code: 'P2028' }));
  const prisma = new Proxy(database.prisma, { get: (target, name) => (name === '$transaction' ? busy : Reflect.get(target, name)) });
  expect(await mistake({ ...editor, prisma }, 'createPerson', { name: 'Ana' })).toEqual({
    code: 'BUSY',
    message: expect.stringContaining('Nothing was changed; try again.'),
    path: [],
  });
});

test('a draft may depend on a draft, and what is taken back may stay where it is', async () => {
  const { record, errors } = await mutate(editor, 'updateStatement', { id: world.ids.Said, addressee: person('Draft') });
  expect(errors).toEqual([]);
  expect(record).toMatchObject({ status: 'DRAFT' });
});
