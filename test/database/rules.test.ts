import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { deletion, ids, insertion, insertTargets, type Row, records, type Table, update } from './rows.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await insertTargets(database);
});

afterAll(() => database?.close());

/** What is changed of a valid row, and the rows that must be accepted and refused then. */
interface Case {
  table: Table;
  accepted: Row[];
  refused: Row[];
}

const nobody = { speakerPersonId: null, speakerOrganizationId: null };
const coordinates = { latitude: 38.7, longitude: -9.1 };
const text = 'Fini ! 😀';
const sha256 = createHash('sha256').update(text).digest('hex');

/** A record of each kind that can be merged, for others to be merged into. */
const others: Row = {
  Person: ids.otherPerson,
  Organization: ids.otherOrganization,
  Place: ids.place,
  Event: ids.otherEvent,
  Document: ids.otherDocument,
};

/** Each CHECK of the migrations, by its name. */
const cases: Record<string, Case> = {
  ...Object.fromEntries(records.map((table) => [`${table}_retracted_with_reason`, retraction(table)])),

  ...Object.fromEntries(records.map((table) => (table in others ? merging(table) : [`${table}_not_merged`, unmergeable(table)]))),

  Person_named: { table: 'Person', accepted: [{}], refused: [{ name: ' ' }, { sortName: '' }] },
  Person_summary_localized: localized('Person', 'summary'),
  Person_birth_dated: dated('Person', 'birthDate', 'birthEarliest', 'birthLatest'),
  Person_death_dated: dated('Person', 'deathDate', 'deathEarliest', 'deathLatest'),
  Person_born_before_death: inOrder('Person', 'birthDate', 'birthEarliest', 'deathDate', 'deathLatest'),

  Organization_named: { table: 'Organization', accepted: [{}], refused: [{ name: ' ' }] },
  Organization_summary_localized: localized('Organization', 'summary'),
  Organization_founding_dated: dated('Organization', 'foundingDate', 'foundingEarliest', 'foundingLatest'),
  Organization_dissolution_dated: dated('Organization', 'dissolutionDate', 'dissolutionEarliest', 'dissolutionLatest'),
  Organization_founded_before_dissolved: inOrder(
    'Organization',
    'foundingDate',
    'foundingEarliest',
    'dissolutionDate',
    'dissolutionLatest',
  ),

  Membership_one_member: {
    table: 'Membership',
    accepted: [{}, { personId: null, memberOrganizationId: ids.otherOrganization }],
    refused: [{ personId: null }, { memberOrganizationId: ids.otherOrganization }],
  },
  Membership_not_of_itself: {
    table: 'Membership',
    accepted: [{ personId: null, memberOrganizationId: ids.otherOrganization }],
    refused: [{ personId: null, memberOrganizationId: ids.organization }],
  },
  Membership_start_dated: dated('Membership', 'startDate', 'startEarliest', 'startLatest'),
  Membership_end_dated: dated('Membership', 'endDate', 'endEarliest', 'endLatest'),
  Membership_starts_before_end: inOrder('Membership', 'startDate', 'startEarliest', 'endDate', 'endLatest'),

  Place_named: { table: 'Place', accepted: [{}], refused: [{ name: ' ' }] },
  Place_on_earth: {
    table: 'Place',
    accepted: [
      { latitude: 90, longitude: -180 },
      { latitude: -90, longitude: 180 },
    ],
    refused: [
      { latitude: 90.1, longitude: 0 },
      { latitude: 0, longitude: -180.1 },
    ],
  },
  Place_both_coordinates: { table: 'Place', accepted: [{}, coordinates], refused: [{ latitude: 38.7 }, { longitude: -9.1 }] },
  Place_precision_of_coordinates: {
    table: 'Place',
    accepted: [{ ...coordinates, precision: 'NEAR' }],
    refused: [{ precision: 'NEAR' }],
  },

  Event_title_localized: localized('Event', 'title'),
  Event_description_localized: localized('Event', 'description'),
  Event_dated: dated('Event', 'date', 'earliest', 'latest'),
  Event_end_dated: dated('Event', 'endDate', 'endEarliest', 'endLatest'),
  Event_starts_before_end: inOrder('Event', 'date', 'earliest', 'endDate', 'endLatest'),
  Event_mode_of_type: {
    table: 'Event',
    accepted: [{ type: 'CONSULT' }, { type: 'CONSULT', mode: 'VISIT' }],
    refused: [{ mode: 'VISIT' }, { type: 'RETREAT', mode: 'VISIT' }, { type: 'AGREE', mode: 'VISIT' }],
  },

  Participation_one_participant: {
    table: 'Participation',
    accepted: [{}, { personId: null, organizationId: ids.organization }],
    refused: [{ personId: null }, { organizationId: ids.organization }],
  },
  EventLink_not_to_itself: { table: 'EventLink', accepted: [{}], refused: [{ toId: ids.event }] },
  StatementLink_not_to_itself: { table: 'StatementLink', accepted: [{}], refused: [{ toId: ids.statement }] },

  Document_language: language('Document', 'language'),
  Document_published_dated: dated('Document', 'publishedAt', 'publishedEarliest', 'publishedLatest'),
  Document_identified: {
    table: 'Document',
    accepted: [{}, { title: null, url: 'https://example.org/talks' }],
    refused: [{ title: null }],
  },
  Document_sha256_of_text: {
    table: 'Document',
    accepted: [{}, { text, sha256 }],
    refused: [{ text }, { sha256 }, { text: `${text} `, sha256 }],
  },
  Document_not_from_itself: {
    table: 'Document',
    accepted: [{ derivedFromId: ids.document }],
    refused: [{ id: ids.place, derivedFromId: ids.place }],
  },
  DocumentAuthor_one_author: {
    table: 'DocumentAuthor',
    accepted: [{}, { personId: null, organizationId: ids.organization }],
    refused: [{ personId: null }, { organizationId: ids.organization }],
  },
  DocumentAuthor_position: { table: 'DocumentAuthor', accepted: [{}, { position: 7 }], refused: [{ position: -1 }] },

  Statement_worded: { table: 'Statement', accepted: [{}], refused: [{ text: ' ' }] },
  Statement_languages: {
    table: 'Statement',
    accepted: [{ language: 'ar-Latn' }, { isTranslation: true, originalLanguage: 'fr' }],
    refused: [{ language: 'français' }, { isTranslation: true, originalLanguage: '' }],
  },
  Statement_original_of_translation: {
    table: 'Statement',
    accepted: [{ isTranslation: true }, { isTranslation: true, originalLanguage: 'fr' }],
    refused: [{ originalLanguage: 'fr' }],
  },
  Statement_one_speaker_at_most: {
    table: 'Statement',
    accepted: [{}, { ...nobody, speakerOrganizationId: ids.organization }, { ...nobody, attributionText: 'an official' }],
    refused: [{ speakerOrganizationId: ids.organization }],
  },
  Statement_attributed: {
    table: 'Statement',
    accepted: [{ ...nobody, attributionText: 'an official' }],
    refused: [nobody, { ...nobody, attributionText: ' ' }],
  },
  Statement_one_addressee_at_most: {
    table: 'Statement',
    accepted: [{ addresseePersonId: ids.otherPerson }, { addresseeOrganizationId: ids.organization }],
    refused: [{ addresseePersonId: ids.otherPerson, addresseeOrganizationId: ids.organization }],
  },
  Statement_dated: dated('Statement', 'date', 'earliest', 'latest'),
  Translation_worded: { table: 'Translation', accepted: [{}], refused: [{ text: ' ' }] },
  Translation_language: language('Translation', 'language'),
  StatementTopic_one_subject: {
    table: 'StatementTopic',
    accepted: [{}, ...['personId', 'organizationId', 'placeId'].map((column) => ({ eventId: null, [column]: targetOf(column) }))],
    refused: [{ eventId: null }, { personId: ids.person }, { organizationId: ids.organization }, { placeId: ids.place }],
  },

  Appearance_worded: { table: 'Appearance', accepted: [{}], refused: [{ printedText: ' ' }] },
  Appearance_language: language('Appearance', 'language'),
  Review_one_reviewer_at_most: {
    table: 'Review',
    accepted: [{}, { reviewerPersonId: ids.person }, { reviewerOrganizationId: ids.organization }],
    refused: [{ reviewerPersonId: ids.person, reviewerOrganizationId: ids.organization }],
  },
  Review_rated: {
    table: 'Review',
    accepted: [{}, { rating: null, ratingValue: 0 }, { rating: ' ', ratingValue: 1 }],
    refused: [{ rating: null }, { rating: ' ' }, { rating: null, bestRating: 5 }],
  },
  Review_ratings_finite: {
    table: 'Review',
    accepted: [{ ratingValue: -2.5, worstRating: -5 }, { bestRating: 1e300 }],
    refused: [{ ratingValue: 'NaN' }, { ratingValue: 1, bestRating: 'Infinity' }, { ratingValue: 1, worstRating: '-Infinity' }],
  },
  Review_worst_before_best: {
    table: 'Review',
    accepted: [{ worstRating: 1, bestRating: 5 }, { worstRating: 1, bestRating: 1 }, { worstRating: 5 }, { bestRating: 1 }],
    refused: [{ worstRating: 5, bestRating: 1 }],
  },
  Review_dated: dated('Review', 'date', 'earliest', 'latest'),
  Citation_one_fact: {
    table: 'Citation',
    accepted: [{}, { eventId: null, membershipId: ids.membership }],
    refused: [{ eventId: null }, { membershipId: ids.membership }],
  },
  Span_one_owner: {
    table: 'Span',
    accepted: [{}, { appearanceId: null, citationId: ids.citation, kind: 'EVIDENCE' }],
    refused: [{ appearanceId: null }, { citationId: ids.citation, kind: 'EVIDENCE' }],
  },
  Span_kind_of_owner: {
    table: 'Span',
    accepted: [{ kind: 'CUE' }, { kind: 'SOURCE' }],
    refused: [{ kind: 'EVIDENCE' }, { appearanceId: null, citationId: ids.citation }],
  },
  Span_position: { table: 'Span', accepted: [{ position: 7 }], refused: [{ position: -1 }] },
  Span_exact: { table: 'Span', accepted: [{ exact: ' ' }], refused: [{ exact: '' }, { exact: '', start: 3, end: 3 }] },
  Span_place: {
    table: 'Span',
    // UTF-16 code units: an emoji has two, and so has é when it is written as two characters.
    accepted: [
      { start: 0, end: 9, exact: text },
      { start: 5, end: 7, exact: 'e\u0301' },
    ],
    refused: [
      { start: 0, end: 8, exact: text },
      { start: 0, end: 12, exact: text },
      { start: 5, exact: 'e' },
      { end: 6, exact: 'e' },
      { start: -1, end: 0, exact: 'e' },
    ],
  },

  Name_one_owner: {
    table: 'Name',
    accepted: [{}, ...['organizationId', 'placeId', 'eventId'].map((column) => ({ personId: null, [column]: targetOf(column) }))],
    refused: [{ personId: null }, { organizationId: ids.organization }, { placeId: ids.place }, { eventId: ids.event }],
  },
  Name_named: { table: 'Name', accepted: [{}], refused: [{ name: ' ' }] },
  Name_language: language('Name', 'language'),
  Name_script: { table: 'Name', accepted: [{ script: 'Arab' }], refused: [{ script: 'arab' }, { script: 'Arabic' }, { script: '' }] },
  Name_dated: {
    table: 'Name',
    accepted: [{ startDate: '1990', endDate: '1999?' }],
    refused: [{ startDate: '' }, { startDate: '1990', endDate: '' }],
  },
  Identifier_one_owner: {
    table: 'Identifier',
    accepted: [
      {},
      ...['organizationId', 'placeId', 'eventId', 'documentId', 'statementId'].map((column) => ({
        personId: null,
        [column]: targetOf(column),
      })),
    ],
    refused: [{ personId: null }, { organizationId: ids.organization }, { documentId: ids.document }, { statementId: ids.statement }],
  },
  Identifier_scheme: { table: 'Identifier', accepted: [{ scheme: 'x-1.b_c' }], refused: [{ scheme: 'Wikidata' }, { scheme: '' }] },
  Identifier_value: { table: 'Identifier', accepted: [{}], refused: [{ value: ' ' }] },
  ReviewNote_about_one: { table: 'ReviewNote', accepted: [{}], refused: [{ recordId: null }] },
  ReviewNote_worded: { table: 'ReviewNote', accepted: [{}], refused: [{ note: ' ' }] },

  Token_name: {
    table: 'Token',
    accepted: [{}, { name: '0' }, { name: 'a.b_c-1' }, { name: 'd'.repeat(63) }],
    refused: [{ name: '' }, { name: 'Desk' }, { name: '-desk' }, { name: 'token:desk' }, { name: 'desk\n' }, { name: 'd'.repeat(64) }],
  },
  Token_hash: {
    table: 'Token',
    accepted: [{}],
    refused: [{ hash: '' }, { hash: 'vbt_secret' }, { hash: 'A'.repeat(64) }, { hash: '0'.repeat(63) }],
  },
  Token_made_before_expired: {
    table: 'Token',
    accepted: [{ expiresAt: '2999-01-01T00:00:00Z' }],
    refused: [{ expiresAt: '2020-01-01T00:00:00Z' }],
  },
  SearchEntry_one_record: {
    table: 'SearchEntry',
    accepted: [{}, { personId: null, eventId: ids.event }],
    refused: [{ personId: null }, { eventId: ids.event }],
  },
};

