import { countOf, sqlCheck } from './check.ts';

/** A capacity is a place that the speaker held, and that the dates don't exclude. */
export const capacities = sqlCheck(
  (count) => `${count} capacities are places that the speakers held then.`,
  [countOf('Statement', '"capacityId" IS NOT NULL')],
  [
    // What was retracted may be wrong in this, too.
    `SELECT 'Statement' AS "model", s.id::text,
       'Its capacity, the Membership ' || m.id || CASE WHEN f."isOwn" THEN ', was not held on its date.' ELSE ', is somebody else’s than the speaker’s.' END AS "problem"
     FROM "Statement" AS s JOIN "Membership" AS m ON m.id = s."capacityId" CROSS JOIN LATERAL (SELECT
       m."personId" IS NOT DISTINCT FROM s."speakerPersonId" AND m."memberOrganizationId" IS NOT DISTINCT FROM s."speakerOrganizationId" AS "isOwn",
       coalesce(s."latest" < m."startEarliest", false) OR coalesce(s."earliest" > m."endLatest", false) AS "isExcluded") AS f
     WHERE NOT f."isOwn" OR (f."isExcluded" AND s."status" <> 'RETRACTED') ORDER BY s.id`,
  ],
);
