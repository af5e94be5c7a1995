-- CreateTable
CREATE TABLE "Merge" (
    "id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "survivorId" UUID NOT NULL,
    "duplicateId" UUID NOT NULL,
    "by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "transaction" TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "stayed" JSONB NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),
    "undoneBy" TEXT,

    CONSTRAINT "Merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotSame" (
    "one" UUID NOT NULL,
    "other" UUID NOT NULL,
    "by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "NotSame_pkey" PRIMARY KEY ("one","other")
);

-- CreateTable
CREATE TABLE "ComparedName" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "model" TEXT NOT NULL,
    "recordId" UUID NOT NULL,
    "nameId" UUID,
    "name" TEXT NOT NULL,
    "plain" TEXT NOT NULL,
    "sound" TEXT NOT NULL,
    "script" TEXT NOT NULL,
    "keys" TEXT[],

    CONSTRAINT "ComparedName_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Merge_survivorId_first_idx" ON "Merge"("survivorId", "first");

-- CreateIndex
CREATE INDEX "Merge_duplicateId_first_idx" ON "Merge"("duplicateId", "first");

-- CreateIndex
CREATE INDEX "NotSame_other_idx" ON "NotSame"("other");

-- CreateIndex
CREATE INDEX "ComparedName_recordId_idx" ON "ComparedName"("recordId");

-- CreateIndex
CREATE INDEX "ComparedName_nameId_idx" ON "ComparedName"("nameId");

-- CreateIndex
CREATE INDEX "ComparedName_plain_trgm" ON "ComparedName" USING GIN ("plain" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "ComparedName_keys_idx" ON "ComparedName" USING GIN ("keys");

-- What the Prisma schema can't say ----------------------------------------------

-- A pair is remembered once, however it was named.
ALTER TABLE "NotSame" ADD CONSTRAINT "NotSame_in_order" CHECK ("one" < "other");

-- Names as they are compared ------------------------------------------------------

-- Without case, accents, vowel marks and what stands between words; Arabic letters that are written in
-- several ways in one of them.
CREATE FUNCTION plain_name(name text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    regexp_replace(
      translate(lower(unaccent(normalize(name, NFKC))), 'أإآٱىیةکؤئё', 'ااااييهكويе'),
      U&'[\0610-\061A\064B-\065F\0670\0640\0300-\036F''’ʼʻʿʾ`´]', '', 'g'),
    U&'[\0001-\002F\003A-\0040\005B-\0060\007B-\00BF\060C\061B\061F\066A-\066D\2000-\206F\3000-\3003]+', ' ', 'g'))
$$;

-- How the words of a name sound, roughly: their consonants in Latin letters, of which some stand for
-- several that different romanizations or scripts don't tell apart (B also P; F also V and a W that a word
-- starts with; H also KH; J also SH, CH and ZH; K also Q; S also Z and DH). So Mustafa al-Kadhimi,
-- Мустафа аль-Казими and مصطفى الكاظمي are all MSTF KSM. Articles and particles don't count.
CREATE FUNCTION name_sound(plain text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  t text := ' ' || plain || ' ';
BEGIN
  t := regexp_replace(t, ' (abd|abed|абд|عبد) ?(ul|al|el|ur|ar|er|ул|аль|ал|эль|ель|ال)?(?=[^ ]{3}| )', ' abd ', 'g');
  t := regexp_replace(t, ' (al|el|ul|as|ash|ar|er|at|an|ad|az|аль|ал|эль|ас|аш|ар|эр|ат|ан|ад|аз|αλ|ελ|bin|ibn|ben|bint|بن|ابن|бин|ибн|the|of|and|de|la|le|les|du|des|di|da|von|van|der|den)(?= )', '', 'g');
  t := regexp_replace(t, ' (?:ال|al(?=[^aeiou ])|аль|αλ(?=[^αεηιουω ]))(?=[^ ]{3})', ' ', 'g');
  IF t ~ '[a-z]' THEN
    t := regexp_replace(t, 'tsch|tch|sch|sh|ch|dzh|zh|dj|j', 'J', 'g');
    t := replace(replace(replace(replace(replace(t, 'kh', 'H'), 'gh', 'G'), 'ph', 'F'), 'th', 'T'), 'dh', 'S');
    t := regexp_replace(replace(t, 'x', 'KS'), 'c(?=[eiy])', 'S', 'g');
    t := regexp_replace(t, ' w', ' F', 'g');
    t := translate(t, 'bpdfvghkqclmnrsztaeiouyw', 'BBDFFGHKKKLMNRSST');
  END IF;
  IF t ~ '[а-яѐ-џґ]' THEN
    t := replace(replace(t, 'дж', 'J'), 'ц', 'TS');
    t := translate(t, 'бпвфгґдђжзѕклљмнњрстћхчшщџаеиоуыэюяйьъіїєўј', 'BBFFGGDJJSSKLLMNNRSTJHJJJJ');
  END IF;
  IF t ~ '[α-ω]' THEN
    t := replace(replace(replace(replace(replace(t, 'ντ', 'D'), 'μπ', 'B'), 'γκ', 'G'), 'ξ', 'KS'), 'ψ', 'BS');
    t := translate(t, 'βγδζθκλμνπρσςτφχαεηιουω', 'FGDSTKLMNBRSSTFH');
  END IF;
  IF t ~ '[ء-ي]' THEN
    t := regexp_replace(regexp_replace(t, ' و', ' F', 'g'), 'ه(?= )', '', 'g');
    t := translate(t, 'بپتثجچژشحخهدضذزظسصطرغگفقكلمنعءاوي', 'BBTTJJJJHHHDDSSSSSTRGGFKKLMN');
  END IF;
  -- An H at the end of a word is written or not; a doubled letter too.
  t := regexp_replace(regexp_replace(t, 'H(?= )', '', 'g'), '([A-Z])\1+', '\1', 'g');
  RETURN btrim(regexp_replace(t, ' +', ' ', 'g'));
END $$;

-- The script of a name: the first one of its letters.
CREATE FUNCTION name_script(plain text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN plain ~ '[a-z]' THEN 'Latn' WHEN plain ~ '[ء-ي]' THEN 'Arab' WHEN plain ~ '[а-яѐ-џґ]' THEN 'Cyrl'
  WHEN plain ~ '[α-ω]' THEN 'Grek' ELSE '' END;

-- What two names have in common that are worth comparing: the sound of a word, and how another begins or
-- ends. Of a long title its four longest words count.
CREATE FUNCTION name_keys(plain text, sound text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  words CONSTANT text[] := ARRAY(
    SELECT DISTINCT w.word FROM unnest(string_to_array(CASE sound WHEN '' THEN plain ELSE sound END, ' ')) AS w (word));
  longest CONSTANT text[] := ARRAY(SELECT w.word FROM unnest(words) AS w (word) ORDER BY length(w.word) DESC, w.word LIMIT 4);
BEGIN
  RETURN CASE WHEN cardinality(longest) = 1 THEN longest
    ELSE ARRAY(
      SELECT DISTINCT a || ' ' || part AS key FROM unnest(longest) AS a, unnest(longest) AS b,
        LATERAL (VALUES (left(b, 2) || '…'), (CASE WHEN length(b) > 2 THEN '…' || right(b, 2) END)) AS p (part)
      WHERE b <> a AND part IS NOT NULL ORDER BY key) END;
END $$;

-- How alike two names are, from 0 to 1, when their letters and their sounds are so similar. In one script the
-- letters must support what the sound says; of very few sounds only the same ones in two scripts say anything.
CREATE FUNCTION name_likeness(letters float8, sounds float8, one "ComparedName", other "ComparedName") RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN greatest(letters, CASE
  WHEN one."script" = other."script" AND letters < 0.3 THEN 0
  WHEN least(length(one."sound"), length(other."sound")) >= 4 THEN 0.95 * sounds
  WHEN one."sound" = other."sound" AND one."sound" <> '' AND one."script" <> other."script" THEN 0.7
  ELSE 0 END);

-- Not a function of SQL, which would be planned anew each time.
CREATE FUNCTION compare_name(model text, record_id uuid, name_id uuid, name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  plain CONSTANT text := plain_name(name);
  sound CONSTANT text := name_sound(plain);
BEGIN
  INSERT INTO "ComparedName" ("model", "recordId", "nameId", "name", "plain", "sound", "script", "keys")
  SELECT model, record_id, name_id, name, plain, sound, name_script(plain), name_keys(plain, sound) WHERE plain <> '';
END $$;

-- A record's own name, in each language where it has several.
CREATE FUNCTION keep_compared_names() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  -- The name of a table has the collation C, with which only ASCII has lower case.
  model CONSTANT text := TG_TABLE_NAME;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM "ComparedName" WHERE "recordId" = OLD.id AND "nameId" IS NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN NULL;
  ELSIF TG_TABLE_NAME = 'Event' THEN
    PERFORM compare_name('Event', NEW.id, NULL, t.value) FROM jsonb_each_text(NEW."title") AS t;
  ELSIF TG_TABLE_NAME = 'Document' THEN
    PERFORM compare_name('Document', NEW.id, NULL, NEW."title") WHERE NEW."title" IS NOT NULL;
  ELSE
    PERFORM compare_name(model, NEW.id, NULL, NEW."name");
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  named record;
BEGIN
  FOR named IN SELECT * FROM (VALUES ('Person', 'name'), ('Organization', 'name'), ('Place', 'name'), ('Event', 'title'), ('Document', 'title')) AS t (model, name) LOOP
    EXECUTE format('CREATE TRIGGER keep_compared_names AFTER INSERT OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION keep_compared_names()', named.model);
    EXECUTE format('CREATE TRIGGER keep_compared_names_of_changed AFTER UPDATE ON %1$I FOR EACH ROW
      WHEN (OLD.%2$I IS DISTINCT FROM NEW.%2$I) EXECUTE FUNCTION keep_compared_names()', named.model, named.name);
  END LOOP;
END $$;

CREATE FUNCTION keep_compared_name() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM "ComparedName" WHERE "nameId" = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM compare_name(
      CASE WHEN NEW."personId" IS NOT NULL THEN 'Person' WHEN NEW."organizationId" IS NOT NULL THEN 'Organization'
        WHEN NEW."placeId" IS NOT NULL THEN 'Place' ELSE 'Event' END,
      coalesce(NEW."personId", NEW."organizationId", NEW."placeId", NEW."eventId"), NEW.id, NEW."name");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_compared_name AFTER INSERT OR UPDATE OR DELETE ON "Name" FOR EACH ROW EXECUTE FUNCTION keep_compared_name();

-- Names of other records that are worth comparing with those of one, by the indexes. The threshold is set
-- here, so that the index serves it.
CREATE FUNCTION names_near(of_model text, of_record uuid) RETURNS TABLE (one uuid, other uuid)
LANGUAGE sql STABLE SET pg_trgm.similarity_threshold = 0.3 AS $$
  SELECT a.id, b.id FROM "ComparedName" AS a JOIN "ComparedName" AS b
    ON (b."plain" % a."plain" OR b."keys" && a."keys") AND b."model" = a."model" AND b."recordId" <> a."recordId"
  WHERE a."recordId" = of_record AND a."model" = of_model
$$;

-- Other things that two records may have in common --------------------------------------

-- A web address without what makes no difference as a rule: the scheme, www., a slash at the end, the
-- fragment, and the parameters that campaigns add.
CREATE FUNCTION plain_url(url text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower((regexp_match(bare, '^[^/?]*'))[1]) || regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    substr(bare, length((regexp_match(bare, '^[^/?]*'))[1]) + 1),
    '([?&])(utm_[^&=]*(=[^&]*)?(&|$))+', '\1', 'gi'), '[?&]$', ''), '/(?=\?|$)', ''), '/$', '')
  FROM regexp_replace(regexp_replace(url, '^https?://(www\.)?', '', 'i'), '#.*$', '') AS bare
$$;

CREATE INDEX "Document_plain_url" ON "Document" (plain_url("url"));
CREATE INDEX "Identifier_scheme_plain_value" ON "Identifier" ("scheme", lower("value"));

-- The past shows these tables too.
SELECT history.renew();
