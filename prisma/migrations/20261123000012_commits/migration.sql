-- In which order transactions changed the record: what subscriptions follow. Neither the ids of revisions nor
-- the numbers of transactions tell, since both are taken before the commit.

CREATE TABLE history.commit (
  "position" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- As in history.revision.
  "transaction" xid8 NOT NULL DEFAULT pg_current_xact_id(),
  "began" timestamptz(3) NOT NULL DEFAULT now(),
  -- The first and the last of its revisions; those of other transactions may lie between.
  "first" bigint NOT NULL,
  "last" bigint NOT NULL
);
CREATE INDEX commit_of_transaction ON history.commit ("transaction");

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history.commit
  FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change();

-- Takes the transaction's place in the order, as the last thing that it does. The lock is let go when the
-- commit can be seen, and only then does the next take its place: whoever sees a place sees all before it.
-- Nothing may make a transaction wait from here on for what another holds that has its commit before it. So
-- this stays deferred: no statement may say SET CONSTRAINTS ALL IMMEDIATE, but has to name its constraints.
CREATE FUNCTION history.write_commit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7265626175);
  INSERT INTO history.commit ("first", "last") VALUES (NEW.id, current_setting('verbatim.revision')::bigint);
  PERFORM pg_notify('verbatim', 'record');
  RETURN NULL;
END $$;

-- Once for a transaction: the setting is local to it, and made when its first revision is written.
CREATE CONSTRAINT TRIGGER write_commit AFTER INSERT ON history.revision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (coalesce(current_setting('verbatim.revision', true), '') = '') EXECUTE FUNCTION history.write_commit();

-- Who may see what has changed, too.
CREATE FUNCTION tell_of_token() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('verbatim', 'token');
  RETURN NULL;
END $$;
CREATE TRIGGER tell_of_token AFTER UPDATE OF "role", "hash", "expiresAt", "revokedAt" OR DELETE ON "Token"
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_token();
