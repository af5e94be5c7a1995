-- The record as it stood at an instant. Each table with a history has one of the same name in the schema
-- "history", where rows are kept as they were before a change, with the same indexes on references; and a
-- view of the same name in the schema "past", which shows the rows as they stood at the setting
-- verbatim.as_of: those that have not changed since from the table, the others from there. So a client of
-- the data model whose schema is "past" answers any question as of then.

-- The instant ------------------------------------------------------------------

-- Sets what the views of "past" show, for this transaction: the record as of an instant. A transaction that
-- was under way then has done nothing yet. With `all`, what is hidden from readers today is shown as it was.
-- Returns whether the instant is past.
CREATE FUNCTION history.look_back(instant timestamptz, "all" boolean) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
  WITH under_way AS (
    SELECT r."transaction", r."began" FROM history.revision AS r
    WHERE r."at" > instant AND r."at" <= instant + interval '1 second' AND r."began" <= instant
    UNION
    SELECT r."transaction", r."began" FROM history.revision AS r
    WHERE r."at" - r."began" > interval '1 second' AND tstzrange(r."began", r."at", '[]') @> instant AND r."at" > instant
  ), settings AS (
    SELECT set_config('verbatim.as_of', instant::text, true), set_config('verbatim.as_of_all', "all"::text, true),
      set_config('verbatim.as_of_since', least(instant, min("began"))::text, true),
      set_config('verbatim.as_of_under_way', coalesce(array_agg("transaction"), '{}')::text, true)
    FROM under_way
  )
  SELECT instant <= clock_timestamp() FROM settings
$$;

CREATE FUNCTION history.as_of() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE RETURN current_setting('verbatim.as_of')::timestamptz;

-- Whatever was done before this had been done then.
CREATE FUNCTION history.as_of_since() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('verbatim.as_of_since', true), '')::timestamptz, history.as_of());

CREATE FUNCTION history.as_of_under_way() RETURNS xid8[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('verbatim.as_of_under_way', true), ''), '{}')::xid8[];

CREATE FUNCTION history.as_of_all() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('verbatim.as_of_all', true), '')::boolean, false);

-- Rows as they were --------------------------------------------------------------

-- The tables with a history.
CREATE VIEW history.watched AS
SELECT c.oid AS "table", c.relname::text AS name,
  EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'status' AND NOT a.attisdropped) AS "isRecord",
  EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND NOT a.attisdropped
    AND history.content(jsonb_build_object(a.attname, 0)) = '{}') AS "isDerived"
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE t.tgname = 'a_write_revision' AND NOT t.tgisinternal;

