-- The proof of each request that was completed, as it was signed. It names nobody.
CREATE TABLE certificate (
    request   uuid        PRIMARY KEY,
    document  bytea       NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON certificate
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
