-- AlterTable
ALTER TABLE "Identifier" ADD COLUMN     "statementId" UUID;

-- CreateTable
CREATE TABLE "Review" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "statementId" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "reviewerPersonId" UUID,
    "reviewerOrganizationId" UUID,
    "rating" TEXT,
    "ratingValue" DOUBLE PRECISION,
    "bestRating" DOUBLE PRECISION,
    "worstRating" DOUBLE PRECISION,
    "date" TEXT,
    "earliest" TIMESTAMPTZ(3),
    "latest" TIMESTAMPTZ(3),

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Review_status_idx" ON "Review"("status");

-- CreateIndex
CREATE INDEX "Review_statementId_earliest_id_idx" ON "Review"("statementId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Review_documentId_earliest_id_idx" ON "Review"("documentId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Review_reviewerPersonId_earliest_id_idx" ON "Review"("reviewerPersonId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Review_reviewerOrganizationId_earliest_id_idx" ON "Review"("reviewerOrganizationId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Review_ratingValue_idx" ON "Review"("ratingValue");

-- CreateIndex
CREATE INDEX "Review_earliest_id_idx" ON "Review"("earliest", "id");

-- CreateIndex
CREATE INDEX "Review_earliest_latest_first" ON "Review"("earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Review_latest_idx" ON "Review"("latest");

-- CreateIndex
CREATE INDEX "Review_createdAt_id_idx" ON "Review"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Review_updatedAt_id_idx" ON "Review"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Review_rating_trgm" ON "Review" USING GIN ("rating" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Review_statementId_documentId_key" ON "Review"("statementId", "documentId");

-- CreateIndex
CREATE INDEX "Identifier_statementId_idx" ON "Identifier"("statementId");

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_reviewerPersonId_fkey" FOREIGN KEY ("reviewerPersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_reviewerOrganizationId_fkey" FOREIGN KEY ("reviewerOrganizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the Prisma schema can't say ----------------------------------------------

ALTER TABLE "Review"
  ADD CONSTRAINT "Review_retracted_with_reason" CHECK (("status" = 'RETRACTED') = (coalesce(btrim("retractionReason"), '') <> '')),
  ADD CONSTRAINT "Review_not_merged" CHECK ("status" <> 'MERGED'),
  ADD CONSTRAINT "Review_one_reviewer_at_most" CHECK (num_nonnulls("reviewerPersonId", "reviewerOrganizationId") <= 1),
  ADD CONSTRAINT "Review_rated" CHECK (num_nonnulls(nullif(btrim("rating"), ''), "ratingValue") > 0),
  -- In the order of PostgreSQL, what is not a number comes after all numbers.
  ADD CONSTRAINT "Review_ratings_finite" CHECK (least("ratingValue", "bestRating", "worstRating") > '-Infinity'
    AND greatest("ratingValue", "bestRating", "worstRating") < 'Infinity'),
  ADD CONSTRAINT "Review_worst_before_best" CHECK ("worstRating" <= "bestRating"),
  ADD CONSTRAINT "Review_dated" CHECK (is_dated("date", "earliest", "latest"));

-- A statement may hold identifiers, too.
ALTER TABLE "Identifier"
  DROP CONSTRAINT "Identifier_one_owner",
  ADD CONSTRAINT "Identifier_one_owner"
    CHECK (num_nonnulls("personId", "organizationId", "placeId", "eventId", "documentId", "statementId") = 1);

-- The history, with the triggers that every record has: see history.write_revision.
CREATE TRIGGER keep_creator BEFORE INSERT ON "Review" FOR EACH ROW EXECUTE FUNCTION history.keep_creator();
CREATE TRIGGER z_count_revision BEFORE UPDATE ON "Review" FOR EACH ROW EXECUTE FUNCTION history.count_revision();
CREATE TRIGGER a_write_revision AFTER INSERT OR UPDATE OR DELETE ON "Review" FOR EACH ROW EXECUTE FUNCTION history.write_revision();
CREATE OR REPLACE TRIGGER a_write_revision AFTER INSERT OR UPDATE OR DELETE ON "Identifier" FOR EACH ROW
  EXECUTE FUNCTION history.write_revision('personId', 'Person', 'organizationId', 'Organization', 'placeId', 'Place', 'eventId', 'Event',
    'documentId', 'Document', 'statementId', 'Statement');

-- Columns that are taken back together, or not at all: each has the name of one of them. A reviewer is one of
-- two columns, and a number says something on its scale only.
CREATE OR REPLACE FUNCTION history.group_of(model text, column_name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN column_name ~ '^(birth|death|founding|dissolution|start|end|published)(Date|At|Earliest|Latest)$'
      THEN regexp_replace(column_name, '(Date|At|Earliest|Latest)$', 'Date')
    WHEN column_name IN ('date', 'earliest', 'latest') THEN 'date'
    WHEN column_name IN ('latitude', 'longitude', 'precision') THEN 'latitude'
    WHEN column_name IN ('text', 'sha256') THEN 'text'
    WHEN column_name IN ('isTranslation', 'originalLanguage') THEN 'isTranslation'
    WHEN column_name IN ('start', 'end', 'exact') THEN 'exact'
    WHEN column_name IN ('scheme', 'value') THEN 'value'
    WHEN column_name IN ('type', 'mode') THEN 'type'
    WHEN column_name IN ('status', 'retractionReason', 'mergedIntoId') THEN 'status'
    WHEN column_name IN ('speakerPersonId', 'speakerOrganizationId', 'capacityId') THEN 'speakerPersonId'
    WHEN column_name IN ('addresseePersonId', 'addresseeOrganizationId') THEN 'addresseePersonId'
    WHEN column_name IN ('reviewerPersonId', 'reviewerOrganizationId') THEN 'reviewerPersonId'
    WHEN column_name IN ('ratingValue', 'bestRating', 'worstRating') THEN 'ratingValue'
    WHEN column_name IN ('statementId', 'relayedFromId') AND model = 'Appearance' THEN 'statementId'
    WHEN column_name = 'organizationId' AND model = 'Membership' THEN 'organizationId'
    WHEN column_name IN ('personId', 'memberOrganizationId', 'organizationId', 'placeId', 'eventId', 'participationId', 'membershipId',
      'eventLinkId', 'statementLinkId') THEN 'personId'
    ELSE column_name END
$$;

-- Up to where the history tells of a record and its parts as of the revision with this number, or null. A part
-- that the record gives to another in that change is told with the other, after the record: what counts is
-- all that comes before the next change of this one.
CREATE OR REPLACE FUNCTION history.numbered(record_id uuid, number integer) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT min(n.id) - 1 FROM history.revision AS n WHERE n."recordId" = record_id AND n.id > last.id),
    (SELECT max(r.id) FROM history.revision AS r))
  FROM (
    SELECT max(r.id) AS id FROM history.revision AS r
    WHERE r."recordId" = record_id AND r."number" = numbered.number AND NOT (r."rowId" = record_id AND r."action" = 'DELETE')
  ) AS last
  WHERE last.id IS NOT NULL
$$;

-- All that waits for an editor, reviews too: made as it was before.
DROP VIEW "ReviewItem";
CREATE INDEX "Review_drafts" ON "Review" ("createdAt", id) WHERE "status" = 'DRAFT';
DO $$
DECLARE
  models CONSTANT text[] := ARRAY['Person', 'Organization', 'Membership', 'Place', 'Event', 'Participation',
    'EventLink', 'Document', 'Statement', 'Appearance', 'Citation', 'StatementLink', 'Review'];
  model text;
  ends text;
  parts text[];
BEGIN
  FOREACH model IN ARRAY models LOOP
    SELECT string_agg(format('%s AS %I', CASE WHEN m = model THEN 't.id' ELSE 'NULL::uuid' END, lower(left(m, 1)) || substr(m, 2) || 'Id'), ', ')
      INTO ends FROM unnest(models) AS m;
    parts := parts || format($view$
      SELECT %1$L || ':' || t.id AS id, %1$L AS model, false AS "isChange", t."createdBy", t."createdAt", t."updatedAt",
        EXISTS (SELECT FROM "ReviewNote" AS n WHERE n."recordId" = t.id AND n."revision" = t."revision") AS "isSentBack",
        jsonb_build_array(jsonb_build_object('model', %1$L, 'action', 'CREATE', 'before', NULL, 'after',
          history.content(to_jsonb(t)) - '{id,status,revision,createdAt,updatedAt,createdBy}'::text[])) AS changes,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('by', n."by", 'at', n."at", 'note', n."note") ORDER BY n."at", n.id), '[]')
          FROM "ReviewNote" AS n WHERE n."recordId" = t.id) AS notes,
        NULL::uuid AS "proposalId", %2$s
      FROM %1$I AS t WHERE t."status" = 'DRAFT'
    $view$, model, ends);
  END LOOP;
  SELECT string_agg(format('CASE WHEN t."model" = %L THEN t."recordId" END', m), ', ') INTO ends FROM unnest(models) AS m;
  parts := parts || format($view$
    SELECT 'Proposal:' || t.id, t."model", true, t."createdBy", t."createdAt", t."updatedAt", t."status" = 'SENT_BACK', t."changes",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('by', n."by", 'at', n."at", 'note', n."note") ORDER BY n."at", n.id), '[]')
        FROM "ReviewNote" AS n WHERE n."proposalId" = t.id),
      t.id, %s
    FROM "Proposal" AS t WHERE t."status" IN ('WAITING', 'SENT_BACK')
  $view$, ends);
  EXECUTE 'CREATE VIEW "ReviewItem" AS ' || array_to_string(parts, ' UNION ALL ');
END $$;

-- The past shows these tables too.
SELECT history.renew();
