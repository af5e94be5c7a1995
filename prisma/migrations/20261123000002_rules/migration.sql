-- What PostgreSQL can keep of the rules of the record, and Prisma's language cannot say.

-- Values ---------------------------------------------------------------------

-- The shape of a BCP 47 tag; whether it is registered is checked on writing.
CREATE FUNCTION is_language(tag text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT tag ~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'
$$;

-- { "<BCP 47 language>": "<text>" }, with one text at least.
CREATE FUNCTION is_localized(value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value IS NULL OR CASE WHEN jsonb_typeof(value) <> 'object' OR value = '{}' THEN false
  ELSE NOT EXISTS (
    SELECT FROM jsonb_each(value) AS entry
    WHERE NOT is_language(entry.key)
      OR jsonb_typeof(entry.value) <> 'string'
      OR btrim(entry.value #>> '{}') = '')
  END;

-- A date as EDTF, and the instants between which it lies. No date has no instants;
-- an open or unknown side of an interval has none on that side.
CREATE FUNCTION is_dated(date text, earliest timestamptz, latest timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN date IS NULL THEN num_nonnulls(earliest, latest) = 0
    ELSE date <> '' AND coalesce(earliest <= latest, true) END
$$;

CREATE FUNCTION utf16_length(value text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT char_length(value) + char_length(regexp_replace(value, '[^\U00010000-\U0010FFFF]', '', 'g'))
$$;

-- Checks ---------------------------------------------------------------------

DO $$
DECLARE
  record_table text;
BEGIN
  FOREACH record_table IN ARRAY ARRAY['Person', 'Organization', 'Membership', 'Place', 'Event', 'Participation',
    'EventLink', 'Document', 'Statement', 'Appearance', 'Citation', 'StatementLink'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (("status" = ''RETRACTED'') = (coalesce(btrim("retractionReason"), '''') <> ''''))',
      record_table, record_table || '_retracted_with_reason');
  END LOOP;
END $$;

ALTER TABLE "Person"
  ADD CONSTRAINT "Person_named" CHECK (btrim("name") <> '' AND btrim("sortName") <> ''),
  ADD CONSTRAINT "Person_summary_localized" CHECK (is_localized("summary")),
  ADD CONSTRAINT "Person_birth_dated" CHECK (is_dated("birthDate", "birthEarliest", "birthLatest")),
  ADD CONSTRAINT "Person_death_dated" CHECK (is_dated("deathDate", "deathEarliest", "deathLatest")),
  ADD CONSTRAINT "Person_born_before_death" CHECK ("birthEarliest" <= "deathLatest");

ALTER TABLE "Organization"
  ADD CONSTRAINT "Organization_named" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Organization_summary_localized" CHECK (is_localized("summary")),
  ADD CONSTRAINT "Organization_founding_dated" CHECK (is_dated("foundingDate", "foundingEarliest", "foundingLatest")),
  ADD CONSTRAINT "Organization_dissolution_dated" CHECK (is_dated("dissolutionDate", "dissolutionEarliest", "dissolutionLatest")),
  ADD CONSTRAINT "Organization_founded_before_dissolved" CHECK ("foundingEarliest" <= "dissolutionLatest");

ALTER TABLE "Membership"
  ADD CONSTRAINT "Membership_one_member" CHECK (num_nonnulls("personId", "memberOrganizationId") = 1),
  ADD CONSTRAINT "Membership_not_of_itself" CHECK ("memberOrganizationId" <> "organizationId"),
  ADD CONSTRAINT "Membership_start_dated" CHECK (is_dated("startDate", "startEarliest", "startLatest")),
  ADD CONSTRAINT "Membership_end_dated" CHECK (is_dated("endDate", "endEarliest", "endLatest")),
  ADD CONSTRAINT "Membership_starts_before_end" CHECK ("startEarliest" <= "endLatest");

ALTER TABLE "Place"
  ADD CONSTRAINT "Place_named" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Place_on_earth" CHECK ("latitude" BETWEEN -90 AND 90 AND "longitude" BETWEEN -180 AND 180),
  ADD CONSTRAINT "Place_both_coordinates" CHECK (num_nonnulls("latitude", "longitude") <> 1),
  ADD CONSTRAINT "Place_precision_of_coordinates" CHECK ("precision" IS NULL OR "latitude" IS NOT NULL);

ALTER TABLE "Event"
  ADD CONSTRAINT "Event_title_localized" CHECK (is_localized("title")),
  ADD CONSTRAINT "Event_description_localized" CHECK (is_localized("description")),
  ADD CONSTRAINT "Event_dated" CHECK (is_dated("date", "earliest", "latest")),
  ADD CONSTRAINT "Event_end_dated" CHECK (is_dated("endDate", "endEarliest", "endLatest")),
  ADD CONSTRAINT "Event_starts_before_end" CHECK ("earliest" <= "endLatest"),
  ADD CONSTRAINT "Event_mode_of_type" CHECK ("mode" IS NULL OR coalesce(CASE "type"
    WHEN 'CONSULT' THEN "mode" IN ('VISIT', 'THIRD_PARTY', 'MULTILATERAL', 'PHONE')
    WHEN 'RETREAT' THEN "mode" IN ('WITHDRAW', 'RELEASE', 'DISARM', 'CEASEFIRE', 'ACCESS', 'RESIGN')
    WHEN 'REQUEST' THEN "mode" IN ('ASSIST', 'CHANGE', 'YIELD', 'MEET')
    WHEN 'REJECT' THEN "mode" IN ('ASSIST', 'CHANGE', 'YIELD', 'MEET')
    WHEN 'ACCUSE' THEN "mode" IN ('DISAPPROVE', 'INVESTIGATE', 'ALLEGE')
    WHEN 'THREATEN' THEN "mode" IN ('RESTRICT', 'ARREST', 'RELATIONS', 'EXPEL', 'TERRITORY', 'VIOLENCE')
    WHEN 'PROTEST' THEN "mode" IN ('DEMO', 'RIOT', 'STRIKE', 'HUNGER', 'BOYCOTT', 'OBSTRUCT', 'VANDALIZE')
    WHEN 'SANCTION' THEN "mode" IN ('CONVICT', 'EXPEL', 'WITHDRAW', 'DISCONTINUE')
    WHEN 'MOBILIZE' THEN "mode" IN ('TROOPS', 'WEAPONS', 'POLICE', 'MILITIA')
    WHEN 'COERCE' THEN "mode" IN ('SEIZE', 'RESTRICT', 'CENSOR', 'CURFEW', 'MARTIAL_LAW', 'ARREST', 'DEPORT',
      'WITHHOLD', 'MISINFORMATION', 'CYBER')
    WHEN 'ASSAULT' THEN "mode" IN ('ABDUCT', 'BEAT', 'TORTURE', 'SEXUAL', 'TARGETED', 'DESTROY', 'PRIMITIVE',
      'FIREARMS', 'EXPLOSIVES', 'SUICIDE_ATTACK', 'AERIAL', 'DRONE', 'HEAVY_WEAPONS', 'CROWD_CONTROL', 'UNCONVENTIONAL')
    END, false));

ALTER TABLE "Participation"
  ADD CONSTRAINT "Participation_one_participant" CHECK (num_nonnulls("personId", "organizationId") = 1);

ALTER TABLE "EventLink"
  ADD CONSTRAINT "EventLink_not_to_itself" CHECK ("fromId" <> "toId");

ALTER TABLE "StatementLink"
  ADD CONSTRAINT "StatementLink_not_to_itself" CHECK ("fromId" <> "toId");

ALTER TABLE "Document"
  ADD CONSTRAINT "Document_language" CHECK (is_language("language")),
  ADD CONSTRAINT "Document_published_dated" CHECK (is_dated("publishedAt", "publishedEarliest", "publishedLatest")),
  ADD CONSTRAINT "Document_identified" CHECK (num_nonnulls("url", "title") > 0),
  ADD CONSTRAINT "Document_sha256_of_text" CHECK ("sha256" IS NOT DISTINCT FROM encode(sha256(convert_to("text", 'UTF8')), 'hex'));

ALTER TABLE "DocumentAuthor"
  ADD CONSTRAINT "DocumentAuthor_one_author" CHECK (num_nonnulls("personId", "organizationId") = 1),
  ADD CONSTRAINT "DocumentAuthor_position" CHECK ("position" >= 0);

ALTER TABLE "Statement"
  ADD CONSTRAINT "Statement_worded" CHECK (btrim("text") <> ''),
  ADD CONSTRAINT "Statement_languages" CHECK (is_language("language") AND coalesce(is_language("originalLanguage"), true)),
  ADD CONSTRAINT "Statement_original_of_translation" CHECK ("isTranslation" OR "originalLanguage" IS NULL),
  ADD CONSTRAINT "Statement_one_speaker_at_most" CHECK (num_nonnulls("speakerPersonId", "speakerOrganizationId") <= 1),
  ADD CONSTRAINT "Statement_attributed" CHECK (num_nonnulls("speakerPersonId", "speakerOrganizationId", nullif(btrim("attributionText"), '')) > 0),
  ADD CONSTRAINT "Statement_one_addressee_at_most" CHECK (num_nonnulls("addresseePersonId", "addresseeOrganizationId") <= 1),
  ADD CONSTRAINT "Statement_dated" CHECK (is_dated("date", "earliest", "latest"));

ALTER TABLE "Translation"
  ADD CONSTRAINT "Translation_worded" CHECK (btrim("text") <> ''),
  ADD CONSTRAINT "Translation_language" CHECK (is_language("language"));

ALTER TABLE "StatementTopic"
  ADD CONSTRAINT "StatementTopic_one_subject" CHECK (num_nonnulls("eventId", "personId", "organizationId", "placeId") = 1);

ALTER TABLE "Appearance"
  ADD CONSTRAINT "Appearance_worded" CHECK (btrim("printedText") <> ''),
  ADD CONSTRAINT "Appearance_language" CHECK (is_language("language"));

ALTER TABLE "Citation"
  ADD CONSTRAINT "Citation_one_fact" CHECK (num_nonnulls("eventId", "participationId", "membershipId", "eventLinkId", "statementLinkId") = 1);

ALTER TABLE "Span"
  ADD CONSTRAINT "Span_one_owner" CHECK (num_nonnulls("appearanceId", "citationId") = 1),
  ADD CONSTRAINT "Span_kind_of_owner" CHECK (("citationId" IS NOT NULL) = ("kind" = 'EVIDENCE')),
  ADD CONSTRAINT "Span_position" CHECK ("position" >= 0),
  ADD CONSTRAINT "Span_exact" CHECK ("exact" <> ''),
  ADD CONSTRAINT "Span_place" CHECK (num_nonnulls("start", "end") <> 1 AND "start" >= 0 AND "end" - "start" = utf16_length("exact"));

ALTER TABLE "Name"
  ADD CONSTRAINT "Name_one_owner" CHECK (num_nonnulls("personId", "organizationId", "placeId", "eventId") = 1),
  ADD CONSTRAINT "Name_named" CHECK (btrim("name") <> ''),
  ADD CONSTRAINT "Name_language" CHECK (is_language("language")),
  ADD CONSTRAINT "Name_script" CHECK ("script" ~ '^[A-Z][a-z]{3}$'),
  ADD CONSTRAINT "Name_dated" CHECK (coalesce("startDate" <> '', true) AND coalesce("endDate" <> '', true));

ALTER TABLE "Identifier"
  ADD CONSTRAINT "Identifier_one_owner" CHECK (num_nonnulls("personId", "organizationId", "placeId", "eventId", "documentId") = 1),
  ADD CONSTRAINT "Identifier_scheme" CHECK ("scheme" ~ '^[a-z][a-z0-9._-]*$'),
  ADD CONSTRAINT "Identifier_value" CHECK (btrim("value") <> '');

ALTER TABLE "SearchEntry"
  ADD CONSTRAINT "SearchEntry_one_record" CHECK (num_nonnulls("personId", "organizationId", "eventId", "statementId", "documentId") = 1);

DO $$
DECLARE
  record_table text;
BEGIN
  FOREACH record_table IN ARRAY ARRAY['Person', 'Organization', 'Place', 'Event', 'Document'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (("status" = ''MERGED'') = ("mergedIntoId" IS NOT NULL) AND "mergedIntoId" <> id)',
      record_table, record_table || '_merged_into_another');
  END LOOP;
  FOREACH record_table IN ARRAY ARRAY['Membership', 'Participation', 'EventLink', 'Statement', 'Appearance', 'Citation', 'StatementLink'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK ("status" <> ''MERGED'')', record_table, record_table || '_not_merged');
  END LOOP;
END $$;

-- Hierarchies ----------------------------------------------------------------

-- Keeps "ancestorIds", and so no event, place or organization is its own ancestor.
-- Rows may be added below a parent side by side; a move waits for them, and they for it.
CREATE FUNCTION keep_ancestors() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  above uuid[];
  hierarchy CONSTANT bigint := hashtextextended(TG_TABLE_NAME || '.ancestorIds', 0);
BEGIN
  IF TG_OP = 'UPDATE' AND NEW."parentId" IS NOT DISTINCT FROM OLD."parentId" AND pg_trigger_depth() = 1 THEN
    NEW."ancestorIds" := OLD."ancestorIds";
    RETURN NEW;
  END IF;
  IF NEW."parentId" IS NULL AND TG_OP = 'INSERT' THEN
    NEW."ancestorIds" := '{}';
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_advisory_xact_lock_shared(hierarchy);
  ELSE
    PERFORM pg_advisory_xact_lock(hierarchy);
  END IF;
  IF NEW."parentId" IS NULL THEN
    NEW."ancestorIds" := '{}';
    RETURN NEW;
  END IF;
  EXECUTE format('SELECT "ancestorIds" FROM %I WHERE id = $1', TG_TABLE_NAME) INTO above USING NEW."parentId";
  NEW."ancestorIds" := array_prepend(NEW."parentId", coalesce(above, '{}'));
  IF NEW.id = ANY (NEW."ancestorIds") THEN
    RAISE EXCEPTION 'The % would be its own ancestor.', lower(TG_TABLE_NAME)
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_its_own_ancestor', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION pass_ancestors_on() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE %I SET "parentId" = "parentId" WHERE "parentId" = $1', TG_TABLE_NAME) USING NEW.id;
  RETURN NULL;
END $$;

DO $$
DECLARE
  hierarchy text;
BEGIN
  FOREACH hierarchy IN ARRAY ARRAY['Organization', 'Place', 'Event'] LOOP
    EXECUTE format('CREATE TRIGGER keep_ancestors BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION keep_ancestors()', hierarchy);
    EXECUTE format('CREATE TRIGGER pass_ancestors_on AFTER UPDATE ON %I FOR EACH ROW WHEN (OLD."ancestorIds" IS DISTINCT FROM NEW."ancestorIds") EXECUTE FUNCTION pass_ancestors_on()', hierarchy);
  END LOOP;
END $$;

-- A document is not taken from itself, nor an appearance relayed from itself, however far round.
CREATE FUNCTION refuse_circle() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  source CONSTANT text := TG_ARGV[0];
  closes boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_NAME || '.' || source, 0));
  EXECUTE format('WITH RECURSIVE above AS (
      SELECT id, %2$I AS source FROM %1$I WHERE id = $1
      UNION SELECT t.id, t.%2$I FROM %1$I AS t JOIN above ON t.id = above.source
    ) SELECT EXISTS (SELECT FROM above WHERE id = $2)', TG_TABLE_NAME, source)
    INTO closes USING (to_jsonb(NEW) ->> source)::uuid, NEW.id;
  IF closes THEN
    RAISE EXCEPTION 'The % would be taken from itself.', lower(TG_TABLE_NAME)
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_from_itself', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

-- A new row cannot close a circle, since nothing points at it yet, unless it names itself.
ALTER TABLE "Document" ADD CONSTRAINT "Document_not_from_itself" CHECK ("derivedFromId" <> id);
ALTER TABLE "Appearance" ADD CONSTRAINT "Appearance_not_from_itself" CHECK ("relayedFromId" <> id);
CREATE TRIGGER refuse_circle BEFORE UPDATE OF "derivedFromId" ON "Document" FOR EACH ROW
  WHEN (NEW."derivedFromId" IS NOT NULL AND NEW."derivedFromId" IS DISTINCT FROM OLD."derivedFromId")
  EXECUTE FUNCTION refuse_circle('derivedFromId');
CREATE TRIGGER refuse_circle BEFORE UPDATE OF "relayedFromId" ON "Appearance" FOR EACH ROW
  WHEN (NEW."relayedFromId" IS NOT NULL AND NEW."relayedFromId" IS DISTINCT FROM OLD."relayedFromId")
  EXECUTE FUNCTION refuse_circle('relayedFromId');

-- Between records -------------------------------------------------------------

-- A capacity is a place that the speaker holds.
CREATE FUNCTION check_capacity() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Membership" AS m WHERE m.id = NEW."capacityId"
    AND (m."personId" = NEW."speakerPersonId" OR m."memberOrganizationId" = NEW."speakerOrganizationId")) THEN
    RAISE EXCEPTION 'The capacity is not a membership of the speaker.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'Statement_capacity_of_speaker', TABLE = 'Statement';
  END IF;
  RETURN NULL;
END $$;
-- Deferrable, so that what was done can be undone in the opposite order.
CREATE CONSTRAINT TRIGGER check_capacity AFTER INSERT OR UPDATE OF "capacityId", "speakerPersonId", "speakerOrganizationId" ON "Statement"
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (NEW."capacityId" IS NOT NULL) EXECUTE FUNCTION check_capacity();

-- A membership stays with its member, since statements name it as their speaker's capacity.
CREATE FUNCTION refuse_new_member() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "Statement" AS s WHERE s."capacityId" = NEW.id
    AND (s."speakerPersonId" IS DISTINCT FROM NEW."personId" OR s."speakerOrganizationId" IS DISTINCT FROM NEW."memberOrganizationId")) THEN
    RAISE EXCEPTION 'Statements were made in this capacity by another speaker.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'Statement_capacity_of_speaker', TABLE = 'Membership';
  END IF;
  RETURN NULL;
END $$;
-- Deferred, so that a member and its statements can move in one transaction.
CREATE CONSTRAINT TRIGGER refuse_new_member AFTER UPDATE ON "Membership" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD."personId" IS DISTINCT FROM NEW."personId" OR OLD."memberOrganizationId" IS DISTINCT FROM NEW."memberOrganizationId")
  EXECUTE FUNCTION refuse_new_member();

-- What is relayed is the same statement.
CREATE FUNCTION check_relay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Appearance" AS a WHERE a.id = NEW."relayedFromId" AND a."statementId" = NEW."statementId") THEN
    RAISE EXCEPTION 'An appearance is relayed from another appearance of the same statement.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'Appearance_relays_same_statement', TABLE = 'Appearance';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_relay AFTER INSERT OR UPDATE OF "relayedFromId", "statementId" ON "Appearance"
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (NEW."relayedFromId" IS NOT NULL) EXECUTE FUNCTION check_relay();

-- Deferred, so that an appearance and what relays it can move in one transaction.
CREATE FUNCTION check_relayed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "Appearance" AS a WHERE a."relayedFromId" = NEW.id AND a."statementId" <> NEW."statementId") THEN
    RAISE EXCEPTION 'Appearances of another statement are relayed from this one.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'Appearance_relays_same_statement', TABLE = 'Appearance';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_relayed AFTER UPDATE ON "Appearance" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD."statementId" IS DISTINCT FROM NEW."statementId") EXECUTE FUNCTION check_relayed();

-- Derived columns --------------------------------------------------------------

CREATE FUNCTION keep_title_text() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW."titleText" := (SELECT string_agg(entry.value, E'\n' ORDER BY entry.key) FROM jsonb_each_text(NEW."title") AS entry);
  RETURN NEW;
END $$;
CREATE TRIGGER keep_title_text BEFORE INSERT OR UPDATE ON "Event" FOR EACH ROW
  WHEN (is_localized(NEW."title")) EXECUTE FUNCTION keep_title_text();

-- A topic keeps when its statement was said, so that an index gives what is about something in that order.
CREATE FUNCTION keep_topic_earliest() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW."statementEarliest" := (SELECT s."earliest" FROM "Statement" AS s WHERE s.id = NEW."statementId");
  RETURN NEW;
END $$;
CREATE TRIGGER keep_topic_earliest BEFORE INSERT OR UPDATE ON "StatementTopic" FOR EACH ROW EXECUTE FUNCTION keep_topic_earliest();

CREATE FUNCTION pass_earliest_on() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "StatementTopic" SET "statementEarliest" = NEW."earliest" WHERE "statementId" = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER pass_earliest_on AFTER UPDATE ON "Statement" FOR EACH ROW
  WHEN (OLD."earliest" IS DISTINCT FROM NEW."earliest") EXECUTE FUNCTION pass_earliest_on();
