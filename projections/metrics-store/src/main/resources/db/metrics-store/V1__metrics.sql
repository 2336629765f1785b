-- One row is one event, one player's day, one day's sum. Days are local days of the game, computed by the writer.

CREATE TABLE game (
    number      integer PRIMARY KEY,
    game_id     text    NOT NULL UNIQUE,
    time_zone   text    NOT NULL,
    currency    text    NOT NULL,
    any_event   boolean NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL
);
COMMENT ON TABLE game IS 'Settings that decide numbers, as of the configuration event at position; its row is locked by every flush';

CREATE TABLE exchange_rate (
    game        integer NOT NULL,
    currency    text    NOT NULL,
    day         date    NOT NULL,
    rate        numeric NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL,
    PRIMARY KEY (game, currency, day)
);

CREATE TABLE term (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    game integer NOT NULL,
    sort "char"  NOT NULL,
    key  uuid    NOT NULL,
    parts text[] NOT NULL,
    UNIQUE (game, sort, key)
);
COMMENT ON TABLE term IS 'Texts by number. sort: s segment (platform, country, app version, then experiment labels), n custom name, i item (id, type), f custom field';
COMMENT ON COLUMN term.key IS 'The first 16 bytes of the SHA-256 of the parts: texts are longer than an index takes';

CREATE TABLE player (
    game             integer NOT NULL,
    player           integer NOT NULL,
    stream           uuid    NOT NULL,
    first_any_at     timestamptz NOT NULL,
    first_session_at timestamptz,
    first_day        date,
    paid_at          timestamptz,
    acquisition      text,
    acquired_at      timestamptz,
    acquired_by      bigint,
    PRIMARY KEY (game, player)
) WITH (fillfactor = 80);
CREATE INDEX player_first_day ON player (game, first_day);
CREATE UNIQUE INDEX player_stream ON player (stream);
COMMENT ON COLUMN player.first_day IS 'The first active day under the game''s settings; absent while never active';

CREATE TABLE player_day (
    game          integer NOT NULL,
    day           date    NOT NULL,
    player        integer NOT NULL,
    segment       integer NOT NULL,
    events        bigint  NOT NULL,
    sessions      bigint  NOT NULL,
    lengths       bigint  NOT NULL,
    length_millis numeric NOT NULL,
    purchases     bigint  NOT NULL,
    paid          bigint  NOT NULL,
    PRIMARY KEY (game, day, player, segment)
);

CREATE TABLE player_money (
    game     integer  NOT NULL,
    day      date     NOT NULL,
    player   integer  NOT NULL,
    segment  integer  NOT NULL,
    kind     smallint NOT NULL,
    currency text     NOT NULL,
    micros   numeric  NOT NULL,
    PRIMARY KEY (game, day, player, segment, kind, currency)
);
COMMENT ON COLUMN player_money.kind IS '1 in-app, 2 ads, 3 refunds';

CREATE TABLE segment_day (
    game          integer NOT NULL,
    day           date    NOT NULL,
    segment       integer NOT NULL,
    events        bigint  NOT NULL,
    sessions      bigint  NOT NULL,
    lengths       bigint  NOT NULL,
    length_millis numeric NOT NULL,
    purchases     bigint  NOT NULL,
    paid          bigint  NOT NULL,
    PRIMARY KEY (game, day, segment)
) WITH (fillfactor = 60);

CREATE TABLE segment_money (
    game     integer  NOT NULL,
    day      date     NOT NULL,
    segment  integer  NOT NULL,
    kind     smallint NOT NULL,
    currency text     NOT NULL,
    micros   numeric  NOT NULL,
    PRIMARY KEY (game, day, segment, kind, currency)
) WITH (fillfactor = 60);

CREATE TABLE player_set (
    game      integer  NOT NULL,
    sort      "char"   NOT NULL,
    day       date     NOT NULL,
    container integer  NOT NULL,
    size      integer  NOT NULL,
    players   bytea    NOT NULL,
    PRIMARY KEY (game, sort, day, container)
) WITH (fillfactor = 80);
ALTER TABLE player_set ALTER COLUMN players SET STORAGE EXTERNAL;
COMMENT ON TABLE player_set IS 'Roaring bitmaps of 65,536 players each. sort: a active on the day, p paid on it, c first day is it';

CREATE TABLE event_name (
    game     integer  NOT NULL,
    kind     smallint NOT NULL,
    name     integer  NOT NULL,
    events   bigint   NOT NULL,
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    PRIMARY KEY (game, kind, name)
) WITH (fillfactor = 60);

DO $$
DECLARE
    timescale boolean := EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb');
BEGIN
    EXECUTE 'CREATE TABLE event (
        game          integer  NOT NULL,
        player        integer  NOT NULL,
        sequence      bigint   NOT NULL,
        occurred_at   timestamptz NOT NULL,
        kind          smallint NOT NULL,
        name          integer  NOT NULL,
        segment       integer  NOT NULL,
        item          integer,
        length_millis bigint,
        micros        bigint,
        currency      text,
        value         numeric,
        field_ids     integer[],
        field_values  numeric[])' || CASE WHEN timescale THEN '' ELSE ' PARTITION BY RANGE (occurred_at)' END;
    IF timescale THEN
        PERFORM create_hypertable(format('%I.event', current_schema())::regclass, by_range('occurred_at', INTERVAL '30 days'),
            create_default_indexes => false);
    END IF;
END $$;
CREATE INDEX event_player ON event (game, player, occurred_at, sequence);
CREATE INDEX event_kind ON event (game, kind, occurred_at);
COMMENT ON TABLE event IS 'Every event; player -1: without a player. Sessions and refunds get their length and amount when those are known';