describe.each(Object.entries(cases))('%s', (constraint, { table, accepted, refused }) => {
  test.each(accepted)('accepts %o', async (row) => {
    const id = randomUUID();
    await expect(database.raw(insertion(table, { id, ...row }))).resolves.toBeDefined();
    // Some of these can be there only once.
    await database.raw(deletion(table, id));
  });

  test.each(refused)('refuses %o', async (row) => {
    await expectRefusal(insertion(table, row), constraint);
  });
});

test('every check of the database is tried', async () => {
  const checks = await database.raw(
    `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace IN ('public'::regnamespace, 'history'::regnamespace)`,
  );
  // A new row can't name itself as what it relays without breaking another rule first: see "relays".
  // The table of pairs that are not the same has no id: see test/merge.
  const tried = [...Object.keys(cases), 'Appearance_not_from_itself', 'NotSame_in_order'];
  expect(checks.map(({ name }) => name).sort()).toEqual(tried.sort());
});

test('every trigger of the database is tried', async () => {
  const triggers = await database.raw('SELECT DISTINCT tgname AS name FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname');
  expect(triggers.map(({ name }) => name)).toEqual([
    'a_write_revision', // history.test.ts
    'b_keep_last_version', // test/history/past.test.ts
    'b_keep_version',
    'check_capacity',
    'check_relay',
    'check_relayed',
    'keep_ancestors',
    'keep_compared_name', // test/merge
    'keep_compared_names',
    'keep_compared_names_of_changed',
    'keep_creator', // history.test.ts
    'keep_search_entries', // test/search
    'keep_title_text',
    'keep_topic_earliest',
    'pass_ancestors_on',
    'pass_earliest_on',
    'refuse_change', // history.test.ts
    'refuse_circle',
    'refuse_new_member',
    'tell_of_token', // test/subscriptions
    'write_commit',
    'z_count_revision', // history.test.ts
  ]);
});

