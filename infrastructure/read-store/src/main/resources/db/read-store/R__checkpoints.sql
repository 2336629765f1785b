-- Runs in the schema of the store that names this location among its own. Repeatable: every statement may run again.

CREATE TABLE IF NOT EXISTS checkpoint (
    projection       text        NOT NULL,
    partition        integer     NOT NULL,
    incarnation      bigint      NOT NULL,
    position         bigint      NOT NULL,
    as_of            timestamptz NOT NULL,
    next_offset      bigint      NOT NULL,
    handled_count    bigint      NOT NULL,
    handled_checksum bigint      NOT NULL,
    moved_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, partition)
) WITH (fillfactor = 50);

COMMENT ON TABLE checkpoint IS 'How far each projection has come on each partition of the stream; moved by compare-and-set';

CREATE TABLE IF NOT EXISTS parked (
    projection  text        NOT NULL,
    partition   integer     NOT NULL,
    incarnation bigint      NOT NULL,
    position    bigint      NOT NULL,
    stream      uuid        NOT NULL,
    sequence    bigint      NOT NULL,
    cause       text        NOT NULL,
    parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, partition, incarnation, position)
);

CREATE INDEX IF NOT EXISTS parked_stream ON parked (projection, partition, stream, incarnation, position);
COMMENT ON TABLE parked IS 'Places of events that were not applied, and of those of the same stream behind them; the events stay in the event store';
