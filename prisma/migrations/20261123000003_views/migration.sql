-- What follows from the record and is not kept in it: read like tables, written by nobody.

-- The places that a speaker held, or may have held, when making a dated statement.
-- A missing bound is unknown: it leaves the place possible and never makes it certain.
CREATE VIEW "PossibleCapacity" AS
SELECT s.id AS "statementId", m.id AS "membershipId",
  coalesce(m."startLatest" <= s."earliest" AND m."endEarliest" >= s."latest", false) AS "isCertain"
FROM "Statement" AS s JOIN "Membership" AS m ON m."personId" = s."speakerPersonId"
WHERE s."date" IS NOT NULL
  AND coalesce(m."startEarliest" <= s."latest", true) AND coalesce(m."endLatest" >= s."earliest", true)
UNION ALL
SELECT s.id, m.id,
  coalesce(m."startLatest" <= s."earliest" AND m."endEarliest" >= s."latest", false)
FROM "Statement" AS s JOIN "Membership" AS m ON m."memberOrganizationId" = s."speakerOrganizationId"
WHERE s."date" IS NOT NULL
  AND coalesce(m."startEarliest" <= s."latest", true) AND coalesce(m."endLatest" >= s."earliest", true);

-- Whom and what a document speaks of: by the published statements printed in it (who speaks, to whom,
-- through whom, where, about what) and by the published facts that it is cited for.
CREATE VIEW "Mention" AS
SELECT "documentId"::text || ':' || coalesce("personId", "organizationId", "placeId", "eventId")::text AS id,
  "documentId", "personId", "organizationId", "placeId", "eventId"
FROM (
  SELECT a."documentId", p."personId", NULL::uuid AS "organizationId", NULL::uuid AS "placeId", NULL::uuid AS "eventId"
  FROM "Appearance" AS a JOIN "Statement" AS s ON s.id = a."statementId" AND s."status" = 'PUBLISHED'
    CROSS JOIN LATERAL (VALUES (s."speakerPersonId"), (s."addresseePersonId")) AS p ("personId")
  WHERE a."status" = 'PUBLISHED' AND p."personId" IS NOT NULL
  UNION
  SELECT a."documentId", NULL, o."organizationId", NULL, NULL
  FROM "Appearance" AS a JOIN "Statement" AS s ON s.id = a."statementId" AND s."status" = 'PUBLISHED'
    CROSS JOIN LATERAL (VALUES (s."speakerOrganizationId"), (s."addresseeOrganizationId"), (s."outletId")) AS o ("organizationId")
  WHERE a."status" = 'PUBLISHED' AND o."organizationId" IS NOT NULL
  UNION
  SELECT a."documentId", NULL, NULL, s."venueId", NULL
  FROM "Appearance" AS a JOIN "Statement" AS s ON s.id = a."statementId" AND s."status" = 'PUBLISHED'
  WHERE a."status" = 'PUBLISHED' AND s."venueId" IS NOT NULL
  UNION
  SELECT a."documentId", t."personId", t."organizationId", t."placeId", t."eventId"
  FROM "Appearance" AS a JOIN "Statement" AS s ON s.id = a."statementId" AND s."status" = 'PUBLISHED'
    JOIN "StatementTopic" AS t ON t."statementId" = s.id
  WHERE a."status" = 'PUBLISHED'
  UNION
  SELECT c."documentId", NULL, NULL, NULL, c."eventId"
  FROM "Citation" AS c
  WHERE c."status" = 'PUBLISHED' AND c."eventId" IS NOT NULL
  UNION
  SELECT c."documentId", NULL, NULL, e."placeId", NULL
  FROM "Citation" AS c JOIN "Event" AS e ON e.id = c."eventId" AND e."status" = 'PUBLISHED'
  WHERE c."status" = 'PUBLISHED' AND e."placeId" IS NOT NULL
  UNION
  SELECT c."documentId", p."personId", p."organizationId", NULL, NULL
  FROM "Citation" AS c JOIN "Participation" AS p ON p.id = c."participationId" AND p."status" = 'PUBLISHED'
    JOIN "Event" AS e ON e.id = p."eventId" AND e."status" = 'PUBLISHED'
  WHERE c."status" = 'PUBLISHED'
  UNION
  SELECT c."documentId", p."personId", p."organizationId", NULL, NULL
  FROM "Citation" AS c JOIN "Membership" AS m ON m.id = c."membershipId" AND m."status" = 'PUBLISHED'
    JOIN "Organization" AS o ON o.id = m."organizationId" AND o."status" = 'PUBLISHED'
    LEFT JOIN "Person" AS mp ON mp.id = m."personId"
    LEFT JOIN "Organization" AS mo ON mo.id = m."memberOrganizationId"
    CROSS JOIN LATERAL (VALUES (m."personId", NULL::uuid), (NULL, m."memberOrganizationId"), (NULL, m."organizationId")) AS p ("personId", "organizationId")
  WHERE c."status" = 'PUBLISHED' AND coalesce(mp."status", mo."status") = 'PUBLISHED'
    AND num_nonnulls(p."personId", p."organizationId") = 1
) AS mention;

-- The rows of a timeline: whatever has a date, with the stretch of time that it may take up.
CREATE VIEW "TimelineEntry" AS
SELECT id, "date", "endDate", "earliest", coalesce("endLatest", "latest") AS "latest",
  id AS "eventId", NULL::uuid AS "statementId", NULL::uuid AS "membershipId"
FROM "Event"
UNION ALL
SELECT id, "date", NULL, "earliest", "latest", NULL, id, NULL FROM "Statement"
UNION ALL
SELECT id, "startDate", "endDate", "startEarliest",
  "endLatest", NULL, NULL, id
FROM "Membership";
