-- One row, locked by whoever creates a game or an epoch of keys: the vault's own order.
CREATE TABLE vault (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    next_game integer NOT NULL DEFAULT 1
);
INSERT INTO vault DEFAULT VALUES;

-- Which key files this vault needs, told by a check value that gives no key away. Epoch 0 is the lookup secret.
CREATE TABLE key_epoch (
    epoch       smallint PRIMARY KEY,
    check_value bytea    NOT NULL
);

CREATE TABLE game (
    number          integer  PRIMARY KEY,
    game_id         text     NOT NULL UNIQUE,
    -- The number of the next player. The row's lock orders everyone who creates players of this game.
    next_player     integer  NOT NULL DEFAULT 0,
    key_epoch       smallint NOT NULL,
    wrapped_key     bytea    NOT NULL,
    rejection_epoch smallint NOT NULL,
    rejection_key   bytea    NOT NULL
) WITH (fillfactor = 50);

-- Streams of a game itself: they share the game's key.
CREATE TABLE game_stream (
    stream uuid    PRIMARY KEY,
    game   integer NOT NULL REFERENCES game
);

-- One player of one game. When the key is destroyed everything nullable goes with it and the row stays: it tells an
-- erased stream from one this vault has never known.
CREATE TABLE subject (
    pseudonym     uuid     PRIMARY KEY,
    game          integer  NOT NULL REFERENCES game,
    player_number integer  NOT NULL,
    player_hash   uuid,    -- first 128 bits of an HMAC of the player's id under the lookup secret
    player_id     bytea,   -- the id, encrypted under the player's own data key
    key_epoch     smallint,
    wrapped_key   bytea,
    UNIQUE (game, player_number),
    UNIQUE (game, player_hash),
    CHECK (num_nulls(player_hash, player_id, key_epoch, wrapped_key) IN (0, 4))
);
