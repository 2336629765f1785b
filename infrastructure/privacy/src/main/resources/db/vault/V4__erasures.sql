-- Who was erased, without who they were: found only by whoever has the lookup secret and the id. Kept for ever, because
-- what occurred before an erasure is refused for ever. No reference to the game: a vault restored to older data may not
-- know it.
CREATE TABLE erased_player (
    game          integer     NOT NULL,
    player_hash   uuid        NOT NULL, -- as in subject
    times         integer     NOT NULL CHECK (times > 0), -- how often so far
    erased_at     timestamptz NOT NULL, -- when the last erasure began
    readmitted_at timestamptz,          -- absent: whatever comes is refused
    PRIMARY KEY (game, player_hash)
) WITH (fillfactor = 90);

-- How often the player behind a row had been erased when it was made: an erasure that is applied again, to a restored
-- vault, takes those made before it and no other.
ALTER TABLE subject ADD COLUMN erased_before integer NOT NULL DEFAULT 0;

-- How much of the ledger of erasures this vault has heard of.
ALTER TABLE vault
    ADD COLUMN ledger_entries bigint NOT NULL DEFAULT 0,
    ADD COLUMN ledger_mac     bytea;

-- What requests of data subjects have to know until they are over, each under a key of its own. When the key is destroyed
-- the row stays, so that nothing more is sealed for the request.
CREATE TABLE request_key (
    request     uuid PRIMARY KEY,
    key_epoch   smallint,
    wrapped_key bytea,
    CHECK (num_nulls(key_epoch, wrapped_key) IN (0, 2))
);
CREATE TABLE request_secret (
    request uuid  NOT NULL REFERENCES request_key,
    name    text  NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    sealed  bytea NOT NULL,
    PRIMARY KEY (request, name)
);
