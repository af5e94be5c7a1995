-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "RecordStatus" AS ENUM ('DRAFT', 'PUBLISHED', 'RETRACTED', 'MERGED');

-- CreateEnum
CREATE TYPE "NameKind" AS ENUM ('ALIAS', 'ABBREVIATION', 'BIRTH', 'FORMER', 'TRANSLITERATION', 'TRANSLATION');

-- CreateEnum
CREATE TYPE "PlaceKind" AS ENUM ('REGION', 'COUNTRY', 'ADMINISTRATIVE_AREA', 'CITY', 'FACILITY');

-- CreateEnum
CREATE TYPE "GeoPrecision" AS ENUM ('EXACT', 'NEAR', 'AREA');

-- CreateEnum
CREATE TYPE "EventType" AS ENUM ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT');

-- CreateEnum
CREATE TYPE "EventMode" AS ENUM ('VISIT', 'THIRD_PARTY', 'MULTILATERAL', 'PHONE', 'WITHDRAW', 'RELEASE', 'DISARM', 'CEASEFIRE', 'ACCESS', 'RESIGN', 'ASSIST', 'CHANGE', 'YIELD', 'MEET', 'DISAPPROVE', 'INVESTIGATE', 'ALLEGE', 'RESTRICT', 'ARREST', 'RELATIONS', 'EXPEL', 'TERRITORY', 'VIOLENCE', 'DEMO', 'RIOT', 'STRIKE', 'HUNGER', 'BOYCOTT', 'OBSTRUCT', 'VANDALIZE', 'CONVICT', 'DISCONTINUE', 'TROOPS', 'WEAPONS', 'POLICE', 'MILITIA', 'SEIZE', 'CENSOR', 'CURFEW', 'MARTIAL_LAW', 'DEPORT', 'WITHHOLD', 'MISINFORMATION', 'CYBER', 'ABDUCT', 'BEAT', 'TORTURE', 'SEXUAL', 'TARGETED', 'DESTROY', 'PRIMITIVE', 'FIREARMS', 'EXPLOSIVES', 'SUICIDE_ATTACK', 'AERIAL', 'DRONE', 'HEAVY_WEAPONS', 'CROWD_CONTROL', 'UNCONVENTIONAL');

-- CreateEnum
CREATE TYPE "AuxiliaryMode" AS ENUM ('HISTORICAL', 'FUTURE', 'HYPOTHETICAL', 'NEGATION');

-- CreateEnum
CREATE TYPE "ParticipationRole" AS ENUM ('ACTOR', 'RECIPIENT');

-- CreateEnum
CREATE TYPE "EventLinkKind" AS ENUM ('ANSWERS', 'CAUSES', 'FOLLOWS', 'ENDS');

-- CreateEnum
CREATE TYPE "DocumentKind" AS ENUM ('NEWS_ARTICLE', 'SOCIAL_MEDIA_POSTING', 'PRESS_RELEASE', 'TRANSCRIPT', 'REPORT', 'BROADCAST', 'BOOK', 'WEB_PAGE');

-- CreateEnum
CREATE TYPE "QuoteType" AS ENUM ('DIRECT', 'INDIRECT', 'MIXED');

-- CreateEnum
CREATE TYPE "SpeechAct" AS ENUM ('ASSERTIVE', 'DIRECTIVE', 'COMMISSIVE', 'EXPRESSIVE', 'DECLARATIVE');

-- CreateEnum
CREATE TYPE "Medium" AS ENUM ('SPEECH', 'INTERVIEW', 'PRESS_CONFERENCE', 'PRESS_RELEASE', 'SOCIAL_MEDIA', 'BROADCAST', 'DEBATE', 'LETTER', 'PUBLICATION', 'CONVERSATION');

-- CreateEnum
CREATE TYPE "StatementLinkKind" AS ENUM ('CONFIRMS', 'DISPUTES', 'CORRECTS', 'REFUTES', 'QUALIFIES', 'REPLIES_TO', 'RETRACTS', 'UPDATES');

-- CreateEnum
CREATE TYPE "SpanKind" AS ENUM ('CONTENT', 'CUE', 'SOURCE', 'EVIDENCE');

