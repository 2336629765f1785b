-- Who read refused events as they were sent: they may hold anything, ids and names included. Only ever added to.
CREATE TABLE rejected_read (
    number  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reader  text        NOT NULL CHECK (reader <> ''), -- the subject of the person's token
    game    text        NOT NULL,
    entry   bigint      NOT NULL -- its id in the log of refused events
);
CREATE INDEX rejected_read_of_an_entry ON rejected_read (entry);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rejected_read
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
