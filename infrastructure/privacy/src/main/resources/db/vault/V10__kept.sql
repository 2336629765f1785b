-- What is kept of erased players for a while, where a law asks for it: how much of what, whose, and until when. What it is
-- lies in request_secret under a key of its own, whose request_key.part_of is the request. The row goes with it.
CREATE TABLE kept (
    request       uuid        NOT NULL,
    subject       integer     NOT NULL, -- which of the request's, from 0
    kind          text        NOT NULL,
    game          integer     NOT NULL,
    player_hashes uuid[]      NOT NULL, -- as in subject, of all players who were this person
    records       bigint      NOT NULL CHECK (records > 0),
    until         date        NOT NULL, -- the last day
    ends_at       timestamptz NOT NULL, -- when that day is over
    ended_at      timestamptz,          -- absent: its key is there
    PRIMARY KEY (request, subject, kind)
);
CREATE INDEX kept_of_a_player ON kept USING gin (player_hashes);
CREATE INDEX kept_by_end ON kept (ends_at);

-- Open requests that are to keep something are asked for whenever another one is made, and are few.
CREATE INDEX request_secret_keep ON request_secret (request) WHERE name = 'keep';
