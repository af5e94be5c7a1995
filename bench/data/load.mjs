import { chance, languages, sentencesOf, sentencesPerLanguage } from './words.mjs';

// Fills an empty record, migrated by Verbatim itself, with the data of the benchmark. All of it is made by the
// database from hashes of row numbers, so PostgreSQL and the embedded one get the same rows for the same seed.
// Triggers are off meanwhile, and what they would have made is made from whole tables by the same functions:
// the history, the entries of the search, the names for comparison.

/** How many rows of each kind belong to so many statements. */
export function sizesOf(statements) {
  const part = (share, least) => Math.max(least, Math.round(statements * share));
  return {
    statements,
    people: part(0.01, 60),
    organizations: part(0.0025, 40),
    places: 150,
    events: part(0.025, 100),
    documents: part(0.125, 100),
  };
}

/** Tables whose indexes are made when their rows are there. */
const large = ['Statement', 'StatementTopic', 'Appearance', 'Translation', 'Document', 'SearchEntry', 'ComparedName', 'revision'];

/** For each part of a record, the columns that lead to the record, each with its table. */
const owners = {
  Name: { personId: 'Person', organizationId: 'Organization', placeId: 'Place', eventId: 'Event' },
  Identifier: { personId: 'Person', organizationId: 'Organization', eventId: 'Event' },
  Translation: { statementId: 'Statement' },
  StatementTopic: { statementId: 'Statement' },
};

const records = [
  'Place',
  'Organization',
  'Person',
  'Membership',
  'Document',
  'Event',
  'Participation',
  'EventLink',
  'Citation',
  'Statement',
  'Appearance',
];
const searched = ['Person', 'Organization', 'Event', 'Statement', 'Document'];

/**
 * Fills the record.
 * @param {{ run(sql: string): Promise<unknown>, rows(sql: string): Promise<Record<string, string>[]> }} database
 *   on which scripts of several statements run, with all rights.
 * @param {{ statements: number, seed: number, say?: (line: string) => void }} options
 */
