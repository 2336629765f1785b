-- Which versions of each read model there are, what is being rebuilt, who said so, how far it is and what proves it.

CREATE TABLE projection (
    name        text    PRIMARY KEY,
    partitions  integer NOT NULL CHECK (partitions > 0),
    rebuildable boolean NOT NULL
);
COMMENT ON TABLE projection IS 'Those that ever ran; rebuildable: a second version of its read model harms nobody';

CREATE TABLE room (
    projection    text        PRIMARY KEY REFERENCES projection,
    version_bytes bigint,
    free_bytes    bigint      NOT NULL,
    told_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE room IS 'What the active version takes, where that can be told, and what is free where the process sees it';

CREATE TABLE version (
    projection text        NOT NULL REFERENCES projection,
    number     integer     NOT NULL CHECK (number > 0),
    state      text        NOT NULL CHECK (state IN ('BUILDING', 'ACTIVE', 'STANDBY', 'DROPPING', 'DROPPED')),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, number)
);
CREATE UNIQUE INDEX version_active ON version (projection) WHERE state = 'ACTIVE';
COMMENT ON TABLE version IS 'Each has tables, keys or collections of its own; readers ask the ACTIVE one. All but DROPPING and DROPPED ones are kept up to date';

CREATE TABLE replay (
    id                 uuid        PRIMARY KEY,
    projection         text        NOT NULL,
    version            integer     NOT NULL,
    replaces           integer     NOT NULL,
    phase              text        NOT NULL CHECK (phase IN ('READING', 'FOLLOWING', 'SWITCHED', 'ROLLED_BACK', 'DONE', 'CANCELLED', 'ABORTED')),
    paused             boolean     NOT NULL DEFAULT false,
    events_per_second  integer     CHECK (events_per_second > 0),
    switch_when        text        NOT NULL CHECK (switch_when IN ('MANUAL', 'WHEN_IDENTICAL')),
    abort_lag_seconds  integer     CHECK (abort_lag_seconds > 0),
    abort_free_gib     integer     CHECK (abort_free_gib > 0),
    begun_at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    built_at           timestamptz,
    built_events       bigint,
    ended_at           timestamptz,
    problem            text
);
CREATE UNIQUE INDEX replay_open ON replay (projection) WHERE phase IN ('READING', 'FOLLOWING', 'SWITCHED', 'ROLLED_BACK');
CREATE INDEX replay_begun ON replay (begun_at DESC);

CREATE TABLE action (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    replay uuid        NOT NULL REFERENCES replay,
    at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor  text        NOT NULL,
    action text        NOT NULL,
    detail text        NOT NULL
);
CREATE INDEX action_replay ON action (replay, id);
COMMENT ON TABLE action IS 'Who did what, in order; only ever added to';

CREATE TABLE progress (
    projection        text             NOT NULL,
    version           integer          NOT NULL,
    partition         integer          NOT NULL,
    instance          text             NOT NULL,
    incarnation       bigint           NOT NULL,
    position          bigint           NOT NULL,
    head              bigint           NOT NULL,
    as_of             timestamptz      NOT NULL,
    handled           bigint           NOT NULL,
    events_per_second double precision NOT NULL,
    head_per_second   double precision NOT NULL,
    quarantined       integer          NOT NULL,
    problem           text,
    told_at           timestamptz      NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, version, partition)
) WITH (fillfactor = 50);
COMMENT ON TABLE progress IS 'How far each partition is, told every second by the instance that has it: who no longer tells is dead or stuck';

CREATE TABLE milestone (
    projection       text    NOT NULL,
    version          integer NOT NULL,
    partition        integer NOT NULL,
    incarnation      bigint  NOT NULL,
    position         bigint  NOT NULL,
    handled_count    bigint  NOT NULL,
    handled_checksum bigint  NOT NULL,
    stored_count     bigint,
    stored_checksum  bigint,
    PRIMARY KEY (projection, version, position, partition)
);
COMMENT ON TABLE milestone IS 'What a partition had handled at the end of a range of positions, and what the event store holds up to there once somebody counted';
