-- Every change to every record, written in the transaction that makes it. The table stands in a
-- schema of its own, where no client of the data model can write; the model reads it through a view.

CREATE SCHEMA history;

CREATE TABLE history.revision (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "recordId" uuid NOT NULL,
  "model" text NOT NULL,
  "rowId" uuid NOT NULL,
  "number" integer,
  "status" "RecordStatus",
  "action" "RevisionAction" NOT NULL,
  "before" jsonb,
  "after" jsonb,
  "by" text,
  "at" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- What was done in one transaction is one change. When it began tells it from one of the same number
  -- on a server that the record was copied from.
  "transaction" xid8 NOT NULL DEFAULT pg_current_xact_id(),
  "began" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX revision_of_record ON history.revision ("recordId", id);
CREATE INDEX revision_of_row ON history.revision ("rowId", id);
CREATE INDEX revision_at ON history.revision ("at");
-- What was under way at an instant, of the transactions that lasted; the others are found by "at".
CREATE INDEX revision_under_way ON history.revision USING gist (tstzrange("began", "at", '[]'))
  WHERE "at" - "began" > interval '1 second';

CREATE VIEW "Revision" AS
SELECT *, "action" = 'UPDATE' AND coalesce("after" ? 'status', false) AS "changesStatus" FROM history.revision;

-- A change of derived columns alone is no change of the record.
CREATE FUNCTION history.content(row_content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN row_content - '{ancestorIds,titleText,statementEarliest}'::text[];

-- Whether this transaction has counted a change of the record.
CREATE FUNCTION history.is_counted(record_id uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT r."transaction" = pg_current_xact_id() AND r."began" = now()::timestamptz(3)
    FROM history.revision AS r WHERE r."rowId" = record_id ORDER BY r.id DESC LIMIT 1), false)
$$;

-- All that a transaction changes in a record and its parts counts once.
CREATE FUNCTION history.count_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW."createdBy" := OLD."createdBy";
  IF history.content(to_jsonb(NEW)) IS DISTINCT FROM history.content(to_jsonb(OLD)) THEN
    NEW."revision" := OLD."revision" + CASE WHEN history.is_counted(OLD.id) THEN 0 ELSE 1 END;
    NEW."updatedAt" := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION history.keep_creator() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  NEW."createdBy" := coalesce(NEW."createdBy", nullif(current_setting('verbatim.viewer', true), ''));
  RETURN NEW;
END $$;

-- Its arguments name, for a part of a record, the columns that may hold the record, each with its
-- table: 'personId', 'Person', 'organizationId', 'Organization', …
CREATE FUNCTION history.write_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN history.content(to_jsonb(OLD)) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN history.content(to_jsonb(NEW)) END;
  any_row CONSTANT jsonb := coalesce(new_row, old_row);
  former CONSTANT jsonb := coalesce(old_row, new_row);
  owner text;
  revision_id bigint;
  revision_at timestamptz;
  record_id uuid := (any_row ->> 'id')::uuid;
  record_status "RecordStatus" := (any_row ->> 'status')::"RecordStatus";
  record_number integer := (any_row ->> 'revision')::integer;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF old_row = new_row THEN
      RETURN NULL;
    END IF;
    -- Only what changed.
    SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key) INTO old_row, new_row
    FROM jsonb_each(old_row) AS o WHERE o.value IS DISTINCT FROM new_row -> o.key;
  END IF;
  FOR i IN 0 .. TG_NARGS - 1 BY 2 LOOP
    -- A record changes with its parts, and with those that it gives to another.
    FOREACH owner IN ARRAY ARRAY[nullif(former ->> TG_ARGV[i], any_row ->> TG_ARGV[i]), any_row ->> TG_ARGV[i]] LOOP
      IF owner IS NOT NULL AND NOT history.is_counted(owner::uuid) THEN
        EXECUTE format('UPDATE %I SET "revision" = "revision" + 1 WHERE id = $1', TG_ARGV[i + 1]) USING owner::uuid;
      END IF;
    END LOOP;
    IF any_row ->> TG_ARGV[i] IS NOT NULL THEN
      record_id := (any_row ->> TG_ARGV[i])::uuid;
      EXECUTE format('SELECT "status", "revision" FROM %I WHERE id = $1', TG_ARGV[i + 1]) INTO record_status, record_number USING record_id;
    END IF;
  END LOOP;
  INSERT INTO history.revision ("recordId", "model", "rowId", "number", "status", "action", "before", "after", "by")
  VALUES (record_id, TG_TABLE_NAME, (any_row ->> 'id')::uuid, record_number, record_status,
    CASE TG_OP WHEN 'INSERT' THEN 'CREATE' ELSE TG_OP END::"RevisionAction", old_row, new_row,
    nullif(current_setting('verbatim.viewer', true), ''))
  RETURNING id, "at" INTO revision_id, revision_at;
  -- For what follows from this change: see history.keep_version.
  PERFORM set_config('verbatim.revision', revision_id::text, true), set_config('verbatim.revision_at', revision_at::text, true);
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched record;
BEGIN
  FOR watched IN SELECT * FROM (VALUES
    ('Person', true, ''), ('Organization', true, ''), ('Membership', true, ''), ('Place', true, ''), ('Event', true, ''),
    ('Participation', true, ''), ('EventLink', true, ''), ('Document', true, ''), ('Statement', true, ''),
    ('Appearance', true, ''), ('Citation', true, ''), ('StatementLink', true, ''),
    ('Name', false, '''personId'', ''Person'', ''organizationId'', ''Organization'', ''placeId'', ''Place'', ''eventId'', ''Event'''),
    ('Identifier', false, '''personId'', ''Person'', ''organizationId'', ''Organization'', ''placeId'', ''Place'', ''eventId'', ''Event'', ''documentId'', ''Document'''),
    ('DocumentAuthor', false, '''documentId'', ''Document'''),
    ('Translation', false, '''statementId'', ''Statement'''),
    ('StatementTopic', false, '''statementId'', ''Statement'''),
    ('Span', false, '''appearanceId'', ''Appearance'', ''citationId'', ''Citation''')
  ) AS t (name, is_record, owners) LOOP
    IF watched.is_record THEN
      EXECUTE format('CREATE TRIGGER keep_creator BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION history.keep_creator()', watched.name);
      EXECUTE format('CREATE TRIGGER z_count_revision BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION history.count_revision()', watched.name);
    END IF;
    -- Triggers fire in the order of their names; this one comes before those that change other rows.
    EXECUTE format('CREATE TRIGGER a_write_revision AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION history.write_revision(%s)', watched.name, watched.owners);
  END LOOP;
