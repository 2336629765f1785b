-- Runs in the schema of the store that names this location among its own. Repeatable: every statement may run again.

CREATE TABLE IF NOT EXISTS taken_over (
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one),
    from_schema text        NOT NULL,
    left_out    integer[]   NOT NULL,
    taken_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE taken_over IS 'No row: all of it was built from events. Else all games'' rows but those left out began as copies of another version''s';

CREATE TABLE IF NOT EXISTS taken_over_position (
    partition   integer PRIMARY KEY,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL
);

COMMENT ON TABLE taken_over_position IS 'How far each partition''s events are in what was taken over';
