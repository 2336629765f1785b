-- A row per player as they came in. A person of several players is put together when asked, and so is everything that
-- depends on a game's settings: nothing here is ever counted again.

CREATE TABLE game (
    number      integer PRIMARY KEY,
    game_id     text    NOT NULL UNIQUE,
    time_zone   text    NOT NULL,
    currency    text    NOT NULL,
    any_event   boolean NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL
);
COMMENT ON TABLE game IS 'Settings as of the configuration event at position';

CREATE TABLE exchange_rate (
    game        integer NOT NULL,
    currency    text    NOT NULL,
    day         date    NOT NULL,
    rate        numeric NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL,
    PRIMARY KEY (game, currency, day)
);

CREATE TABLE player (
    player           uuid    PRIMARY KEY,
    game             integer NOT NULL,
    person           uuid,
    first_event_at   timestamptz,
    last_event_at    timestamptz,
    first_session_at timestamptz,
    last_session_at  timestamptz,
    sessions         bigint  NOT NULL,
    lengths          bigint  NOT NULL,
    length_millis    numeric NOT NULL,
    purchases        bigint  NOT NULL,
    achievements     bigint  NOT NULL,
    name             bytea,
    name_at          timestamptz,
    name_by          bigint,
    acquisition      text,
    acquisition_at   timestamptz,
    acquisition_by   bigint,
    platform         text,
    platform_at      timestamptz,
    platform_by      bigint,
    country          text,
    country_at       timestamptz,
    country_by       bigint,
    app_version      text,
    app_version_at   timestamptz,
    app_version_by   bigint
) WITH (fillfactor = 80);
CREATE INDEX player_person ON player (person) WHERE person IS NOT NULL;
COMMENT ON COLUMN player.player IS 'The pseudonym';
COMMENT ON COLUMN player.person IS 'The pseudonym of the player who is the same person, as the link in this player''s own stream says';
COMMENT ON COLUMN player.name IS 'Encrypted under the player''s own key';
COMMENT ON COLUMN player.name_by IS 'The place in the player''s stream of the event that says so: of two at one moment the later counts';

CREATE TABLE money (
    player   uuid        NOT NULL,
    kind     smallint    NOT NULL,
    currency text        NOT NULL,
    at       timestamptz NOT NULL,
    micros   numeric     NOT NULL,
    PRIMARY KEY (player, kind, currency, at)
);
COMMENT ON TABLE money IS 'What was charged, earned or given back in a second: in no time zone does a day begin within one';
COMMENT ON COLUMN money.kind IS '1 in-app, 2 ads, 3 refunds';
