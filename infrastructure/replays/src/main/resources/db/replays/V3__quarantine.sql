-- Which streams wait behind an event that could not be applied, and what operators ordered for them. Streams are
-- pseudonyms; nothing of an event's content is here.

CREATE TABLE quarantined (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    projection  text        NOT NULL,
    version     integer     NOT NULL,
    partition   integer     NOT NULL,
    stream      uuid        NOT NULL,
    tenant      integer     NOT NULL,
    incarnation bigint      NOT NULL,
    position    bigint      NOT NULL,
    sequence    bigint      NOT NULL,
    type        integer     NOT NULL,
    revision    integer     NOT NULL,
    cause       text        NOT NULL,
    events      bigint      NOT NULL,
    since       timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (projection, version, partition, stream)
) WITH (fillfactor = 70);
COMMENT ON TABLE quarantined IS 'Told by the instance that has the partition: the event a stream waits for, why, and how many wait with it';

CREATE TABLE quarantine_order (
    id         uuid        PRIMARY KEY,
    projection text        NOT NULL,
    kind       text        NOT NULL CHECK (kind IN ('RETRY', 'SKIP')),
    stream     uuid,
    cause      text,
    actor      text        NOT NULL,
    reason     text,
    ordered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (kind = 'RETRY' OR reason IS NOT NULL)
);
CREATE INDEX quarantine_order_latest ON quarantine_order (ordered_at DESC);
COMMENT ON TABLE quarantine_order IS 'Who ordered what, and why; only ever added to. Without stream and cause: of a stream whose person was erased';

CREATE TABLE quarantine_target (
    id                  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ordered             uuid        NOT NULL REFERENCES quarantine_order,
    projection          text        NOT NULL,
    version             integer     NOT NULL,
    partition           integer     NOT NULL,
    stream              uuid,
    incarnation         bigint      NOT NULL,
    position            bigint      NOT NULL,
    cause               text        NOT NULL,
    state               text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'RELEASED', 'STOPPED', 'GONE')),
    applied             bigint      NOT NULL DEFAULT 0,
    skipped             integer     NOT NULL DEFAULT 0,
    stopped_incarnation bigint,
    stopped_position    bigint,
    stopped_cause       text,
    done_at             timestamptz
);
CREATE UNIQUE INDEX quarantine_target_open ON quarantine_target (projection, version, partition, stream) WHERE state = 'OPEN';
CREATE INDEX quarantine_target_order ON quarantine_target (ordered, id);
CREATE INDEX quarantine_target_stream ON quarantine_target (stream);
COMMENT ON TABLE quarantine_target IS 'What an order is for on each version and partition, and what came of it: nothing is left, it stopped at another event, or the version is gone';
