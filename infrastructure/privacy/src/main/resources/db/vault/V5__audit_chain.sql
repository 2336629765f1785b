-- What was done for data subjects, each entry bound to all before it. Nothing personal: who did it is a keyed hash. Only
-- ever added to.
CREATE TABLE audit_chain (
    number  bigint      PRIMARY KEY CHECK (number > 0),
    at      timestamptz NOT NULL,
    action  text        NOT NULL CHECK (action ~ '^[a-z][a-z.-]{0,63}$'),
    request uuid,
    subject integer,
    actor   bytea       NOT NULL,
    hash    bytea       NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX audit_chain_of_a_request ON audit_chain (request, number);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Requests in the order they were made.
ALTER TABLE request_key ADD COLUMN made_at timestamptz NOT NULL DEFAULT clock_timestamp();
CREATE INDEX request_key_by_time ON request_key (made_at, request);
