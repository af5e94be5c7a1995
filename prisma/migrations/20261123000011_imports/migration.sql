-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "fingerprint" TEXT,
    "options" JSONB NOT NULL,
    "by" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "undoneAt" TIMESTAMPTZ(3),
    "undoneBy" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB NOT NULL,

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportBatch" (
    "importId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "transaction" TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),

    CONSTRAINT "ImportBatch_pkey" PRIMARY KEY ("importId","number")
);

-- CreateTable
CREATE TABLE "ImportWaiting" (
    "importId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "unit" JSONB NOT NULL,

    CONSTRAINT "ImportWaiting_pkey" PRIMARY KEY ("importId","number")
);

-- CreateIndex
CREATE INDEX "Import_startedAt_idx" ON "Import"("startedAt");

-- CreateIndex
CREATE INDEX "Import_format_fingerprint_idx" ON "Import"("format", "fingerprint");

-- AddForeignKey
ALTER TABLE "ImportBatch" ADD CONSTRAINT "ImportBatch_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportWaiting" ADD CONSTRAINT "ImportWaiting_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the Prisma schema can't say ----------------------------------------------

-- The past shows these tables too.
SELECT history.renew();