test('a mode goes with the types that its description names', async () => {
  const descriptions = await modeDescriptions();
  const described = Object.entries(descriptions).flatMap(([mode, description]) =>
    [...description.matchAll(/(?:^|\. )([A-Z]+(?:, [A-Z]+)*):/g)].flatMap(([, types = '']) =>
      types.split(', ').map((type) => `${type} ${mode}`),
    ),
  );
  // Tries all of them in one statement: each on its own would be a thousand.
  await database.raw(`
    CREATE FUNCTION accepted_modes() RETURNS SETOF text LANGUAGE plpgsql AS $$
    DECLARE
      pair record;
    BEGIN
      FOR pair IN SELECT * FROM unnest(enum_range(NULL::"EventType")) AS t (type), unnest(enum_range(NULL::"EventMode")) AS m (mode) LOOP
        BEGIN
          INSERT INTO "Event" (id, title, type, mode) VALUES (gen_random_uuid(), '{"en": "An event"}', pair.type, pair.mode);
          RETURN NEXT pair.type || ' ' || pair.mode;
        EXCEPTION WHEN check_violation THEN
          NULL;
        END;
      END LOOP;
    END $$`);
  const accepted = await database.raw('SELECT accepted_modes() AS pair');
  expect(accepted.map(({ pair }) => pair).sort()).toEqual(described.sort());
});

