-- What would be counted otherwise if it were counted anew, and what a version was begun with.

CREATE TABLE offer (
    id         uuid        PRIMARY KEY,
    projection text        NOT NULL REFERENCES projection,
    version    integer     NOT NULL,
    reason     text        NOT NULL,
    game       text        NOT NULL DEFAULT '',
    board      text        NOT NULL DEFAULT '',
    detail     text        NOT NULL,
    since      timestamptz NOT NULL DEFAULT clock_timestamp(),
    closed_at  timestamptz,
    closed_by  text,
    closed     text        CHECK (closed IN ('DONE', 'DISMISSED', 'GONE')),
    CHECK ((closed_at IS NULL) = (closed IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX offer_open ON offer (projection, reason, game, board) WHERE closed_at IS NULL;
CREATE INDEX offer_dismissed ON offer (projection, reason, game, board) WHERE closed = 'DISMISSED';
COMMENT ON TABLE offer IS 'Reasons to rebuild a read model; readers leave out those that a replay begun later, and switched to, has done away with';

CREATE TABLE begun_with (
    projection text    NOT NULL,
    version    integer NOT NULL,
    name       text    NOT NULL,
    value      text    NOT NULL,
    PRIMARY KEY (projection, version, name)
);
COMMENT ON TABLE begun_with IS 'What a version goes by for good, as it was when it was begun; a row without a name says that it was noted';
