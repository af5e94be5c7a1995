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
  "at" timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX revision_of_record ON history.revision ("recordId", id);

CREATE VIEW "Revision" AS
SELECT *, "action" = 'UPDATE' AND coalesce("after" ? 'status', false) AS "changesStatus" FROM history.revision;

-- A change of derived columns alone is no change of the record.
CREATE FUNCTION history.content(row_content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN row_content - '{ancestorIds,titleText,statementEarliest}'::text[];

CREATE FUNCTION history.count_revision() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF history.content(to_jsonb(NEW)) IS DISTINCT FROM history.content(to_jsonb(OLD)) THEN
    NEW."revision" := OLD."revision" + 1;
    NEW."updatedAt" := clock_timestamp();
  END IF;
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
  record_id uuid := (any_row ->> 'id')::uuid;
  record_status "RecordStatus" := (any_row ->> 'status')::"RecordStatus";
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
    IF any_row ->> TG_ARGV[i] IS NOT NULL THEN
      record_id := (any_row ->> TG_ARGV[i])::uuid;
      EXECUTE format('SELECT "status" FROM %I WHERE id = $1', TG_ARGV[i + 1]) INTO record_status USING record_id;
    END IF;
  END LOOP;
  INSERT INTO history.revision ("recordId", "model", "rowId", "number", "status", "action", "before", "after", "by")
  VALUES (record_id, TG_TABLE_NAME, (any_row ->> 'id')::uuid, (any_row ->> 'revision')::integer, record_status,
    CASE TG_OP WHEN 'INSERT' THEN 'CREATE' ELSE TG_OP END::"RevisionAction", old_row, new_row,
    nullif(current_setting('verbatim.viewer', true), ''));
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
      EXECUTE format('CREATE TRIGGER z_count_revision BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION history.count_revision()', watched.name);
    END IF;
    EXECUTE format('CREATE TRIGGER write_revision AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION history.write_revision(%s)', watched.name, watched.owners);
  END LOOP;
END $$;

CREATE FUNCTION history.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Revisions are only ever added.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history.revision
  FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change();