-- CreateEnum
CREATE TYPE "RevisionAction" AS ENUM ('CREATE', 'UPDATE', 'DELETE');

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "mergedIntoId" UUID,
    "name" TEXT NOT NULL,
    "sortName" TEXT NOT NULL,
    "givenName" TEXT,
    "familyName" TEXT,
    "gender" TEXT,
    "birthDate" TEXT,
    "birthEarliest" TIMESTAMPTZ(3),
    "birthLatest" TIMESTAMPTZ(3),
    "deathDate" TEXT,
    "deathEarliest" TIMESTAMPTZ(3),
    "deathLatest" TIMESTAMPTZ(3),
    "summary" JSONB,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "mergedIntoId" UUID,
    "name" TEXT NOT NULL,
    "classification" TEXT,
    "parentId" UUID,
    "ancestorIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "foundingDate" TEXT,
    "foundingEarliest" TIMESTAMPTZ(3),
    "foundingLatest" TIMESTAMPTZ(3),
    "dissolutionDate" TEXT,
    "dissolutionEarliest" TIMESTAMPTZ(3),
    "dissolutionLatest" TIMESTAMPTZ(3),
    "summary" JSONB,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "personId" UUID,
    "memberOrganizationId" UUID,
    "organizationId" UUID NOT NULL,
    "role" TEXT,
    "label" TEXT,
    "onBehalfOfId" UUID,
    "startDate" TEXT,
    "startEarliest" TIMESTAMPTZ(3),
    "startLatest" TIMESTAMPTZ(3),
    "endDate" TEXT,
    "endEarliest" TIMESTAMPTZ(3),
    "endLatest" TIMESTAMPTZ(3),

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Place" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "mergedIntoId" UUID,
    "name" TEXT NOT NULL,
    "kind" "PlaceKind",
    "parentId" UUID,
    "ancestorIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "precision" "GeoPrecision",

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "mergedIntoId" UUID,
    "title" JSONB NOT NULL,
    "titleText" TEXT NOT NULL DEFAULT '',
    "description" JSONB,
    "type" "EventType",
    "mode" "EventMode",
    "auxiliaryMode" "AuxiliaryMode",
    "classification" TEXT,
    "date" TEXT,
    "earliest" TIMESTAMPTZ(3),
    "latest" TIMESTAMPTZ(3),
    "endDate" TEXT,
    "endEarliest" TIMESTAMPTZ(3),
    "endLatest" TIMESTAMPTZ(3),
    "placeId" UUID,
    "parentId" UUID,
    "ancestorIds" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Participation" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "eventId" UUID NOT NULL,
    "personId" UUID,
    "organizationId" UUID,
    "role" "ParticipationRole" NOT NULL,
    "note" TEXT,

    CONSTRAINT "Participation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventLink" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "kind" "EventLinkKind" NOT NULL,

    CONSTRAINT "EventLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Document" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "mergedIntoId" UUID,
    "url" TEXT,
    "title" TEXT,
    "language" TEXT,
    "kind" "DocumentKind",
    "publisherId" UUID,
    "publishedAt" TEXT,
    "publishedEarliest" TIMESTAMPTZ(3),
    "publishedLatest" TIMESTAMPTZ(3),
    "text" TEXT,
    "sha256" TEXT,
    "archivedUrl" TEXT,
    "derivedFromId" UUID,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DocumentAuthor" (
    "id" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "personId" UUID,
    "organizationId" UUID,
    "position" INTEGER NOT NULL,

    CONSTRAINT "DocumentAuthor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Statement" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "text" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "isTranslation" BOOLEAN NOT NULL DEFAULT false,
    "originalLanguage" TEXT,
    "quoteType" "QuoteType" NOT NULL,
    "speechAct" "SpeechAct",
    "speakerPersonId" UUID,
    "speakerOrganizationId" UUID,
    "attributionText" TEXT,
    "capacityId" UUID,
    "addresseePersonId" UUID,
    "addresseeOrganizationId" UUID,
    "medium" "Medium",
    "outletId" UUID,
    "venueId" UUID,
    "date" TEXT,
    "earliest" TIMESTAMPTZ(3),
    "latest" TIMESTAMPTZ(3),

    CONSTRAINT "Statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Translation" (
    "id" UUID NOT NULL,
    "statementId" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "documentId" UUID,

    CONSTRAINT "Translation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatementTopic" (
    "id" UUID NOT NULL,
    "statementId" UUID NOT NULL,
    "eventId" UUID,
    "personId" UUID,
    "organizationId" UUID,
    "placeId" UUID,
    "statementEarliest" TIMESTAMPTZ(3),

    CONSTRAINT "StatementTopic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Appearance" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "statementId" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "printedText" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "isTranslation" BOOLEAN NOT NULL DEFAULT false,
    "relayedFromId" UUID,

    CONSTRAINT "Appearance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Citation" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "documentId" UUID NOT NULL,
    "eventId" UUID,
    "participationId" UUID,
    "membershipId" UUID,
    "eventLinkId" UUID,
    "statementLinkId" UUID,

    CONSTRAINT "Citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Span" (
    "id" UUID NOT NULL,
    "appearanceId" UUID,
    "citationId" UUID,
    "kind" "SpanKind" NOT NULL,
    "position" INTEGER NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    "exact" TEXT NOT NULL,
    "prefix" TEXT,
    "suffix" TEXT,

    CONSTRAINT "Span_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatementLink" (
    "id" UUID NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retractionReason" TEXT,
    "createdBy" TEXT,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "kind" "StatementLinkKind" NOT NULL,

    CONSTRAINT "StatementLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Name" (
    "id" UUID NOT NULL,
    "personId" UUID,
    "organizationId" UUID,
    "placeId" UUID,
    "eventId" UUID,
    "name" TEXT NOT NULL,
    "kind" "NameKind" NOT NULL,
    "language" TEXT,
    "script" TEXT,
    "startDate" TEXT,
    "endDate" TEXT,

    CONSTRAINT "Name_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identifier" (
    "id" UUID NOT NULL,
    "personId" UUID,
    "organizationId" UUID,
    "placeId" UUID,
    "eventId" UUID,
    "documentId" UUID,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "Identifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SearchEntry" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "status" "RecordStatus" NOT NULL,
    "createdBy" TEXT,
    "personId" UUID,
    "organizationId" UUID,
    "eventId" UUID,
    "statementId" UUID,
    "documentId" UUID,
    "config" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "names" TEXT,
    "vector" tsvector NOT NULL,

    CONSTRAINT "SearchEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Person_status_idx" ON "Person"("status");

-- CreateIndex
CREATE INDEX "Person_mergedIntoId_idx" ON "Person"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Person_sortName_id_idx" ON "Person"("sortName", "id");

-- CreateIndex
CREATE INDEX "Person_name_id_idx" ON "Person"("name", "id");

-- CreateIndex
CREATE INDEX "Person_gender_idx" ON "Person"("gender");

-- CreateIndex
CREATE INDEX "Person_birthEarliest_id_idx" ON "Person"("birthEarliest", "id");

-- CreateIndex
CREATE INDEX "Person_birthEarliest_latest_first" ON "Person"("birthEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Person_deathEarliest_id_idx" ON "Person"("deathEarliest", "id");

-- CreateIndex
CREATE INDEX "Person_deathEarliest_latest_first" ON "Person"("deathEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Person_createdAt_id_idx" ON "Person"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Person_updatedAt_id_idx" ON "Person"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Person_name_trgm" ON "Person" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Person_sortName_trgm" ON "Person" USING GIN ("sortName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Organization_status_idx" ON "Organization"("status");

-- CreateIndex
CREATE INDEX "Organization_mergedIntoId_idx" ON "Organization"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Organization_name_id_idx" ON "Organization"("name", "id");

-- CreateIndex
CREATE INDEX "Organization_classification_idx" ON "Organization"("classification");

-- CreateIndex
CREATE INDEX "Organization_parentId_name_id_idx" ON "Organization"("parentId", "name", "id");

-- CreateIndex
CREATE INDEX "Organization_ancestorIds_idx" ON "Organization" USING GIN ("ancestorIds");

-- CreateIndex
CREATE INDEX "Organization_foundingEarliest_id_idx" ON "Organization"("foundingEarliest", "id");

-- CreateIndex
CREATE INDEX "Organization_foundingEarliest_latest_first" ON "Organization"("foundingEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Organization_dissolutionEarliest_id_idx" ON "Organization"("dissolutionEarliest", "id");

-- CreateIndex
CREATE INDEX "Organization_dissolutionEarliest_latest_first" ON "Organization"("dissolutionEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Organization_createdAt_id_idx" ON "Organization"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Organization_updatedAt_id_idx" ON "Organization"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Organization_name_trgm" ON "Organization" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Organization_classification_trgm" ON "Organization" USING GIN ("classification" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Membership_personId_startEarliest_id_idx" ON "Membership"("personId", "startEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Membership_memberOrganizationId_startEarliest_id_idx" ON "Membership"("memberOrganizationId", "startEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Membership_organizationId_startEarliest_id_idx" ON "Membership"("organizationId", "startEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Membership_onBehalfOfId_startEarliest_id_idx" ON "Membership"("onBehalfOfId", "startEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Membership_role_trgm" ON "Membership" USING GIN ("role" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Membership_label_trgm" ON "Membership" USING GIN ("label" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Membership_role_idx" ON "Membership"("role");

-- CreateIndex
CREATE INDEX "Membership_startEarliest_id_idx" ON "Membership"("startEarliest", "id");

-- CreateIndex
CREATE INDEX "Membership_startEarliest_latest_first" ON "Membership"("startEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Membership_endEarliest_id_idx" ON "Membership"("endEarliest", "id");

-- CreateIndex
CREATE INDEX "Membership_endEarliest_latest_first" ON "Membership"("endEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Place_status_idx" ON "Place"("status");

-- CreateIndex
CREATE INDEX "Place_mergedIntoId_idx" ON "Place"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Place_name_id_idx" ON "Place"("name", "id");

-- CreateIndex
CREATE INDEX "Place_kind_idx" ON "Place"("kind");

-- CreateIndex
CREATE INDEX "Place_parentId_name_id_idx" ON "Place"("parentId", "name", "id");

-- CreateIndex
CREATE INDEX "Place_ancestorIds_idx" ON "Place" USING GIN ("ancestorIds");

-- CreateIndex
CREATE INDEX "Place_latitude_longitude_idx" ON "Place"("latitude", "longitude");

-- CreateIndex
CREATE INDEX "Place_createdAt_id_idx" ON "Place"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Place_updatedAt_id_idx" ON "Place"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Place_name_trgm" ON "Place" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Event_status_idx" ON "Event"("status");

-- CreateIndex
CREATE INDEX "Event_mergedIntoId_idx" ON "Event"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Event_type_idx" ON "Event"("type");

-- CreateIndex
CREATE INDEX "Event_mode_idx" ON "Event"("mode");

-- CreateIndex
CREATE INDEX "Event_auxiliaryMode_idx" ON "Event"("auxiliaryMode");

-- CreateIndex
CREATE INDEX "Event_classification_idx" ON "Event"("classification");

-- CreateIndex
CREATE INDEX "Event_earliest_id_idx" ON "Event"("earliest", "id");

-- CreateIndex
CREATE INDEX "Event_earliest_latest_first" ON "Event"("earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Event_latest_idx" ON "Event"("latest");

-- CreateIndex
CREATE INDEX "Event_endEarliest_id_idx" ON "Event"("endEarliest", "id");

-- CreateIndex
CREATE INDEX "Event_endEarliest_latest_first" ON "Event"("endEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Event_placeId_earliest_id_idx" ON "Event"("placeId", "earliest", "id");

-- CreateIndex
CREATE INDEX "Event_parentId_earliest_id_idx" ON "Event"("parentId", "earliest", "id");

-- CreateIndex
CREATE INDEX "Event_ancestorIds_idx" ON "Event" USING GIN ("ancestorIds");

-- CreateIndex
CREATE INDEX "Event_createdAt_id_idx" ON "Event"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Event_updatedAt_id_idx" ON "Event"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Event_titleText_trgm" ON "Event" USING GIN ("titleText" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Participation_eventId_createdAt_id_idx" ON "Participation"("eventId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Participation_personId_createdAt_id_idx" ON "Participation"("personId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Participation_organizationId_createdAt_id_idx" ON "Participation"("organizationId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Participation_eventId_personId_role_key" ON "Participation"("eventId", "personId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "Participation_eventId_organizationId_role_key" ON "Participation"("eventId", "organizationId", "role");

-- CreateIndex
CREATE INDEX "EventLink_fromId_createdAt_id_idx" ON "EventLink"("fromId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "EventLink_toId_createdAt_id_idx" ON "EventLink"("toId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "EventLink_fromId_toId_kind_key" ON "EventLink"("fromId", "toId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "Document_url_key" ON "Document"("url");

-- CreateIndex
CREATE INDEX "Document_status_idx" ON "Document"("status");

-- CreateIndex
CREATE INDEX "Document_mergedIntoId_idx" ON "Document"("mergedIntoId");

-- CreateIndex
CREATE INDEX "Document_language_idx" ON "Document"("language");

-- CreateIndex
CREATE INDEX "Document_kind_idx" ON "Document"("kind");

-- CreateIndex
CREATE INDEX "Document_sha256_idx" ON "Document"("sha256");

-- CreateIndex
CREATE INDEX "Document_publishedEarliest_id_idx" ON "Document"("publishedEarliest", "id");

-- CreateIndex
CREATE INDEX "Document_publishedEarliest_latest_first" ON "Document"("publishedEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Document_publisherId_publishedEarliest_id_idx" ON "Document"("publisherId", "publishedEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Document_derivedFromId_publishedEarliest_id_idx" ON "Document"("derivedFromId", "publishedEarliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Document_createdAt_id_idx" ON "Document"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Document_updatedAt_id_idx" ON "Document"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Document_title_trgm" ON "Document" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Document_url_trgm" ON "Document" USING GIN ("url" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Document_title_id_idx" ON "Document"("title", "id");

-- CreateIndex
CREATE INDEX "Document_title_latest_first" ON "Document"("title" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "DocumentAuthor_personId_idx" ON "DocumentAuthor"("personId");

-- CreateIndex
CREATE INDEX "DocumentAuthor_organizationId_idx" ON "DocumentAuthor"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "DocumentAuthor_documentId_position_key" ON "DocumentAuthor"("documentId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "DocumentAuthor_documentId_personId_key" ON "DocumentAuthor"("documentId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "DocumentAuthor_documentId_organizationId_key" ON "DocumentAuthor"("documentId", "organizationId");

-- CreateIndex
CREATE INDEX "Statement_status_idx" ON "Statement"("status");

-- CreateIndex
CREATE INDEX "Statement_language_idx" ON "Statement"("language");

-- CreateIndex
CREATE INDEX "Statement_originalLanguage_idx" ON "Statement"("originalLanguage");

-- CreateIndex
CREATE INDEX "Statement_quoteType_idx" ON "Statement"("quoteType");

-- CreateIndex
CREATE INDEX "Statement_speechAct_idx" ON "Statement"("speechAct");

-- CreateIndex
CREATE INDEX "Statement_medium_idx" ON "Statement"("medium");

-- CreateIndex
CREATE INDEX "Statement_earliest_id_idx" ON "Statement"("earliest", "id");

-- CreateIndex
CREATE INDEX "Statement_earliest_latest_first" ON "Statement"("earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_latest_idx" ON "Statement"("latest");

-- CreateIndex
CREATE INDEX "Statement_speakerPersonId_earliest_id_idx" ON "Statement"("speakerPersonId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_speakerOrganizationId_earliest_id_idx" ON "Statement"("speakerOrganizationId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_capacityId_earliest_id_idx" ON "Statement"("capacityId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_addresseePersonId_earliest_id_idx" ON "Statement"("addresseePersonId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_addresseeOrganizationId_earliest_id_idx" ON "Statement"("addresseeOrganizationId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_outletId_earliest_id_idx" ON "Statement"("outletId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_venueId_earliest_id_idx" ON "Statement"("venueId", "earliest" DESC NULLS LAST, "id" DESC);

-- CreateIndex
CREATE INDEX "Statement_createdAt_id_idx" ON "Statement"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Statement_updatedAt_id_idx" ON "Statement"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Statement_text_trgm" ON "Statement" USING GIN ("text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Statement_attributionText_trgm" ON "Statement" USING GIN ("attributionText" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Translation_statementId_language_idx" ON "Translation"("statementId", "language");

-- CreateIndex
CREATE INDEX "Translation_documentId_idx" ON "Translation"("documentId");

-- CreateIndex
CREATE INDEX "StatementTopic_statementId_id_idx" ON "StatementTopic"("statementId", "id");

-- CreateIndex
CREATE INDEX "StatementTopic_eventId_statementEarliest_statementId_idx" ON "StatementTopic"("eventId", "statementEarliest" DESC NULLS LAST, "statementId" DESC);

-- CreateIndex
CREATE INDEX "StatementTopic_personId_statementEarliest_statementId_idx" ON "StatementTopic"("personId", "statementEarliest" DESC NULLS LAST, "statementId" DESC);

-- CreateIndex
CREATE INDEX "StatementTopic_organizationId_statementEarliest_statementId_idx" ON "StatementTopic"("organizationId", "statementEarliest" DESC NULLS LAST, "statementId" DESC);

-- CreateIndex
CREATE INDEX "StatementTopic_placeId_statementEarliest_statementId_idx" ON "StatementTopic"("placeId", "statementEarliest" DESC NULLS LAST, "statementId" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "StatementTopic_statementId_eventId_key" ON "StatementTopic"("statementId", "eventId");

-- CreateIndex
CREATE UNIQUE INDEX "StatementTopic_statementId_personId_key" ON "StatementTopic"("statementId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "StatementTopic_statementId_organizationId_key" ON "StatementTopic"("statementId", "organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "StatementTopic_statementId_placeId_key" ON "StatementTopic"("statementId", "placeId");

-- CreateIndex
CREATE INDEX "Appearance_statementId_createdAt_id_idx" ON "Appearance"("statementId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Appearance_documentId_createdAt_id_idx" ON "Appearance"("documentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Appearance_relayedFromId_createdAt_id_idx" ON "Appearance"("relayedFromId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Appearance_statementId_documentId_key" ON "Appearance"("statementId", "documentId");

-- CreateIndex
CREATE INDEX "Citation_documentId_createdAt_id_idx" ON "Citation"("documentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Citation_eventId_createdAt_id_idx" ON "Citation"("eventId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Citation_participationId_createdAt_id_idx" ON "Citation"("participationId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Citation_membershipId_createdAt_id_idx" ON "Citation"("membershipId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Citation_eventLinkId_createdAt_id_idx" ON "Citation"("eventLinkId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Citation_statementLinkId_createdAt_id_idx" ON "Citation"("statementLinkId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Span_appearanceId_kind_position_key" ON "Span"("appearanceId", "kind", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Span_citationId_kind_position_key" ON "Span"("citationId", "kind", "position");

-- CreateIndex
CREATE INDEX "StatementLink_fromId_createdAt_id_idx" ON "StatementLink"("fromId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "StatementLink_toId_createdAt_id_idx" ON "StatementLink"("toId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StatementLink_fromId_toId_kind_key" ON "StatementLink"("fromId", "toId", "kind");

-- CreateIndex
CREATE INDEX "Name_personId_idx" ON "Name"("personId");

-- CreateIndex
CREATE INDEX "Name_organizationId_idx" ON "Name"("organizationId");

-- CreateIndex
CREATE INDEX "Name_placeId_idx" ON "Name"("placeId");

-- CreateIndex
CREATE INDEX "Name_eventId_idx" ON "Name"("eventId");

-- CreateIndex
CREATE INDEX "Name_name_trgm" ON "Name" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Name_name_idx" ON "Name"("name");

-- CreateIndex
CREATE INDEX "Identifier_personId_idx" ON "Identifier"("personId");

-- CreateIndex
CREATE INDEX "Identifier_organizationId_idx" ON "Identifier"("organizationId");

-- CreateIndex
CREATE INDEX "Identifier_placeId_idx" ON "Identifier"("placeId");

-- CreateIndex
CREATE INDEX "Identifier_eventId_idx" ON "Identifier"("eventId");

-- CreateIndex
CREATE INDEX "Identifier_documentId_idx" ON "Identifier"("documentId");

-- CreateIndex
CREATE UNIQUE INDEX "Identifier_scheme_value_key" ON "Identifier"("scheme", "value");

-- CreateIndex
CREATE INDEX "SearchEntry_personId_idx" ON "SearchEntry"("personId");

-- CreateIndex
CREATE INDEX "SearchEntry_organizationId_idx" ON "SearchEntry"("organizationId");

-- CreateIndex
CREATE INDEX "SearchEntry_eventId_idx" ON "SearchEntry"("eventId");

-- CreateIndex
CREATE INDEX "SearchEntry_statementId_idx" ON "SearchEntry"("statementId");

-- CreateIndex
CREATE INDEX "SearchEntry_documentId_idx" ON "SearchEntry"("documentId");

-- CreateIndex
CREATE INDEX "SearchEntry_vector_idx" ON "SearchEntry" USING GIN ("vector");

-- CreateIndex
CREATE INDEX "SearchEntry_names_trgm" ON "SearchEntry" USING GIN ("names" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_memberOrganizationId_fkey" FOREIGN KEY ("memberOrganizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_onBehalfOfId_fkey" FOREIGN KEY ("onBehalfOfId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Participation" ADD CONSTRAINT "Participation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventLink" ADD CONSTRAINT "EventLink_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventLink" ADD CONSTRAINT "EventLink_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_publisherId_fkey" FOREIGN KEY ("publisherId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_derivedFromId_fkey" FOREIGN KEY ("derivedFromId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentAuthor" ADD CONSTRAINT "DocumentAuthor_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentAuthor" ADD CONSTRAINT "DocumentAuthor_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentAuthor" ADD CONSTRAINT "DocumentAuthor_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_speakerPersonId_fkey" FOREIGN KEY ("speakerPersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_speakerOrganizationId_fkey" FOREIGN KEY ("speakerOrganizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_capacityId_fkey" FOREIGN KEY ("capacityId") REFERENCES "Membership"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_addresseePersonId_fkey" FOREIGN KEY ("addresseePersonId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_addresseeOrganizationId_fkey" FOREIGN KEY ("addresseeOrganizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_outletId_fkey" FOREIGN KEY ("outletId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_venueId_fkey" FOREIGN KEY ("venueId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Translation" ADD CONSTRAINT "Translation_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Translation" ADD CONSTRAINT "Translation_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementTopic" ADD CONSTRAINT "StatementTopic_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementTopic" ADD CONSTRAINT "StatementTopic_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementTopic" ADD CONSTRAINT "StatementTopic_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementTopic" ADD CONSTRAINT "StatementTopic_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementTopic" ADD CONSTRAINT "StatementTopic_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appearance" ADD CONSTRAINT "Appearance_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appearance" ADD CONSTRAINT "Appearance_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appearance" ADD CONSTRAINT "Appearance_relayedFromId_fkey" FOREIGN KEY ("relayedFromId") REFERENCES "Appearance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_participationId_fkey" FOREIGN KEY ("participationId") REFERENCES "Participation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_membershipId_fkey" FOREIGN KEY ("membershipId") REFERENCES "Membership"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_eventLinkId_fkey" FOREIGN KEY ("eventLinkId") REFERENCES "EventLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_statementLinkId_fkey" FOREIGN KEY ("statementLinkId") REFERENCES "StatementLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Span" ADD CONSTRAINT "Span_appearanceId_fkey" FOREIGN KEY ("appearanceId") REFERENCES "Appearance"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Span" ADD CONSTRAINT "Span_citationId_fkey" FOREIGN KEY ("citationId") REFERENCES "Citation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementLink" ADD CONSTRAINT "StatementLink_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementLink" ADD CONSTRAINT "StatementLink_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Name" ADD CONSTRAINT "Name_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Name" ADD CONSTRAINT "Name_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Name" ADD CONSTRAINT "Name_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Name" ADD CONSTRAINT "Name_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "Place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchEntry" ADD CONSTRAINT "SearchEntry_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchEntry" ADD CONSTRAINT "SearchEntry_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchEntry" ADD CONSTRAINT "SearchEntry_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchEntry" ADD CONSTRAINT "SearchEntry_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SearchEntry" ADD CONSTRAINT "SearchEntry_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