describe.each(['Organization', 'Place', 'Event'] as const)('the hierarchy of %s', (table) => {
  const constraint = `${table}_not_its_own_ancestor`;

  test('gives each row its ancestors, the nearest first', async () => {
    const [top, middle, bottom] = await chain(table);
    expect(await ancestors(table, top)).toEqual([]);
    expect(await ancestors(table, middle)).toEqual([top]);
    expect(await ancestors(table, bottom)).toEqual([middle, top]);
  });

  test('refuses a row as its own ancestor, through three levels too', async () => {
    const [top, middle, bottom] = await chain(table);
    await expectRefusal(update(table, top, { parentId: top }), constraint);
    await expectRefusal(update(table, top, { parentId: middle }), constraint);
    await expectRefusal(update(table, top, { parentId: bottom }), constraint);
    await expectRefusal(insertion(table, { id: ids.statement, parentId: ids.statement }), constraint);
    expect(await ancestors(table, top)).toEqual([]);
  });

  test('moves a row with all below it', async () => {
    const [top, middle, bottom] = await chain(table);
    const [other, under] = await chain(table);
    await database.raw(update(table, middle, { parentId: under }));
    expect(await ancestors(table, middle)).toEqual([under, other]);
    expect(await ancestors(table, bottom)).toEqual([middle, under, other]);
    await database.raw(update(table, middle, { parentId: null }));
    expect(await ancestors(table, middle)).toEqual([]);
    expect(await ancestors(table, bottom)).toEqual([middle]);
    await database.raw(update(table, bottom, { parentId: top }));
    expect(await ancestors(table, bottom)).toEqual([top]);
  });

  test('keeps what was written into it by hand out', async () => {
    const [top, middle] = await chain(table);
    await database.raw(`UPDATE "${table}" SET "ancestorIds" = '{}' WHERE id = '${middle}'`);
    expect(await ancestors(table, middle)).toEqual([top]);
  });
});

