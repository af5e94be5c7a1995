-- Who may do what: bearer tokens, of which only the hash is kept.

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('READER', 'CONTRIBUTOR', 'EDITOR', 'ADMIN');

-- CreateTable
CREATE TABLE "Token" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Token_pkey" PRIMARY KEY ("id"),
    -- The name becomes the name of an account, which the history keeps.
    CONSTRAINT "Token_name" CHECK ("name" ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    -- A SHA-256: what is no hash would be a secret, written in the clear.
    CONSTRAINT "Token_hash" CHECK ("hash" ~ '^[0-9a-f]{64}$'),
    CONSTRAINT "Token_made_before_expired" CHECK ("expiresAt" > "createdAt")
);

-- CreateIndex
CREATE UNIQUE INDEX "Token_hash_key" ON "Token"("hash");

-- CreateIndex
CREATE INDEX "Token_name_id_idx" ON "Token"("name", "id");

-- An account has one token at a time, and keeps its name when that is renewed.
CREATE UNIQUE INDEX "Token_name_in_use" ON "Token"("name") WHERE "revokedAt" IS NULL;
