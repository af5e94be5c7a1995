import { countOf, sqlCheck } from './check.ts';

// What triggers make of the record, beside the ancestors.

export const titles = sqlCheck(
  (count) => `${count} events have their titles in one text.`,
  [countOf('Event')],
  [
    `SELECT 'Event' AS "model", e.id::text, 'Its titleText is not made of its titles.' AS "problem" FROM "Event" AS e
     WHERE e."titleText" IS DISTINCT FROM (SELECT string_agg(t.value, E'\\n' ORDER BY t.key) FROM jsonb_each_text(e."title") AS t) ORDER BY e.id`,
  ],
);

export const topics = sqlCheck(
  (count) => `${count} topics stand at the times of their statements.`,
  [countOf('StatementTopic')],
  [
    `SELECT 'StatementTopic' AS "model", t.id::text, 'Its statementEarliest is not the time of the Statement ' || s.id || '.' AS "problem"
     FROM "StatementTopic" AS t JOIN "Statement" AS s ON s.id = t."statementId"
     WHERE t."statementEarliest" IS DISTINCT FROM s."earliest" ORDER BY t.id`,
  ],
);

const searched = ['Person', 'Organization', 'Event', 'Statement', 'Document'];

/** Records are found by what they say, and by those who may see them. Long texts are compared by a hash. */
export const entries = sqlCheck(
  (count) => `${count} entries of the search are what follows from the record.`,
  [countOf('SearchEntry')],
  searched.map((model) => {
    const name = model.toLowerCase();
    return `WITH kept AS (
        SELECT "${name}Id" AS id, array_agg(row("status", "createdBy", "config", md5("text"), "names")::text ORDER BY "config", md5("text"), "names") AS entries
        FROM "SearchEntry" WHERE "${name}Id" IS NOT NULL GROUP BY 1
      ), made AS (
        SELECT r.id, array_agg(row(e."status", r."createdBy", e."config", md5(e."body"), n.names)::text ORDER BY e."config", md5(e."body"), n.names) AS entries
        FROM "${model}" AS r CROSS JOIN LATERAL search_${name}_entries(r.id) AS e CROSS JOIN LATERAL (SELECT search_name(e."names") AS names) AS n GROUP BY r.id
      ) SELECT '${model}' AS "model", coalesce(m.id, k.id)::text AS id, 'Its entries in the search are not what follows from it.' AS "problem"
      FROM made AS m FULL JOIN kept AS k ON k.id = m.id WHERE m.entries IS DISTINCT FROM k.entries ORDER BY 2`;
  }),
);

const named = [
  ['Person', '"name"'],
  ['Organization', '"name"'],
  ['Place', '"name"'],
  ['Document', '"title"'],
] as const;

/** The names by which records are found to be perhaps the same. */
export const comparedNames = sqlCheck(
  (count) => `${count} names are prepared for comparison.`,
  [countOf('ComparedName')],
  [
    `WITH named AS (
       ${named.map(([model, column]) => `SELECT '${model}' AS "model", id AS "recordId", NULL::uuid AS "nameId", ${column} AS "name" FROM "${model}"`).join(' UNION ALL ')}
       UNION ALL SELECT 'Event', e.id, NULL, t.value FROM "Event" AS e CROSS JOIN LATERAL jsonb_each_text(e."title") AS t
       UNION ALL SELECT CASE WHEN "personId" IS NOT NULL THEN 'Person' WHEN "organizationId" IS NOT NULL THEN 'Organization' WHEN "placeId" IS NOT NULL THEN 'Place' ELSE 'Event' END,
         coalesce("personId", "organizationId", "placeId", "eventId"), id, "name" FROM "Name"
     ), made AS (
       SELECT n.*, p.plain FROM named AS n CROSS JOIN LATERAL plain_name(n."name") AS p (plain) WHERE p.plain <> ''
     ), differing AS (
       (SELECT "model", "recordId", "nameId", "name", "plain" FROM made EXCEPT ALL SELECT "model", "recordId", "nameId", "name", "plain" FROM "ComparedName")
       UNION (SELECT "model", "recordId", "nameId", "name", "plain" FROM "ComparedName" EXCEPT ALL SELECT "model", "recordId", "nameId", "name", "plain" FROM made)
     ) SELECT DISTINCT "model", "recordId"::text AS id, 'Its names are not prepared for comparison as they are.' AS "problem" FROM differing ORDER BY 1, 2`,
  ],
);
