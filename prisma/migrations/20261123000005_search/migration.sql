-- Full-text search. A stemmer wants the accents ("operación" and "operaciones" have one stem, "operacion"
-- another), and people leave them out. So each text is kept with the stems of its words as they stand and
-- without accents, and each query asks for either. Names are kept for search by similarity as well.

DO $$
DECLARE
  language text;
BEGIN
  FOREACH language IN ARRAY ARRAY['simple', 'french', 'english', 'spanish', 'german', 'arabic'] LOOP
    EXECUTE format('CREATE TEXT SEARCH CONFIGURATION %I (COPY = %I)', 'unaccented_' || language, language);
    EXECUTE format('ALTER TEXT SEARCH CONFIGURATION %I ALTER MAPPING FOR hword, hword_part, word WITH unaccent, %I',
      'unaccented_' || language, CASE language WHEN 'simple' THEN 'simple' ELSE language || '_stem' END);
  END LOOP;
END $$;

-- The configuration for a BCP 47 language.
CREATE FUNCTION search_config(language text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE lower(split_part(language, '-', 1))
    WHEN 'fr' THEN 'french' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish'
    WHEN 'de' THEN 'german' WHEN 'ar' THEN 'arabic' ELSE 'simple' END
$$;

CREATE FUNCTION search_vector(config text, body text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  -- Between the two stands a gap, lest the last word of one and the first of the other make a phrase.
  SELECT ts_delete(to_tsvector(config::regconfig, body) || '''·'':99'::tsvector
    || to_tsvector(('unaccented_' || config)::regconfig, body), '·')
$$;

-- The words that someone typed, in the syntax of web search engines.
CREATE FUNCTION search_query(config text, words text) RETURNS tsquery
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT websearch_to_tsquery(config::regconfig, words) || websearch_to_tsquery(('unaccented_' || config)::regconfig, words)
$$;

-- An excerpt with U+E000 and U+E001 around the words that were found, read with and without accents,
-- whichever shows more of them.
CREATE FUNCTION search_excerpt(config text, body text, words text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT excerpt FROM (VALUES (config), ('unaccented_' || config)) AS reading (config),
    LATERAL (SELECT ts_headline(reading.config::regconfig, body, search_query(search_excerpt.config, words),
      U&'StartSel="\E000", StopSel="\E001", MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "')) AS h (excerpt)
  ORDER BY length(replace(excerpt, U&'\E000', '')) - length(excerpt), reading.config LIMIT 1
$$;

-- Names as they are compared: without accents, in lower case.
CREATE FUNCTION search_name(name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT lower(unaccent(name))
$$;

-- Entries with a name similar to the words: "kazimi" and "kadhimi" have 0.36 in common. The threshold is
-- set here, so that the index serves it.
CREATE FUNCTION search_similar(words text) RETURNS TABLE (entry uuid, similarity real)
LANGUAGE sql STABLE SET pg_trgm.strict_word_similarity_threshold = 0.33 AS $$
  SELECT e.id, strict_word_similarity(search_name(words), e."names")
  FROM "SearchEntry" AS e WHERE search_name(words) <<% e."names"
$$;

-- The entries of one record of each kind, as they should be: what is searched, and how much it counts.

CREATE FUNCTION search_actor_entries(record_status "RecordStatus", record_name text, summary jsonb, other_names text)
RETURNS TABLE (status "RecordStatus", config text, body text, names text, weight "char")
LANGUAGE sql IMMUTABLE AS $$
  SELECT record_status, search_config(NULL), concat_ws(' · ', record_name, other_names), concat_ws(' ', record_name, other_names), 'A'::"char"
  UNION ALL
  SELECT record_status, search_config(s.key), s.value, NULL, 'B' FROM jsonb_each_text(summary) AS s
$$;

CREATE FUNCTION search_person_entries(record_id uuid)
RETURNS TABLE (status "RecordStatus", config text, body text, names text, weight "char")
LANGUAGE sql STABLE AS $$
  SELECT e.* FROM "Person" AS p, search_actor_entries(p."status", p."name", p."summary",
    (SELECT string_agg(n."name", ' · ' ORDER BY n.id) FROM "Name" AS n WHERE n."personId" = record_id)) AS e
  WHERE p.id = record_id
$$;

CREATE FUNCTION search_organization_entries(record_id uuid)
RETURNS TABLE (status "RecordStatus", config text, body text, names text, weight "char")
LANGUAGE sql STABLE AS $$
  SELECT e.* FROM "Organization" AS o, search_actor_entries(o."status", o."name", o."summary",
    (SELECT string_agg(n."name", ' · ' ORDER BY n.id) FROM "Name" AS n WHERE n."organizationId" = record_id)) AS e
  WHERE o.id = record_id
$$;

CREATE FUNCTION search_event_entries(record_id uuid)
RETURNS TABLE (status "RecordStatus", config text, body text, names text, weight "char")
LANGUAGE sql STABLE AS $$
  SELECT e."status", search_config(l.language), concat_ws(' — ', e."title" ->> l.language, e."description" ->> l.language), NULL, 'A'::"char"
  FROM "Event" AS e CROSS JOIN LATERAL (
    SELECT jsonb_object_keys(e."title" || coalesce(e."description", '{}'))
  ) AS l (language) WHERE e.id = record_id
  UNION ALL
  SELECT e."status", search_config(NULL), string_agg(n."name", ' · ' ORDER BY n.id), string_agg(n."name", ' ' ORDER BY n.id), 'A'
  FROM "Event" AS e JOIN "Name" AS n ON n."eventId" = e.id WHERE e.id = record_id GROUP BY e.id
$$;

CREATE FUNCTION search_statement_entries(record_id uuid)
RETURNS TABLE (status "RecordStatus", config text, body text, names text, weight "char")
LANGUAGE sql STABLE AS $$
  SELECT s."status", search_config(s."language"), s."text", NULL, 'A'::"char" FROM "Statement" AS s WHERE s.id = record_id
  UNION ALL
  SELECT s."status", search_config(t."language"), t."text", NULL, 'A'
  FROM "Statement" AS s JOIN "Translation" AS t ON t."statementId" = s.id WHERE s.id = record_id
  UNION ALL
  SELECT s."status", search_config(s."language"), s."attributionText", NULL, 'C'
  FROM "Statement" AS s WHERE s.id = record_id AND s."attributionText" IS NOT NULL
$$;

CREATE FUNCTION search_document_entries(record_id uuid)
RETURNS TABLE (status "RecordStatus", config text, body text, names text, weight "char")
LANGUAGE sql STABLE AS $$
  SELECT d."status", search_config(d."language"), d."title", NULL, 'A'::"char" FROM "Document" AS d WHERE d.id = record_id AND d."title" IS NOT NULL
  UNION ALL
  -- A vector holds a megabyte at most: of a longer text the beginning is searched.
  SELECT d."status", search_config(d."language"), left(d."text", 250000), NULL, 'B'
  FROM "Document" AS d WHERE d.id = record_id AND d."text" IS NOT NULL
$$;

-- Each kind has a trigger function with statements of its own, whose plans are kept: a text is searched
-- a moment after it was written, and that must cost little when a million are.
DO $$
DECLARE
  model text;
BEGIN
  FOREACH model IN ARRAY ARRAY['Person', 'Organization', 'Event', 'Statement', 'Document'] LOOP
    EXECUTE format($function$
      CREATE FUNCTION %2$I(record_id uuid, is_new boolean) RETURNS void LANGUAGE plpgsql AS $body$
      BEGIN
        IF NOT is_new THEN
          DELETE FROM "SearchEntry" WHERE %3$I = record_id;
        END IF;
        INSERT INTO "SearchEntry" (%3$I, "status", "createdBy", "config", "text", "names", "vector")
        SELECT record_id, e.status, (SELECT r."createdBy" FROM %1$I AS r WHERE r.id = record_id), e.config, e.body, search_name(e.names), setweight(search_vector(e.config, e.body), e.weight)
        FROM %4$I(record_id) AS e;
      END $body$
    $function$, model, 'keep_' || lower(model) || '_entries', lower(model) || 'Id', 'search_' || lower(model) || '_entries');
    EXECUTE format($function$
      CREATE FUNCTION %1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
      BEGIN
        PERFORM %2$I(NEW.id, TG_OP = 'INSERT');
        RETURN NULL;
      END $body$
    $function$, 'keep_search_of_' || lower(model), 'keep_' || lower(model) || '_entries');
    EXECUTE format('CREATE TRIGGER keep_search_entries AFTER INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION %I()',
      model, 'keep_search_of_' || lower(model));
  END LOOP;
END $$;

CREATE FUNCTION keep_search_of_name() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM keep_person_entries(OLD."personId", false) WHERE OLD."personId" IS NOT NULL;
    PERFORM keep_organization_entries(OLD."organizationId", false) WHERE OLD."organizationId" IS NOT NULL;
    PERFORM keep_event_entries(OLD."eventId", false) WHERE OLD."eventId" IS NOT NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM keep_person_entries(NEW."personId", false) WHERE NEW."personId" IS NOT NULL;
    PERFORM keep_organization_entries(NEW."organizationId", false) WHERE NEW."organizationId" IS NOT NULL;
    PERFORM keep_event_entries(NEW."eventId", false) WHERE NEW."eventId" IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_search_entries AFTER INSERT OR UPDATE OR DELETE ON "Name" FOR EACH ROW EXECUTE FUNCTION keep_search_of_name();

CREATE FUNCTION keep_search_of_translation() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM keep_statement_entries(OLD."statementId", false);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM keep_statement_entries(NEW."statementId", false);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_search_entries AFTER INSERT OR UPDATE OR DELETE ON "Translation" FOR EACH ROW EXECUTE FUNCTION keep_search_of_translation();
