-- Parts of a read model rebuilt, the last range proved, old and new compared, and by which handlers each version is written.

ALTER TABLE projection ADD COLUMN handlers integer NOT NULL DEFAULT 1 CHECK (handlers > 0);
COMMENT ON COLUMN projection.handlers IS 'The newest that the process started last carries: new versions are built by these';
ALTER TABLE version ADD COLUMN handlers integer NOT NULL DEFAULT 1 CHECK (handlers > 0);
COMMENT ON COLUMN version.handlers IS 'By which it is written, from its first event to its last';

ALTER TABLE replay
    ADD COLUMN games       integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN stored_from timestamptz,
    ADD COLUMN stored_to   timestamptz,
    ADD COLUMN types       integer[] NOT NULL DEFAULT '{}',
    DROP CONSTRAINT replay_phase_check,
    ADD CONSTRAINT replay_phase_check CHECK (phase IN
        ('TAKING_OVER', 'READING', 'FOLLOWING', 'SWITCHED', 'ROLLED_BACK', 'DONE', 'CANCELLED', 'ABORTED'));
COMMENT ON COLUMN replay.games IS 'Rebuilt are these alone, the others are taken from the version it replaces. None: see stored_from';
COMMENT ON COLUMN replay.stored_from IS 'With stored_to: rebuilt are the games with an event stored in between, which are then written to games';
COMMENT ON COLUMN replay.types IS 'Only events of these types are handled, to compare. None: all';
DROP INDEX replay_open;
CREATE UNIQUE INDEX replay_open ON replay (projection)
    WHERE phase IN ('TAKING_OVER', 'READING', 'FOLLOWING', 'SWITCHED', 'ROLLED_BACK');

CREATE TABLE taken_over (
    projection  text    NOT NULL,
    version     integer NOT NULL,
    partition   integer NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL,
    PRIMARY KEY (projection, version, partition)
);
COMMENT ON TABLE taken_over IS 'Up to where a partition''s events of the games that are not rebuilt are in what was taken from another version';

CREATE TABLE tail (
    projection       text    NOT NULL,
    version          integer NOT NULL,
    partition        integer NOT NULL,
    incarnation      bigint  NOT NULL,
    position         bigint  NOT NULL,
    handled_count    bigint  NOT NULL,
    handled_checksum bigint  NOT NULL,
    stored_count     bigint,
    stored_checksum  bigint,
    PRIMARY KEY (projection, version, partition)
);
COMMENT ON TABLE tail IS 'What a partition had handled when the version had caught up: like a milestone, each at a position of its own';

CREATE TABLE comparison (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    replay      uuid        NOT NULL REFERENCES replay,
    state       text        NOT NULL CHECK (state IN ('WANTED', 'RUNNING', 'DONE', 'FAILED')),
    asked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    told_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    told_by     text,
    ended_at    timestamptz,
    cells       bigint      NOT NULL DEFAULT 0,
    entries     bigint      NOT NULL DEFAULT 0,
    differences bigint      NOT NULL DEFAULT 0,
    problem     text,
    held_until  timestamptz
);
CREATE UNIQUE INDEX comparison_open ON comparison (replay) WHERE state IN ('WANTED', 'RUNNING');
CREATE INDEX comparison_replay ON comparison (replay, id DESC);
COMMENT ON COLUMN comparison.told_at IS 'Who compares says so again and again: when it stops, another begins anew';
COMMENT ON COLUMN comparison.held_until IS 'Until then the version nobody reads waits at the positions in hold, or where it is';

CREATE TABLE hold (
    comparison  bigint  NOT NULL REFERENCES comparison,
    partition   integer NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL,
    PRIMARY KEY (comparison, partition)
);

CREATE TABLE difference (
    comparison   bigint   NOT NULL REFERENCES comparison,
    number       integer  NOT NULL,
    section      text     NOT NULL,
    game         integer  NOT NULL,
    part         text     NOT NULL,
    old_count    bigint   NOT NULL,
    new_count    bigint   NOT NULL,
    old_checksum bigint,
    new_checksum bigint,
    distance     double precision,
    positions    text[]   NOT NULL,
    PRIMARY KEY (comparison, number)
);
COMMENT ON TABLE difference IS 'The first of them; nothing here names a player';
COMMENT ON COLUMN difference.positions IS 'Of some events that what differs was made of';