describe('circles', () => {
  test('a document is not taken from itself, through two others either', async () => {
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    await database.raw(insertion('Document', { id: first }));
    await database.raw(insertion('Document', { id: second, derivedFromId: first }));
    await database.raw(insertion('Document', { id: third, derivedFromId: second }));
    for (const source of [first, second, third]) {
      await expectRefusal(update('Document', first, { derivedFromId: source }), 'Document_not_from_itself');
    }
    await database.raw(update('Document', third, { derivedFromId: first }));
    expect(await column('Document', third, 'derivedFromId')).toBe(first);
  });

  test('an appearance is not relayed from itself, through two others either', async () => {
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    await insertAppearance({ id: first });
    await insertAppearance({ id: second, relayedFromId: first });
    await insertAppearance({ id: third, relayedFromId: second });
    for (const source of [first, second, third]) {
      await expectRefusal(update('Appearance', first, { relayedFromId: source }), 'Appearance_not_from_itself');
    }
    await database.raw(update('Appearance', third, { relayedFromId: first }));
    expect(await column('Appearance', third, 'relayedFromId')).toBe(first);
  });
});

describe('relays', () => {
  const constraint = 'Appearance_relays_same_statement';

  test('an appearance relays one of the same statement', async () => {
    const id = randomUUID();
    await insertAppearance({ id, relayedFromId: ids.appearance });
    expect(await column('Appearance', id, 'relayedFromId')).toBe(ids.appearance);
    await expectRefusal(update('Appearance', id, { statementId: ids.otherStatement }), constraint);
  });

  test('and stays one, as long as it is relayed', async () => {
    const [source, relay] = [randomUUID(), randomUUID()];
    await insertAppearance({ id: source });
    await insertAppearance({ id: relay, relayedFromId: source });
    await expectRefusal(update('Appearance', source, { statementId: ids.otherStatement }), constraint);
  });

  test('and none of another', async () => {
    const id = randomUUID();
    await expectRefusal(insertion('Appearance', { statementId: ids.otherStatement, relayedFromId: ids.appearance }), constraint);
    await insertAppearance({ id, statementId: ids.otherStatement });
    await expectRefusal(update('Appearance', id, { relayedFromId: ids.appearance }), constraint);
  });
});