-- Whether something was not yet done at the instant, as SQL.
CREATE FUNCTION history.sql_done_since(at_column text, transaction_column text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT format('(%1$s >= history.as_of_since() AND (%1$s > history.as_of() OR %2$s = ANY (history.as_of_under_way())))',
    at_column, transaction_column)
$$;

-- A table for the former rows of another, and the trigger that keeps them. Texts of documents are long and
-- seldom change: they are left to the revisions.
CREATE FUNCTION history.make_versions(of_table oid, table_name text, is_derived boolean) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
  columns CONSTANT text[] := ARRAY(SELECT c.name FROM history.columns_of(of_table) AS c);
  keeper CONSTANT text := 'keep_version_of_' || lower(table_name);
  changed record;
BEGIN
  EXECUTE format('CREATE TABLE IF NOT EXISTS history.%I ("sinceRevision" bigint NOT NULL, "since" timestamptz NOT NULL, "sinceTransaction" xid8 NOT NULL,
    "until" timestamptz NOT NULL, "untilTransaction" xid8 NOT NULL)', table_name);
  FOR changed IN SELECT c.name, c.type FROM history.columns_of(of_table) AS c
    EXCEPT SELECT c.name, c.type FROM history.columns_of(format('history.%I', table_name)::regclass) AS c LOOP
    EXECUTE format('ALTER TABLE history.%I ADD COLUMN %I %s', table_name, changed.name, changed.type);
    IF changed.type = 'uuid' THEN
      EXECUTE format('CREATE INDEX ON history.%I (%I, "until")', table_name, changed.name);
    END IF;
  END LOOP;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON history.%I ("until")', table_name || '_until', table_name);
  EXECUTE format('CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history.%I
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change()', table_name);
  EXECUTE format($create$
    CREATE OR REPLACE FUNCTION history.%1$I() RETURNS trigger LANGUAGE plpgsql AS $body$
    DECLARE
      -- The revision of this change; when only what is derived changes, the one that it follows from.
      revision_id CONSTANT bigint := coalesce(nullif(current_setting('verbatim.revision', true), '')::bigint, 0);
      revision_at CONSTANT timestamptz := coalesce(nullif(current_setting('verbatim.revision_at', true), '')::timestamptz, clock_timestamp()::timestamptz(3));
      last record;
      last_version record;
    BEGIN
      SELECT r.id, r."at", r."transaction", r."transaction" = pg_current_xact_id() AND r."began" = now()::timestamptz(3) AS "isOurs" INTO last
      FROM history.revision AS r WHERE r."rowId" = OLD.id AND r.id <> revision_id ORDER BY r.id DESC LIMIT 1;
      -- What stood there only within this transaction was never to be seen.
      IF last."isOurs" THEN
        RETURN NULL;
      END IF;
      %2$s
      INSERT INTO history.%3$I (%4$s, "sinceRevision", "since", "sinceTransaction", "until", "untilTransaction")
      VALUES (%5$s, coalesce(last.id, 0), coalesce(last."at", '-infinity'), coalesce(last."transaction", '0'), revision_at, pg_current_xact_id());
      RETURN NULL;
    END $body$ $create$,
    keeper,
    -- Changes of what is derived have no revision.
    CASE WHEN is_derived THEN format($check$
      SELECT v."until", v."untilTransaction" INTO last_version FROM history.%I AS v WHERE v.id = OLD.id ORDER BY v."until" DESC LIMIT 1;
      IF last_version."untilTransaction" = pg_current_xact_id() AND last_version."until" >= now()::timestamptz(3) THEN
        RETURN NULL;
      END IF;
      IF last_version."until" >= coalesce(last."at", '-infinity') THEN
        last."at" := last_version."until";
        last."transaction" := last_version."untilTransaction";
      END IF;$check$, table_name) ELSE '' END,
    table_name,
    (SELECT string_agg(quote_ident(c), ', ') FROM unnest(columns) AS c),
    (SELECT string_agg(CASE WHEN table_name = 'Document' AND c = 'text' THEN 'NULL' ELSE 'OLD.' || quote_ident(c) END, ', ') FROM unnest(columns) AS c));
  EXECUTE format('CREATE OR REPLACE TRIGGER b_keep_version AFTER UPDATE ON public.%I FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION history.%I()', table_name, keeper);
  EXECUTE format('CREATE OR REPLACE TRIGGER b_keep_last_version AFTER DELETE ON public.%I FOR EACH ROW EXECUTE FUNCTION history.%I()', table_name, keeper);
END $function$;

-- The view of a table in "past". What was retracted or merged since is shown as that, so that it stays
-- hidden from readers; a row that is gone is shown as it was. The conditions stand above the UNION ALL:
-- only so can a join look for its rows in either table by an index.
CREATE FUNCTION history.make_view(of_table oid, table_name text, is_record boolean, is_derived boolean) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
  kept CONSTANT text[] := '{sinceRevision,since,sinceTransaction,until,untilTransaction}';
  columns text;
  shown text;
BEGIN
  SELECT string_agg(quote_ident(c.name), ', '), string_agg(format(CASE
      WHEN is_record AND c.name IN ('status', 'retractionReason', 'mergedIntoId') THEN
        'CASE WHEN t."isFormer" AND NOT history.as_of_all() AND (SELECT today."status" <> ''PUBLISHED'' FROM public.%3$I AS today WHERE today.id = t.id)
          THEN (SELECT today.%1$I FROM public.%3$I AS today WHERE today.id = t.id) ELSE t.%1$I END%2$s AS %1$I'
      WHEN table_name = 'Document' AND c.name = 'text' THEN
        'CASE WHEN t."isFormer" AND t."sha256" IS NOT NULL THEN history.state(t.id, t."sinceRevision") ->> ''text'' ELSE t."text" END AS %1$I'
      ELSE 't.%1$I%2$s AS %1$I' END, c.name, CASE WHEN c."isEnum" THEN '::text' ELSE '' END, table_name), ', ')
    INTO columns, shown
  FROM history.columns_of(of_table) AS c;
  EXECUTE format('CREATE VIEW past.%1$I AS SELECT %2$s FROM (
      SELECT %3$s, false AS "isFormer", NULL::bigint AS "sinceRevision", NULL::timestamptz AS "since", NULL::xid8 AS "sinceTransaction",
        NULL::timestamptz AS "until", NULL::xid8 AS "untilTransaction" FROM public.%1$I
      UNION ALL
      SELECT %3$s, true, %4$s FROM history.%1$I
    ) AS t
    WHERE CASE WHEN t."isFormer" THEN %5$s AND NOT %6$s
      ELSE (SELECT %7$s FROM history.revision AS r WHERE r."rowId" = t.id ORDER BY r.id DESC LIMIT 1) IS NOT TRUE %8$s END',
    table_name, shown, columns,
    (SELECT string_agg(quote_ident(k), ', ') FROM unnest(kept) AS k),
    history.sql_done_since('t."until"', 't."untilTransaction"'),
    history.sql_done_since('t."since"', 't."sinceTransaction"'),
    history.sql_done_since('r."at"', 'r."transaction"'),
    CASE WHEN is_derived THEN format('AND (SELECT %s FROM history.%I AS v WHERE v.id = t.id ORDER BY v."until" DESC LIMIT 1) IS NOT TRUE',
      history.sql_done_since('v."until"', 'v."untilTransaction"'), table_name) ELSE '' END);
END $function$;

-- Makes all of that from the tables as they are. A migration that changes tables, or adds one, ends with
-- SELECT history.renew().
CREATE FUNCTION history.renew() RETURNS void
LANGUAGE plpgsql SET client_min_messages = warning SET search_path = public AS $function$
DECLARE
  each_one record;
BEGIN
  DROP SCHEMA IF EXISTS past CASCADE;
  CREATE SCHEMA past;
  -- Prisma casts values to a type of its schema. A domain over an enum could not be compared with anything,
  -- so here they are texts.
  FOR each_one IN SELECT typname AS name FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e' LOOP
    EXECUTE format('CREATE DOMAIN past.%I AS text', each_one.name);
  END LOOP;
  FOR each_one IN SELECT * FROM history.watched LOOP
    PERFORM history.make_versions(each_one."table", each_one.name, each_one."isDerived");
    PERFORM history.make_view(each_one."table", each_one.name, each_one."isRecord", each_one."isDerived");
  END LOOP;
  EXECUTE format('CREATE VIEW past."Revision" AS SELECT %s FROM public."Revision" AS t WHERE NOT %s',
    (SELECT string_agg(format('t.%I%s AS %1$I', c.name, CASE WHEN c."isEnum" THEN '::text' ELSE '' END), ', ')
      FROM history.columns_of('public."Revision"'::regclass) AS c),
    history.sql_done_since('t."at"', 't."transaction"'));
  -- What has no history is shown as it is.
  FOR each_one IN SELECT c.oid, c.relname AS name FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    AND c.relname !~ '^_' AND c.oid NOT IN (SELECT w."table" FROM history.watched AS w) LOOP
    EXECUTE format('CREATE VIEW past.%I AS SELECT %s FROM public.%1$I AS t', each_one.name,
      (SELECT string_agg(format('t.%I%s AS %1$I', c.name, CASE WHEN c."isEnum" THEN '::text' ELSE '' END), ', ')
        FROM history.columns_of(each_one.oid) AS c));
  END LOOP;
  -- The other views say the same of the past as of the present: their text is read with "past" in front.
  PERFORM set_config('search_path', 'past, public', true);
  FOR each_one IN SELECT c.relname AS name, (SELECT pg_get_viewdef(c.oid) FROM set_config('search_path', 'public', true)) AS definition
    FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v' AND c.relname <> 'Revision' LOOP
    PERFORM set_config('search_path', 'past, public', true);
    EXECUTE format('CREATE VIEW past.%I AS %s', each_one.name, each_one.definition);
  END LOOP;
END $function$;

SELECT history.renew();