END $$;

CREATE FUNCTION history.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Revisions are only ever added.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history.revision
  FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change();

-- States -----------------------------------------------------------------------

-- All changes of a row in one: the last value of each column counts.
CREATE AGGREGATE history.fold (jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}', PARALLEL = SAFE);

-- The content of a row after the last of its revisions up to this one; null when it wasn't there.
CREATE FUNCTION history.state(row_id uuid, upto bigint) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN max(r.id) FILTER (WHERE r."action" = 'DELETE') = max(r.id) THEN NULL
    ELSE nullif(history.fold(r."after" ORDER BY r.id) FILTER (WHERE r."after" IS NOT NULL), '{}') END
  FROM history.revision AS r
  WHERE r."rowId" = row_id AND r.id <= upto AND r.id >= coalesce(
    (SELECT max(c.id) FROM history.revision AS c WHERE c."rowId" = row_id AND c.id <= upto AND c."action" = 'CREATE'), 0)
$$;

-- Undoing ----------------------------------------------------------------------

-- Columns that are taken back together, or not at all: each has the name of one of them.
CREATE FUNCTION history.group_of(model text, column_name text) RETURNS text
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
    WHEN column_name IN ('statementId', 'relayedFromId') AND model = 'Appearance' THEN 'statementId'
    WHEN column_name = 'organizationId' AND model = 'Membership' THEN 'organizationId'
    WHEN column_name IN ('personId', 'memberOrganizationId', 'organizationId', 'placeId', 'eventId', 'participationId', 'membershipId',
      'eventLinkId', 'statementLinkId') THEN 'personId'
    ELSE column_name END