describe('capacities', () => {
  const constraint = 'Statement_capacity_of_speaker';

  test('a statement is made in a capacity of its speaker', async () => {
    const id = randomUUID();
    await database.raw(insertion('Statement', { id, capacityId: ids.membership }));
    expect(await column('Statement', id, 'capacityId')).toBe(ids.membership);
    await expectRefusal(update('Statement', id, { speakerPersonId: ids.otherPerson }), constraint);
    await expectRefusal(update('Statement', id, { ...nobody, attributionText: 'an official' }), constraint);
  });

  test('and in none of another', async () => {
    const speaker = { speakerPersonId: ids.otherPerson, capacityId: ids.membership };
    await expectRefusal(insertion('Statement', speaker), constraint);
    await expectRefusal(update('Statement', ids.otherStatement, speaker), constraint);
    await expectRefusal(
      insertion('Statement', { ...nobody, speakerOrganizationId: ids.organization, capacityId: ids.membership }),
      constraint,
    );
  });

  test('an organization speaks in its own membership', async () => {
    const [membership, statement] = [randomUUID(), randomUUID()];
    await database.raw(insertion('Membership', { id: membership, personId: null, memberOrganizationId: ids.otherOrganization }));
    await database.raw(
      insertion('Statement', { id: statement, ...nobody, speakerOrganizationId: ids.otherOrganization, capacityId: membership }),
    );
    expect(await column('Statement', statement, 'capacityId')).toBe(membership);
  });

  test('a membership keeps its member while statements name it', async () => {
    const [membership, statement] = [randomUUID(), randomUUID()];
    const other = { personId: ids.otherPerson };
    await database.raw(insertion('Membership', { id: membership }));
    await database.raw(insertion('Statement', { id: statement, capacityId: membership }));
    await expectRefusal(update('Membership', membership, other), constraint);
    // In one transaction both can go.
    await database.raw(
      `DO $$ BEGIN ${update('Membership', membership, other)}; ${update('Statement', statement, { speakerPersonId: ids.otherPerson })}; END $$`,
    );
    expect(await column('Membership', membership, 'personId')).toBe(ids.otherPerson);
    await database.raw(deletion('Statement', statement));
    await database.raw(update('Membership', membership, { personId: ids.person }));
    expect(await column('Membership', membership, 'personId')).toBe(ids.person);
  });
});

test('the titles of an event stand in one text for filters', async () => {
  const id = randomUUID();
  await database.raw(insertion('Event', { id, title: { fr: 'Les pourparlers', en: 'The talks' }, titleText: 'anything' }));
  expect(await column('Event', id, 'titleText')).toBe('The talks\nLes pourparlers');
  await database.raw(update('Event', id, { title: { fr: 'La fin' } }));
  expect(await column('Event', id, 'titleText')).toBe('La fin');
});

test('a topic keeps when its statement was said', async () => {
  const [statement, topic] = [randomUUID(), randomUUID()];
  const earliest = new Date('2021-12-01T00:00:00Z');
  await database.raw(insertion('Statement', { id: statement, date: '2021-12', earliest: earliest.toISOString() }));
  await database.raw(insertion('StatementTopic', { id: topic, statementId: statement }));
  expect(await column('StatementTopic', topic, 'statementEarliest')).toEqual(earliest);
  await database.raw(update('StatementTopic', topic, { statementEarliest: '1999-01-01T00:00:00Z' }));
  expect(await column('StatementTopic', topic, 'statementEarliest')).toEqual(earliest);
  await database.raw(update('StatementTopic', topic, { statementId: ids.statement }));
  expect(await column('StatementTopic', topic, 'statementEarliest')).toBeNull();
  await database.raw(update('StatementTopic', topic, { statementId: statement }));
  await database.raw(update('Statement', statement, { date: null, earliest: null }));
  expect(await column('StatementTopic', topic, 'statementEarliest')).toBeNull();
});

test('lengths are counted in UTF-16 code units', async () => {
  const texts = ['', 'a', 'é', 'e\u0301', '…', '😀', 'a😀b👍🏽', '𝒳', '\uFFFD'];
  const rows = await database.raw(
    `SELECT text, utf16_length(text) AS length FROM unnest(ARRAY[${texts.map((value) => `'${value}'`).join()}]) AS text`,
  );
  expect(rows).toEqual(texts.map((value) => ({ text: value, length: value.length })));
});

async function expectRefusal(statement: string, constraint: string): Promise<void> {
  await expect(database.raw(statement)).rejects.toMatchObject({ constraint, code: '23514' });
}

