-- Erasures under way, and what each version of each read model says of them. Pseudonyms and counts; a row goes when its
-- subject was searched for.

CREATE TABLE erasure (
    request     uuid        NOT NULL,
    subject     integer     NOT NULL CHECK (subject >= 0),
    tenant      integer     NOT NULL,
    streams     uuid[]      NOT NULL CHECK (cardinality(streams) > 0),
    numbers     integer[]   NOT NULL CHECK (cardinality(numbers) = cardinality(streams)),
    step        text        NOT NULL CHECK (step IN ('REMAINDER', 'PURGE', 'SCAN')),
    incarnation bigint      NOT NULL,
    position    bigint      NOT NULL,
    ordered_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (request, subject)
) WITH (fillfactor = 70);
CREATE INDEX erasure_by_time ON erasure (ordered_at);
COMMENT ON TABLE erasure IS 'A person, what is to be done of them, and the position a version must have passed before it answers';

CREATE TABLE answer (
    request    uuid        NOT NULL,
    subject    integer     NOT NULL,
    step       text        NOT NULL CHECK (step IN ('REMAINDER', 'PURGE', 'SCAN')),
    projection text        NOT NULL,
    version    integer     NOT NULL,
    kinds      text[]      NOT NULL,
    counts     bigint[]    NOT NULL CHECK (cardinality(counts) = cardinality(kinds)),
    remainder  bytea       NOT NULL,
    told_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (request, subject, step, projection, version),
    FOREIGN KEY (request, subject) REFERENCES erasure ON DELETE CASCADE
);
COMMENT ON TABLE answer IS 'REMAINDER: rows held, and what stays in sums; PURGE: rows still held; SCAN: places where something was found';