$$;

-- What a row holds besides the count of its changes.
CREATE FUNCTION history.matter(content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN content - '{revision,updatedAt,createdBy}'::text[];

-- Takes back all that one transaction did to the record, as a new change. `tx` is its number, `first` and
-- `last` are its first and last revision (others may lie between). In reverse order, a value that was changed
-- becomes what it was before, a row that was made is deleted, a row that was deleted is made again with its
-- id. What was changed since stays as it is, with what hangs together with it:
--   * values, with those of their group (see history.group_of);
--   * a row that was made, when it or its parts were changed since, or when something that stays refers to it;
--   * a row that was deleted, when one with its id was made since;
--   * whatever the rules of the record don't allow any more, such as an identifier that another record took.
-- Returns what stays, a row for each group of values or row of a table: the model and the row's id; the columns
-- that were not taken back (of a row that stays whole: those that were changed since, perhaps none); `then`,
-- their values before the transaction (null when the row wasn't there, all of the row when it was deleted);
-- `now`, their values as they are (null when the row is not there).
CREATE FUNCTION history.undo(tx xid8, first bigint, last bigint)
RETURNS TABLE ("model" text, "rowId" uuid, "columns" text[], "then" jsonb, "now" jsonb)
LANGUAGE plpgsql SET client_min_messages = warning AS $function$
#variable_conflict use_column
DECLARE
  step record;
  watched text;
  reference record;
  pair record;
  total integer;
  more integer;
  wanted jsonb;
BEGIN
  CREATE TEMP TABLE undo_plan ON COMMIT DROP AS
  SELECT r."model", r."rowId" AS id, min(r.id) AS first_id, max(r.id) AS last_id,
    (array_agg(r."recordId" ORDER BY r.id DESC))[1] AS record_id,
    (array_agg(r."action" ORDER BY r.id))[1] = 'CREATE' AS is_new,
    history.state(r."rowId", min(r.id) - 1) AS former, history.state(r."rowId", max(r.id)) AS left_as, NULL::jsonb AS found,
    ARRAY(SELECT DISTINCT k FROM history.revision AS u, jsonb_object_keys(history.matter(u."after")) AS k
      WHERE u."rowId" = r."rowId" AND u."transaction" = tx AND u.id BETWEEN first AND last AND u."action" = 'UPDATE') AS changed,
    '{}'::text[] AS kept, false AS stays, false AS is_told, max(r.id) AS turn, 0 AS depth
  FROM history.revision AS r WHERE r."transaction" = tx AND r.id BETWEEN first AND last
  GROUP BY r."model", r."rowId";
  CREATE INDEX ON undo_plan (id);
  ANALYZE undo_plan;
  FOR watched IN SELECT DISTINCT p."model" FROM undo_plan AS p LOOP
    EXECUTE format('UPDATE undo_plan AS p SET found = history.content(to_jsonb(t)) FROM public.%I AS t WHERE t.id = p.id', watched);
  END LOOP;

  -- What was changed since.
  UPDATE undo_plan AS p SET
    stays = (p.found IS NULL) <> (p.left_as IS NULL) OR p.is_new AND history.matter(p.found) <> history.matter(p.left_as),
    kept = ARRAY(SELECT c FROM unnest(p.changed) AS c WHERE EXISTS (
      SELECT FROM jsonb_object_keys(p.left_as) AS g
      WHERE history.group_of(p."model", g) = history.group_of(p."model", c) AND p.left_as -> g IS DISTINCT FROM p.found -> g));
  -- A record that lost a part since was changed too.
  UPDATE undo_plan AS p SET stays = true FROM undo_plan AS part
  WHERE part.record_id = p.id AND part.id <> p.id AND p.is_new AND part.is_new AND part.found IS NULL AND part.left_as IS NOT NULL;
  UPDATE undo_plan SET is_told = true WHERE stays AND NOT (is_new AND found IS NULL) OR kept <> '{}';

  -- What hangs together with what stays, until nothing more does.
  LOOP
    total := 0;
    -- A record keeps its parts.
    UPDATE undo_plan AS part SET stays = true FROM undo_plan AS p
    WHERE part.record_id = p.id AND part.id <> p.id AND p.stays AND p.is_new AND p.found IS NOT NULL AND part.is_new AND NOT part.stays;
    GET DIAGNOSTICS more = ROW_COUNT;
    total := total + more;
    FOR reference IN
      SELECT source.name AS source, a.attname AS name, target.name AS target
      FROM pg_constraint AS c JOIN history.watched AS source ON source."table" = c.conrelid JOIN history.watched AS target ON target."table" = c.confrelid
        JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND target.name IN (SELECT p."model" FROM undo_plan AS p WHERE p.is_new AND NOT p.stays AND p.found IS NOT NULL)
    LOOP
      EXECUTE format('UPDATE undo_plan AS p SET stays = true, is_told = true FROM public.%I AS t
        WHERE t.%I = p.id AND t.id <> p.id AND p.is_new AND NOT p.stays AND p.found IS NOT NULL AND NOT EXISTS (SELECT FROM undo_plan AS q
          WHERE q.id = t.id AND NOT q.stays AND (q.is_new OR (%3$L = ANY (q.changed) AND NOT %3$L = ANY (q.kept))))',
        reference.source, reference.name, reference.name);
      GET DIAGNOSTICS more = ROW_COUNT;
      total := total + more;
    END LOOP;
    -- A capacity is its speaker's, and what is relayed is the same statement: what would no longer be so stays.
    FOR pair IN SELECT * FROM (VALUES
      ('Statement', 'capacityId', 'Membership', '{speakerPersonId,speakerOrganizationId,capacityId}'::text[], '{personId,memberOrganizationId}'::text[],
        $rule$target.content ->> 'personId' = source.content ->> 'speakerPersonId' OR target.content ->> 'memberOrganizationId' = source.content ->> 'speakerOrganizationId'$rule$),
      ('Appearance', 'relayedFromId', 'Appearance', '{statementId,relayedFromId}', '{statementId,relayedFromId}',
        $rule$target.content ->> 'statementId' = source.content ->> 'statementId'$rule$)
    ) AS v (source, reference, target, source_columns, target_columns, rule)
    LOOP
      EXECUTE format($pair$
        WITH result AS (
          SELECT p.id, p."model", CASE WHEN p.stays THEN p.found WHEN p.is_new THEN NULL WHEN p.left_as IS NULL THEN p.former
            ELSE p.found || coalesce((SELECT jsonb_object_agg(c, p.former -> c) FROM unnest(p.changed) AS c WHERE NOT c = ANY (p.kept)), '{}') END AS content
          FROM undo_plan AS p WHERE p."model" IN (%1$L, %3$L)
        ), source AS (
          SELECT r.id, r.content FROM result AS r WHERE r."model" = %1$L AND r.content ->> %2$L IS NOT NULL
          UNION ALL
          SELECT t.id, to_jsonb(t) FROM public.%1$I AS t
          WHERE t.%2$I IN (SELECT r.id FROM result AS r WHERE r."model" = %3$L) AND t.id NOT IN (SELECT r.id FROM result AS r)
        ), target AS (
          SELECT r.id, r.content FROM result AS r WHERE r."model" = %3$L AND r.content IS NOT NULL
          UNION ALL
          SELECT t.id, to_jsonb(t) FROM public.%3$I AS t
          WHERE t.id IN (SELECT (source.content ->> %2$L)::uuid FROM source) AND t.id NOT IN (SELECT r.id FROM result AS r)
        ), broken AS (
          SELECT source.id AS source, target.id AS target FROM source JOIN target ON target.id = (source.content ->> %2$L)::uuid
          WHERE NOT coalesce(%4$s, false)
        )
        UPDATE undo_plan AS p SET is_told = true, stays = p.left_as IS NULL, kept = p.kept || ARRAY(SELECT unnest(p.changed) INTERSECT SELECT unnest(k.columns))
        FROM (SELECT source AS id, $1 AS columns FROM broken UNION SELECT target, $2 FROM broken) AS k
        WHERE p.id = k.id AND NOT p.stays AND NOT p.is_new AND (p.left_as IS NULL OR p.changed && k.columns AND NOT p.kept && k.columns)
      $pair$, pair.source, pair.reference, pair.target, pair.rule) USING pair.source_columns, pair.target_columns;
      GET DIAGNOSTICS more = ROW_COUNT;
      total := total + more;
    END LOOP;
    EXIT WHEN total = 0;
  END LOOP;

  -- What went with a row that it refers to is told in no certain order, and comes back after that row.
  LOOP
    UPDATE undo_plan AS p SET turn = target.turn, depth = target.depth + 1
    FROM history.revision AS r, jsonb_each_text(r."before") AS c, undo_plan AS target
    WHERE p.left_as IS NULL AND r.id = p.last_id AND c.key ~ 'Id$' AND target.id = c.value::uuid AND target.left_as IS NULL
      AND (target.turn < p.turn OR target.turn = p.turn AND target.depth >= p.depth);
    EXIT WHEN NOT FOUND;
  END LOOP;

  -- In the opposite order a rule between two records is broken for a moment that holds at either end.
  SET CONSTRAINTS check_capacity, check_relay, refuse_new_member, check_relayed DEFERRED;
  FOR step IN
    SELECT r.id AS revision_id, r."action", r."before", p.* FROM history.revision AS r JOIN undo_plan AS p ON p.id = r."rowId"
    WHERE r."transaction" = tx AND r.id BETWEEN first AND last AND NOT p.stays
    ORDER BY CASE r.id WHEN p.last_id THEN p.turn ELSE r.id END DESC, p.depth
  LOOP
    BEGIN
      CASE step."action"
      WHEN 'CREATE' THEN
        EXECUTE format('DELETE FROM public.%I WHERE id = $1', step."model") USING step.id;
      WHEN 'DELETE' THEN
        PERFORM history.insert_row(step."model", step."before");
      ELSE
        wanted := history.matter(step."before") - step.kept;
        PERFORM history.update_row(step."model", step.id, wanted) WHERE wanted <> '{}';
      END CASE;
    EXCEPTION WHEN integrity_constraint_violation OR raise_exception THEN
      UPDATE undo_plan AS p SET is_told = true, stays = step."action" <> 'UPDATE',
        kept = CASE step."action" WHEN 'UPDATE' THEN p.kept || ARRAY(SELECT jsonb_object_keys(wanted)) ELSE p.kept END
      WHERE p.id = step.id;
    END;
  END LOOP;
  SET CONSTRAINTS check_capacity, check_relay, refuse_new_member, check_relayed IMMEDIATE;
  SET CONSTRAINTS refuse_new_member, check_relayed DEFERRED;

  FOR watched IN SELECT DISTINCT p."model" FROM undo_plan AS p WHERE p.is_told LOOP
    RETURN QUERY EXECUTE format($query$
      SELECT p."model", p.id, g.columns, g.former, g.present FROM undo_plan AS p LEFT JOIN public.%1$I AS t ON t.id = p.id,
        LATERAL (SELECT p.former, history.content(to_jsonb(t)) AS present) AS s,
        LATERAL (
          SELECT array_agg(c ORDER BY c) AS columns, jsonb_object_agg(c, s.former -> c) AS former,
            CASE WHEN s.present IS NOT NULL THEN jsonb_object_agg(c, s.present -> c) END AS present
          FROM unnest(CASE WHEN p.stays AND NOT p.is_new AND p.left_as IS NOT NULL THEN p.changed ELSE p.kept END) AS c
          WHERE NOT p.is_new AND p.left_as IS NOT NULL
          GROUP BY history.group_of(p."model", c)
          UNION ALL
          SELECT ARRAY(SELECT k FROM jsonb_object_keys(history.matter(p.left_as)) AS k WHERE p.left_as -> k IS DISTINCT FROM p.found -> k ORDER BY k), s.former, s.present
          WHERE p.is_new OR p.left_as IS NULL
        ) AS g
      WHERE p.is_told AND p."model" = %1$L ORDER BY p.last_id DESC
    $query$, watched);
  END LOOP;
  DROP TABLE undo_plan;
END $function$;

-- Makes a row again, with its id; the count of its changes goes on.
CREATE FUNCTION history.insert_row(model text, content jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  counted CONSTANT jsonb := content || CASE WHEN content ? 'revision'
    THEN jsonb_build_object('revision', (content ->> 'revision')::integer + 1, 'updatedAt', clock_timestamp()) ELSE '{}' END;
BEGIN
  EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::public.%1$I, $1)', model,
    (SELECT string_agg(quote_ident(c.name), ', ') FROM history.columns_of(format('public.%I', model)::regclass) AS c WHERE content ? c.name))
    USING counted;
END $$;

-- Gives some columns of a row other values.
CREATE FUNCTION history.update_row(model text, row_id uuid, content jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  settings CONSTANT text := (SELECT string_agg(format('%1$I = n.%1$I', c.name), ', ')
    FROM history.columns_of(format('public.%I', model)::regclass) AS c WHERE content ? c.name);
BEGIN
  IF settings IS NOT NULL THEN
    EXECUTE format('UPDATE public.%1$I AS t SET %2$s FROM jsonb_populate_record(NULL::public.%1$I, $1) AS n WHERE t.id = $2', model, settings)
      USING content, row_id;
  END IF;
END $$;

CREATE FUNCTION history.columns_of(of_table oid) RETURNS TABLE (name text, type text, "isEnum" boolean)
LANGUAGE sql STABLE AS $$
  SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), t.typtype = 'e'
  FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
  WHERE a.attrelid = of_table AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
$$;

-- Reverting --------------------------------------------------------------------

-- The tables of parts, with the columns that may hold their record, as the triggers name them.
CREATE VIEW history.part AS
SELECT c.relname::text AS part, a.args[i] AS owner_column, a.args[i + 1] AS owner,
  EXISTS (SELECT FROM pg_index AS x WHERE x.indrelid = c.oid AND x.indisunique AND NOT x.indisprimary) AS "isUnique"
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
  CROSS JOIN LATERAL (SELECT string_to_array(encode(t.tgargs, 'escape'), '\000') AS args) AS a
  CROSS JOIN LATERAL generate_series(1, t.tgnargs, 2) AS i
WHERE t.tgname = 'a_write_revision';

-- The last revision of a record and its parts that has this number, or null. What was removed with the
-- record has none.
CREATE FUNCTION history.numbered(record_id uuid, number integer) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT max(r.id) FROM history.revision AS r
  WHERE r."recordId" = record_id AND r."number" = numbered.number AND NOT (r."rowId" = record_id AND r."action" = 'DELETE')
$$;

-- Brings a record and its parts back to what they were after a revision, but for its status. A part comes
-- back with its id, unless that went to another record with the part.
CREATE FUNCTION history.revert(model text, record_id uuid, upto bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  then_content CONSTANT jsonb := history.matter(history.state(record_id, upto)) - '{createdAt,status,retractionReason,mergedIntoId}'::text[];
  now_content jsonb;
  place record;
  part record;
BEGIN
  EXECUTE format('SELECT history.content(to_jsonb(t)) FROM public.%I AS t WHERE t.id = $1', model) INTO now_content USING record_id;
  PERFORM history.update_row(model, record_id,
    (SELECT coalesce(jsonb_object_agg(c.key, c.value), '{}') FROM jsonb_each(then_content) AS c WHERE c.value IS DISTINCT FROM now_content -> c.key));
  FOR place IN SELECT * FROM history.part AS p WHERE p.owner = model LOOP
    -- First what goes, then what comes, since two parts may have changed places.
    FOR part IN EXECUTE format($parts$
      SELECT t.id, CASE WHEN former.content ->> %2$L = $1::text THEN former.content END AS former
      FROM public.%1$I AS t CROSS JOIN LATERAL (SELECT history.state(t.id, $2) AS content) AS former
      WHERE t.%2$I = $1 AND former.content IS DISTINCT FROM history.content(to_jsonb(t))
    $parts$, place.part, place.owner_column) USING record_id, upto LOOP
      IF part.former IS NOT NULL AND NOT place."isUnique" THEN
        PERFORM history.update_row(place.part, part.id, part.former);
      ELSE
        EXECUTE format('DELETE FROM public.%I WHERE id = $1', place.part) USING part.id;
      END IF;
    END LOOP;
    FOR part IN EXECUTE format($parts$
      SELECT former.content || CASE WHEN EXISTS (SELECT FROM public.%1$I AS o WHERE o.id = former.id)
        THEN jsonb_build_object('id', gen_random_uuid()) ELSE '{}' END AS content
      FROM (
        SELECT r."rowId" AS id, history.state(r."rowId", $2) AS content
        FROM (SELECT DISTINCT "rowId" FROM history.revision WHERE "recordId" = $1 AND "model" = %1$L AND id <= $2) AS r
      ) AS former
      WHERE former.content ->> %2$L = $1::text AND NOT EXISTS (SELECT FROM public.%1$I AS t WHERE t.id = former.id AND t.%2$I = $1)
      ORDER BY former.id
    $parts$, place.part, place.owner_column) USING record_id, upto LOOP
      PERFORM history.insert_row(place.part, part.content);
    END LOOP;
  END LOOP;
END $$;

-- Replaying --------------------------------------------------------------------

-- What the revisions of a table make of nothing, compared with the table.
CREATE FUNCTION history.replay(of_model text) RETURNS TABLE ("model" text, "rowId" uuid, "what" text, "columns" text[])
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN QUERY EXECUTE format($replay$
    WITH made AS (
      SELECT r."rowId", max(r.id) FILTER (WHERE r."action" = 'CREATE') AS id
      FROM history.revision AS r WHERE r."model" = %1$L GROUP BY r."rowId"
      HAVING coalesce(max(r.id) FILTER (WHERE r."action" = 'DELETE'), 0) < max(r.id)
    ), folded AS (
      SELECT r."rowId" AS id, history.fold(r."after" ORDER BY r.id) AS content
      FROM history.revision AS r JOIN made ON made."rowId" = r."rowId"
      WHERE r."model" = %1$L AND r.id >= coalesce(made.id, 0) AND r."after" IS NOT NULL GROUP BY r."rowId"
    )
    SELECT %1$L::text, coalesce(f.id, t.id), CASE WHEN t.id IS NULL THEN 'MISSING' WHEN f.id IS NULL THEN 'UNTOLD' ELSE 'CHANGED' END,
      ARRAY(SELECT c.key FROM jsonb_each(f.content || t.content) AS c WHERE f.content -> c.key IS DISTINCT FROM t.content -> c.key ORDER BY c.key)
    FROM folded AS f FULL JOIN (SELECT id, history.content(to_jsonb(t)) AS content FROM public.%1$I AS t) AS t ON t.id = f.id
    WHERE f.content IS DISTINCT FROM t.content ORDER BY 2
  $replay$, of_model);
END $$;