export async function load(database, { statements, seed, say = () => {} }) {
  const sizes = sizesOf(statements);
  const started = performance.now();
  const step = async (name, ...scripts) => {
    const before = performance.now();
    for (const script of scripts) await database.run(script);
    say(`  ${name}: ${((performance.now() - before) / 1000).toFixed(1)} s`);
  };
  await database.run("SET session_replication_role = replica; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'; SET jit = off");
  const indexes =
    await database.rows(`SELECT i.schemaname AS schema, i.tablename AS table, i.indexname AS name, i.indexdef AS definition FROM pg_indexes AS i
    WHERE i.schemaname IN ('public', 'history') AND i.tablename IN (${large.map((name) => `'${name}'`).join(', ')})
      AND (i.schemaname = 'history') = (i.tablename = 'revision')
      AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = format('%I.%I', i.schemaname, i.indexname)::regclass)`);
  const without = indexes.map(({ schema, name }) => `DROP INDEX "${schema}"."${name}";`).join('\n');
  const indexesOf = (choose) => indexes.filter(({ table }) => choose(table)).map(({ definition }) => `${definition};`);
  const derived = ['SearchEntry', 'ComparedName', 'revision'];

  await step('helpers', without, helpers(seed), ...languages.map((language) => sentences(language, seed)));
  await step('people, organizations, places, events', around(sizes));
  await step('documents', documents(sizes));
  await step('statements', said(sizes));
  await step('topics, appearances, translations', hangingOn(sizes));
  await step('their indexes', ...indexesOf((table) => !derived.includes(table)), 'ANALYZE');
  await step('the history', ...records.map(madeRecord), ...Object.entries(owners).map(madePart), committed);
  await step('the search', ...searched.map(searchEntries));
  await step('names for comparison', comparedNames);
  await step('their indexes', ...indexesOf((table) => derived.includes(table)));
  await step('cleaning', 'DROP SCHEMA bench CASCADE', 'SET session_replication_role = DEFAULT', 'VACUUM ANALYZE');
  say(`  in all ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return sizes;
}

function helpers(seed) {
  return `
CREATE SCHEMA bench;
-- A number from 0 up to 1 that belongs to a key.
CREATE FUNCTION bench.rnd(key text) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashtextextended(key, ${Number(seed)}) & 9007199254740991)::float8 / 9007199254740992;
-- A number from 1 to n: k comes about 1/k as often as 1.
CREATE FUNCTION bench.zipf(key text, n integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN least(n, floor(power(n + 1, bench.rnd(key)))::integer);
CREATE FUNCTION bench.any(key text, n integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 1 + floor(n * bench.rnd(key))::integer;
CREATE FUNCTION bench.normal(key text) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sqrt(-2 * ln(1 - bench.rnd(key || '.a'))) * cos(2 * pi() * bench.rnd(key || '.b'));
-- The id of the n-th row of a kind, of version 7 as all ids are.
CREATE FUNCTION bench.id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || overlay(left(md5(kind || n || '.${Number(seed)}'), 19) PLACING '8' FROM 4))::uuid;
CREATE FUNCTION bench.made(n bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN timestamptz '2023-11-14 22:13:20Z' + n * interval '1 second';
-- Days before the end of what the record knows, more of them late than early.
CREATE FUNCTION bench.day(key text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date '2026-10-31' - floor(7300 * power(bench.rnd(key), 2))::integer;
-- A day as EDTF, as precise as the sources: a day, a month, a year.
CREATE FUNCTION bench.edtf(day date, precise float8) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN precise < 0.75 THEN to_char(day, 'YYYY-MM-DD') WHEN precise < 0.95 THEN to_char(day, 'YYYY-MM') ELSE to_char(day, 'YYYY') END;
CREATE FUNCTION bench.first(edtf text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (edtf || CASE length(edtf) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END)::timestamp AT TIME ZONE 'UTC';
CREATE FUNCTION bench.last(edtf text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (bench.first(edtf) AT TIME ZONE 'UTC' + CASE length(edtf) WHEN 4 THEN interval '1 year' WHEN 7 THEN interval '1 month' ELSE interval '1 day' END) AT TIME ZONE 'UTC' - interval '1 millisecond';
CREATE TABLE bench.sentence (language text, number integer, text text, PRIMARY KEY (language, number));
CREATE FUNCTION bench.language(key text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (ARRAY['${languages.join("', '")}'])[bench.zipf(key, ${languages.length})];
`;
}

// What follows is written out where it is needed: PostgreSQL calls a function with a subquery in it, at a cost.

/** A sentence that belongs to a key. */
const sentence = (lang, key) =>
  `(SELECT x.text FROM bench.sentence AS x WHERE x.language = ${lang} AND x.number = bench.any(${key}, ${sentencesPerLanguage}))`;

/** As many sentences as a median of two and a log-normal distribution make. */
const text = (lang, key) =>
  `(SELECT string_agg(${sentence(lang, `${key} || g`)}, ' ' ORDER BY g)
  FROM generate_series(1, greatest(1, least(14, round(exp(0.7 + 0.7 * bench.normal(${key})))::integer))) AS g)`;

/** The first seven words of a sentence. */
const title = (lang, key) => `rtrim(array_to_string((regexp_split_to_array(${sentence(lang, key)}, ' '))[1:7], ' '), '.')`;

const givenName = (key) => `initcap(split_part(${sentence("'es'", `${key} || '.given'`)}, ' ', 2))`;
const familyName = (key) =>
  `initcap(split_part(${sentence("'en'", `${key} || '.one'`)}, ' ', 3) || split_part(${sentence("'de'", `${key} || '.two'`)}, ' ', 4))`;

function sentences(language, seed) {
  const values = sentencesOf(language, seed).map((text, i) => `('${language}', ${i + 1}, '${text}')`);
  return `INSERT INTO bench.sentence VALUES ${values.join(',')}; ANALYZE bench.sentence;`;
}

const published = `'PUBLISHED'::"RecordStatus"`;

/** What statements are by and about. Beyond the sizes there are drafts, to which nothing published refers. */
function around({ people, organizations, places, events }) {
  const more = (count) => Math.ceil(count * 1.03);
  const status = (count) => `CASE WHEN n > ${count} THEN 'DRAFT' ELSE 'PUBLISHED' END::"RecordStatus"`;
  return `
INSERT INTO "Place" (id, "status", "createdAt", "updatedAt", "name", "kind", "parentId", "ancestorIds")
SELECT bench.id('place', n), ${published}, bench.made(n), bench.made(n), ${familyName("'place' || n")}, (CASE WHEN n <= 15 THEN 'COUNTRY' ELSE 'CITY' END)::"PlaceKind",
  CASE WHEN n > 15 THEN bench.id('place', bench.any('place.in' || n, 15)) END, CASE WHEN n > 15 THEN ARRAY[bench.id('place', bench.any('place.in' || n, 15))] ELSE '{}'::uuid[] END
FROM generate_series(1, ${places}) AS n;

INSERT INTO "Organization" (id, "status", "createdAt", "updatedAt", "name", "classification", "parentId", "ancestorIds", "summary")
SELECT bench.id('organization', n), ${status(organizations)}, bench.made(n), bench.made(n), ${familyName("'organization' || n")} || ' ' || ${givenName("'organization' || n")},
  (ARRAY['state', 'party', 'news agency', 'ministry', NULL])[bench.any('organization.kind' || n, 5)],
  CASE WHEN n > 10 AND n % 3 = 0 THEN bench.id('organization', bench.any('organization.in' || n, 10)) END,
  CASE WHEN n > 10 AND n % 3 = 0 THEN ARRAY[bench.id('organization', bench.any('organization.in' || n, 10))] ELSE '{}'::uuid[] END,
  CASE WHEN n % 2 = 0 THEN jsonb_build_object('en', ${sentence("'en'", "'organization.summary' || n")}) END
FROM generate_series(1, ${more(organizations)}) AS n;

INSERT INTO "Person" (id, "status", "createdAt", "updatedAt", "name", "sortName", "givenName", "familyName", "gender", "birthDate", "birthEarliest", "birthLatest", "summary")
SELECT bench.id('person', n), ${status(people)}, bench.made(n), bench.made(n), given || ' ' || family, family || ', ' || given, given, family,
  (ARRAY['female', 'male', NULL])[bench.any('person.gender' || n, 3)], born, bench.first(born), bench.last(born),
  CASE bench.any('person.summary' || n, 4) WHEN 1 THEN NULL WHEN 2 THEN jsonb_build_object('fr', ${sentence("'fr'", "'person.fr' || n")})
    ELSE jsonb_build_object('en', ${sentence("'en'", "'person.en' || n")}, 'fr', ${sentence("'fr'", "'person.fr' || n")}) END
FROM (SELECT n, ${givenName("'person' || n")} AS given, ${familyName("'person' || n")} AS family,
  CASE WHEN bench.rnd('person.born' || n) < 0.6 THEN (1935 + bench.any('person.year' || n, 60))::text END AS born
  FROM generate_series(1, ${more(people)}) AS n) AS p;

INSERT INTO "Membership" (id, "status", "createdAt", "updatedAt", "personId", "organizationId", "role", "label", "startDate", "startEarliest", "startLatest", "endDate", "endEarliest", "endLatest")
SELECT bench.id('membership', n), CASE WHEN n % 33 = 0 OR p > ${people} THEN 'DRAFT' ELSE 'PUBLISHED' END::"RecordStatus", bench.made(n), bench.made(n), bench.id('person', p),
  bench.id('organization', bench.zipf('membership.of' || n, ${organizations})), role, CASE WHEN n % 4 <> 0 THEN role || ' ' || bench.any('membership.label' || n, 40) END,
  since, bench.first(since), bench.last(since), until, bench.first(until), bench.last(until)
FROM (SELECT n, (n - 1) / 3 + 1 AS p, (ARRAY['member', 'minister', 'spokesperson', 'commander', 'chair'])[bench.zipf('membership.role' || n, 5)] AS role,
    CASE WHEN bench.rnd('membership.since' || n) < 0.85 THEN to_char(2003 + began, 'FM0000') END AS since,
    CASE WHEN bench.rnd('membership.until' || n) < 0.55 THEN to_char(2004 + began + bench.any('membership.years' || n, 6), 'FM0000') END AS until
  FROM (SELECT n, bench.any('membership.year' || n, 16) AS began FROM generate_series(1, ${more(people)} * 3) AS n) AS m) AS m;

-- One in 37 was retracted.
INSERT INTO "Event" (id, "status", "retractionReason", "createdAt", "updatedAt", "title", "titleText", "description", "type", "date", "earliest", "latest", "placeId")
SELECT bench.id('event', n), CASE WHEN n > ${events} THEN 'DRAFT' WHEN n % 37 = 0 THEN 'RETRACTED' ELSE 'PUBLISHED' END::"RecordStatus",
  CASE WHEN n <= ${events} AND n % 37 = 0 THEN 'It did not happen.' END, bench.made(n), bench.made(n), title,
  (SELECT string_agg(t.value, E'\\n' ORDER BY t.key) FROM jsonb_each_text(title) AS t),
  CASE WHEN n % 3 = 0 THEN jsonb_build_object('en', ${text("'en'", "'event.description' || n")}) END,
  (ARRAY['AGREE', 'CONSULT', 'SUPPORT', 'REQUEST', 'ACCUSE', 'REJECT', 'ASSAULT', NULL])[bench.any('event.type' || n, 8)]::"EventType",
  day, bench.first(day), bench.last(day), CASE WHEN n % 5 <> 0 THEN bench.id('place', bench.zipf('event.place' || n, ${places})) END
FROM (SELECT n, CASE WHEN n % 50 <> 0 THEN bench.edtf(bench.day('event.day' || n), bench.rnd('event.precise' || n)) END AS day,
    CASE bench.any('event.title' || n, 5) WHEN 1 THEN jsonb_build_object('es', ${title("'es'", "'event.es' || n")}) WHEN 2 THEN jsonb_build_object('fr', ${title("'fr'", "'event.fr' || n")})
      WHEN 3 THEN jsonb_build_object('en', ${title("'en'", "'event.en' || n")}, 'ar', ${title("'ar'", "'event.ar' || n")})
      ELSE jsonb_build_object('en', ${title("'en'", "'event.en' || n")}, 'fr', ${title("'fr'", "'event.fr' || n")}) END AS title
  FROM generate_series(1, ${more(events)}) AS n) AS e;

INSERT INTO "Participation" (id, "status", "createdAt", "updatedAt", "eventId", "personId", "organizationId", "role", "note")
SELECT DISTINCT ON (event, person, organization, role) bench.id('participation', n), ${published}, bench.made(n), bench.made(n), bench.id('event', event),
  bench.id('person', person), bench.id('organization', organization), role::"ParticipationRole", CASE WHEN n % 3 = 0 THEN ${title("'en'", "'participation.note' || n")} END
FROM (SELECT n, bench.zipf('participation.event' || n, ${events}) AS event, CASE WHEN n % 2 = 0 THEN bench.zipf('participation.person' || n, ${people}) END AS person,
    CASE WHEN n % 2 = 1 THEN bench.zipf('participation.organization' || n, ${organizations}) END AS organization,
    (ARRAY['ACTOR', 'RECIPIENT'])[bench.any('participation.role' || n, 2)] AS role
  FROM generate_series(1, ${events} * 4) AS n) AS p ORDER BY event, person, organization, role, n;

INSERT INTO "EventLink" (id, "status", "createdAt", "updatedAt", "fromId", "toId", "kind")
SELECT DISTINCT ON (one, other, kind) bench.id('link', n), ${published}, bench.made(n), bench.made(n), bench.id('event', one), bench.id('event', other), kind::"EventLinkKind"
FROM (SELECT n, bench.any('link.from' || n, ${events}) AS one, bench.zipf('link.to' || n, ${events}) AS other,
    (ARRAY['ANSWERS', 'CAUSES', 'FOLLOWS', 'ENDS'])[bench.any('link.kind' || n, 4)] AS kind
  FROM generate_series(1, ${events}) AS n) AS l WHERE one <> other ORDER BY one, other, kind, n;

INSERT INTO "Name" (id, "personId", "organizationId", "name", "kind", "language")
SELECT bench.id('name', n), CASE WHEN n <= ${people} THEN bench.id('person', n) END, CASE WHEN n > ${people} THEN bench.id('organization', n - ${people}) END,
  ${givenName("'name' || n")} || ' ' || ${familyName("'name' || n")}, 'ALIAS', 'en'
FROM generate_series(1, ${people + organizations}) AS n WHERE n % 3 = 0;

INSERT INTO "Identifier" (id, "personId", "organizationId", "scheme", "value")
SELECT bench.id('identifier', n), CASE WHEN n <= ${people} THEN bench.id('person', n) END, CASE WHEN n > ${people} THEN bench.id('organization', n - ${people}) END, 'wikidata', 'Q' || (1000000 + n)
FROM generate_series(1, ${people + organizations}) AS n WHERE n % 5 < 2;
ANALYZE "Person", "Organization", "Membership", "Event";
`;
}

function documents({ documents: count, organizations, events }) {
  return `
INSERT INTO "Document" (id, "status", "createdAt", "updatedAt", "url", "title", "language", "kind", "publisherId", "publishedAt", "publishedEarliest", "publishedLatest")
SELECT bench.id('document', n), CASE WHEN n > ${count} THEN 'DRAFT' ELSE 'PUBLISHED' END::"RecordStatus", bench.made(n), bench.made(n), 'https://press.example.org/' || n,
  ${title('lang', "'document.title' || n")}, lang, 'NEWS_ARTICLE'::"DocumentKind", bench.id('organization', bench.zipf('document.publisher' || n, ${organizations})), day, bench.first(day), bench.last(day)
FROM (SELECT n, bench.language('document.language' || n) AS lang, to_char(bench.day('document.day' || n), 'YYYY-MM-DD') AS day FROM generate_series(1, ${Math.ceil(count * 1.03)}) AS n) AS d;

INSERT INTO "Citation" (id, "status", "createdAt", "updatedAt", "documentId", "eventId")
SELECT bench.id('citation', n), ${published}, bench.made(n), bench.made(n), bench.id('document', bench.zipf('citation.document' || n, ${count})), bench.id('event', n)
FROM generate_series(1, ${events}) AS n;
`;
}

function said({ statements, people, organizations, places }) {
  // 3 % are drafts and 2 % are retracted.
  return `
INSERT INTO "Statement" (id, "status", "retractionReason", "createdAt", "updatedAt", "text", "language", "quoteType", "speechAct", "speakerPersonId", "speakerOrganizationId",
  "attributionText", "capacityId", "medium", "outletId", "venueId", "date", "earliest", "latest")
SELECT bench.id('statement', n), status::"RecordStatus", CASE WHEN status = 'RETRACTED' THEN 'It was not said.' END, bench.made(n), bench.made(n), ${text('lang', "'statement.text' || n")}, lang,
  (ARRAY['DIRECT', 'INDIRECT', 'MIXED'])[bench.zipf('statement.quote' || n, 3)]::"QuoteType",
  CASE WHEN bench.rnd('statement.act' || n) < 0.6 THEN (ARRAY['ASSERTIVE', 'DIRECTIVE', 'COMMISSIVE', 'EXPRESSIVE', 'DECLARATIVE'])[bench.zipf('statement.class' || n, 5)] END::"SpeechAct",
  person, CASE WHEN by BETWEEN 0.88 AND 0.96 THEN bench.id('organization', bench.zipf('statement.organization' || n, ${organizations})) END,
  CASE WHEN by > 0.96 THEN 'A spokesperson of the ministry' END,
  CASE WHEN n % 8 = 0 THEN (SELECT m.id FROM "Membership" AS m WHERE m."personId" = person AND m."status" = 'PUBLISHED'
    AND coalesce(m."startEarliest" <= bench.last(day), true) AND coalesce(m."endLatest" >= bench.first(day), true) ORDER BY m.id LIMIT 1) END,
  (ARRAY['SPEECH', 'INTERVIEW', 'PRESS_CONFERENCE', 'SOCIAL_MEDIA', 'DEBATE', NULL])[bench.any('statement.medium' || n, 6)]::"Medium",
  CASE WHEN n % 3 = 0 THEN bench.id('organization', bench.zipf('statement.outlet' || n, ${organizations})) END,
  CASE WHEN n % 6 = 0 THEN bench.id('place', bench.zipf('statement.venue' || n, ${places})) END, day, bench.first(day), bench.last(day)
FROM (SELECT n, bench.language('statement.language' || n) AS lang, CASE n % 100 WHEN 7 THEN 'DRAFT' WHEN 37 THEN 'DRAFT' WHEN 67 THEN 'DRAFT' WHEN 21 THEN 'RETRACTED' WHEN 71 THEN 'RETRACTED' ELSE 'PUBLISHED' END AS status,
    by, CASE WHEN by < 0.88 THEN bench.id('person', bench.zipf('statement.person' || n, ${people})) END AS person,
    CASE WHEN bench.rnd('statement.dated' || n) < 0.95 THEN bench.edtf(bench.day('statement.day' || n), bench.rnd('statement.precise' || n)) END AS day
  FROM (SELECT n, bench.rnd('statement.by' || n) AS by FROM generate_series(1, ${statements}) AS n) AS s OFFSET 0) AS s;
`;
}

function hangingOn({ statements, people, organizations, events, documents: count }) {
  return `
INSERT INTO "StatementTopic" (id, "statementId", "eventId", "personId", "organizationId", "statementEarliest")
SELECT bench.id('topic', t.n), t.statement, t.event, t.person, t.organization, s."earliest"
FROM (SELECT DISTINCT ON (statement, event, person, organization) n, bench.id('statement', statement) AS statement, bench.id('event', event) AS event, bench.id('person', person) AS person,
    bench.id('organization', organization) AS organization
  FROM (SELECT n, CASE WHEN n <= ${statements} THEN n ELSE bench.any('topic.of' || n, ${statements}) END AS statement,
      CASE WHEN about < 0.8 THEN bench.zipf('topic.event' || n, ${events}) END AS event, CASE WHEN about BETWEEN 0.8 AND 0.9 THEN bench.zipf('topic.person' || n, ${people}) END AS person,
      CASE WHEN about > 0.9 THEN bench.zipf('topic.organization' || n, ${organizations}) END AS organization
    FROM (SELECT n, bench.rnd('topic.about' || n) AS about FROM generate_series(1, ${Math.round(statements * 1.3)}) AS n WHERE n > ${statements} OR n % 10 <> 0) AS t) AS t
  ORDER BY statement, event, person, organization, n) AS t JOIN "Statement" AS s ON s.id = t.statement ORDER BY t.n;

INSERT INTO "Appearance" (id, "status", "createdAt", "updatedAt", "statementId", "documentId", "printedText", "language")
SELECT bench.id('appearance', a.n), ${published}, bench.made(a.n), bench.made(a.n), s.id, bench.id('document', a.document), s."text", s."language"
FROM (SELECT DISTINCT ON (statement, document) n, statement, document
  FROM (SELECT n, CASE WHEN n <= ${statements} THEN n ELSE bench.any('appearance.of' || n, ${statements}) END AS statement, bench.zipf('appearance.in' || n, ${count}) AS document
    FROM generate_series(1, ${Math.round(statements * 1.15)}) AS n) AS a ORDER BY statement, document, n) AS a
JOIN "Statement" AS s ON s.id = bench.id('statement', a.statement) WHERE s."status" = 'PUBLISHED';

INSERT INTO "Translation" (id, "statementId", "language", "text")
SELECT bench.id('translation', n), bench.id('statement', n), lang, ${text('lang', "'translation.text' || n")}
FROM (SELECT n, CASE bench.language('statement.language' || n) WHEN 'en' THEN 'fr' ELSE 'en' END AS lang FROM generate_series(1, ${statements}) AS n WHERE n % 12 = 0) AS t;
`;
}

// As of when the transaction began: what was made in a moment needs no place in the index of what lasted.
function madeRecord(model) {
  return `INSERT INTO history.revision ("recordId", "model", "rowId", "number", "status", "action", "after", "at")
SELECT t.id, '${model}', t.id, t."revision", t."status", 'CREATE', history.content(to_jsonb(t)), now() FROM "${model}" AS t ORDER BY t.id`;
}

function madePart([model, columns]) {
  const ends = Object.entries(columns);
  const joins = ends.map(([column, table], i) => `LEFT JOIN "${table}" AS o${i} ON o${i}.id = t."${column}"`).join(' ');
  const first = (column) => `coalesce(${ends.map((_end, i) => `o${i}.${column}`).join(', ')})`;
  return `INSERT INTO history.revision ("recordId", "model", "rowId", "number", "status", "action", "after", "at")
SELECT ${first('id')}, '${model}', t.id, ${first('"revision"')}, ${first('"status"')}, 'CREATE', history.content(to_jsonb(t)), now() FROM "${model}" AS t ${joins} ORDER BY t.id`;
}

const committed = `INSERT INTO history.commit ("first", "last") SELECT min(id), max(id) FROM history.revision`;

function searchEntries(model) {
  const name = model.toLowerCase();
  return `INSERT INTO "SearchEntry" ("${name}Id", "status", "createdBy", "config", "text", "names", "vector")
SELECT r.id, e.status, r."createdBy", e.config, e.body, search_name(e.names), setweight(search_vector(e.config, e.body), e.weight)
FROM "${model}" AS r CROSS JOIN LATERAL search_${name}_entries(r.id) AS e`;
}

const comparedNames = `
INSERT INTO "ComparedName" ("model", "recordId", "nameId", "name", "plain", "sound", "script", "keys")
SELECT n.model, n.record, n.name_id, n.name, p.plain, s.sound, name_script(p.plain), name_keys(p.plain, s.sound)
FROM (
  SELECT 'Person' AS model, id AS record, NULL::uuid AS name_id, "name" FROM "Person"
  UNION ALL SELECT 'Organization', id, NULL, "name" FROM "Organization"
  UNION ALL SELECT 'Place', id, NULL, "name" FROM "Place"
  UNION ALL SELECT 'Document', id, NULL, "title" FROM "Document" WHERE "title" IS NOT NULL
  UNION ALL SELECT 'Event', e.id, NULL, t.value FROM "Event" AS e CROSS JOIN LATERAL jsonb_each_text(e."title") AS t
  UNION ALL SELECT CASE WHEN "personId" IS NOT NULL THEN 'Person' ELSE 'Organization' END, coalesce("personId", "organizationId"), id, "name" FROM "Name"
) AS n CROSS JOIN LATERAL plain_name(n.name) AS p (plain) CROSS JOIN LATERAL name_sound(p.plain) AS s (sound) WHERE p.plain <> ''`;

/** Numbers from 0 up to 1 for choosing variables, apart from those that made the data. */
export const choosing = (seed) => chance(seed * 41 + 5);