/** An appearance in a document of its own, since a document prints a statement once. */
async function insertAppearance(row: Row): Promise<void> {
  const documentId = randomUUID();
  await database.raw(insertion('Document', { id: documentId }));
  await database.raw(insertion('Appearance', { documentId, ...row }));
}

async function column(table: Table, id: string, name: string): Promise<unknown> {
  const [row] = await database.raw(`SELECT "${name}" AS value FROM "${table}" WHERE id = '${id}'`);
  return row?.value;
}

function ancestors(table: Table, id: string): Promise<unknown> {
  return column(table, id, 'ancestorIds');
}

/** Three rows, each the parent of the next. */
async function chain(table: Table): Promise<[string, string, string]> {
  const [top, middle, bottom] = [randomUUID(), randomUUID(), randomUUID()];
  await database.raw(insertion(table, { id: top }));
  await database.raw(insertion(table, { id: middle, parentId: top }));
  await database.raw(insertion(table, { id: bottom, parentId: middle }));
  return [top, middle, bottom];
}

async function modeDescriptions(): Promise<Record<string, string>> {
  const { schema } = await import('../../src/schema.ts');
  const type = schema.getType('EventMode') as import('graphql').GraphQLEnumType;
  return Object.fromEntries(type.getValues().map(({ name, description }) => [name, description ?? '']));
}

function targetOf(column: string): string {
  return (
    {
      personId: ids.person,
      organizationId: ids.organization,
      placeId: ids.place,
      eventId: ids.event,
      documentId: ids.document,
      statementId: ids.statement,
    }[column] ?? ''
  );
}

function merging(table: Table): [string, Case] {
  const mergedIntoId = others[table];
  return [
    `${table}_merged_into_another`,
    { table, accepted: [{ status: 'MERGED', mergedIntoId }], refused: [{ status: 'MERGED' }, { status: 'PUBLISHED', mergedIntoId }] },
  ];
}

function unmergeable(table: Table): Case {
  return { table, accepted: [{ status: 'PUBLISHED' }], refused: [{ status: 'MERGED' }] };
}

function retraction(table: Table): Case {
  return {
    table,
    accepted: [{ status: 'PUBLISHED' }, { status: 'RETRACTED', retractionReason: 'It was someone else.' }],
    refused: [{ status: 'RETRACTED' }, { status: 'RETRACTED', retractionReason: ' ' }, { status: 'PUBLISHED', retractionReason: 'None.' }],
  };
}

function localized(table: Table, name: string): Case {
  return {
    table,
    accepted: [{ [name]: { fr: 'Une phrase.', 'ar-Latn': 'Jumla.' } }],
    refused: [{}, [], 'A sentence.', { français: 'Une phrase.' }, { fr: ' ' }, { fr: 1 }, { fr: { fr: 'Une phrase.' } }].map((value) => ({
      [name]: typeof value === 'string' ? JSON.stringify(value) : value,
    })),
  };
}

function language(table: Table, name: string): Case {
  return {
    table,
    accepted: [{ [name]: 'fr' }, { [name]: 'ar-Latn-IQ' }],
    refused: [{ [name]: 'f' }, { [name]: 'français' }, { [name]: 'fr_FR' }],
  };
}

function dated(table: Table, date: string, earliest: string, latest: string): Case {
  const [start, end] = ['2021-12-01T00:00:00Z', '2021-12-31T23:59:59.999Z'];
  return {
    table,
    accepted: [
      { [date]: '2021-12', [earliest]: start, [latest]: end },
      { [date]: '2021-12/..', [earliest]: start },
      { [date]: '../2021-12', [latest]: end },
    ],
    refused: [
      { [earliest]: start },
      { [latest]: end },
      { [date]: '', [earliest]: start, [latest]: end },
      { [date]: '2021-12', [earliest]: end, [latest]: start },
    ],
  };
}

/** A date must not begin after the whole of another one is over. */
function inOrder(table: Table, date: string, earliest: string, endDate: string, endLatest: string): Case {
  const from = (instant: string) => ({ [date]: '2021', [earliest]: instant });
  const until = { [endDate]: '2021-06', [endLatest]: '2021-06-30T23:59:59.999Z' };
  return {
    table,
    accepted: [{ ...from('2021-06-30T00:00:00Z'), ...until }, until],
    refused: [{ ...from('2021-07-01T00:00:00Z'), ...until }],
  };
}
