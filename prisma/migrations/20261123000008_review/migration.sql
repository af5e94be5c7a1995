-- CreateEnum
CREATE TYPE "ProposalStatus" AS ENUM ('WAITING', 'SENT_BACK', 'PUBLISHED', 'DECLINED');

-- CreateTable
CREATE TABLE "Proposal" (
    "id" UUID NOT NULL,
    "status" "ProposalStatus" NOT NULL DEFAULT 'WAITING',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "recordId" UUID NOT NULL,
    "mutation" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReviewNote" (
    "id" UUID NOT NULL,
    "proposalId" UUID,
    "recordId" UUID,
    "revision" INTEGER,
    "note" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReviewNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "account" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "inputHash" TEXT NOT NULL,
    "outcome" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("account","key")
);

-- CreateIndex
CREATE INDEX "Proposal_status_createdAt_idx" ON "Proposal"("status", "createdAt");

-- CreateIndex
CREATE INDEX "Proposal_createdBy_createdAt_idx" ON "Proposal"("createdBy", "createdAt");

-- CreateIndex
CREATE INDEX "Proposal_recordId_idx" ON "Proposal"("recordId");

-- CreateIndex
CREATE INDEX "ReviewNote_proposalId_at_idx" ON "ReviewNote"("proposalId", "at");

-- CreateIndex
CREATE INDEX "ReviewNote_recordId_at_idx" ON "ReviewNote"("recordId", "at");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- AddForeignKey
ALTER TABLE "ReviewNote" ADD CONSTRAINT "ReviewNote_proposalId_fkey" FOREIGN KEY ("proposalId") REFERENCES "Proposal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the Prisma schema can't say ----------------------------------------------

ALTER TABLE "ReviewNote"
  ADD CONSTRAINT "ReviewNote_about_one" CHECK (num_nonnulls("proposalId", "recordId") = 1),
  ADD CONSTRAINT "ReviewNote_worded" CHECK (btrim("note") <> '');

-- All that waits for an editor. A draft was sent back while its last note is about its present revision:
-- when its maker has changed it, it waits again.
DO $$
DECLARE
  models CONSTANT text[] := ARRAY['Person', 'Organization', 'Membership', 'Place', 'Event', 'Participation',
    'EventLink', 'Document', 'Statement', 'Appearance', 'Citation', 'StatementLink'];
  model text;
  ends text;
  parts text[];
BEGIN
  FOREACH model IN ARRAY models LOOP
    EXECUTE format('CREATE INDEX %I ON %I ("createdAt", id) WHERE "status" = ''DRAFT''', model || '_drafts', model);
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
