-- Repeatable: every statement may run again.

CREATE TABLE IF NOT EXISTS change (
    game        integer NOT NULL,
    partition   integer NOT NULL,
    incarnation bigint  NOT NULL,
    position    bigint  NOT NULL,
    PRIMARY KEY (game, partition)
) WITH (fillfactor = 50);
ALTER TABLE change ADD COLUMN IF NOT EXISTS released boolean NOT NULL DEFAULT false;

COMMENT ON TABLE change IS 'Up to where each partition last changed a game''s numbers: who comes back later sees whether he missed anything';
COMMENT ON COLUMN change.released IS 'Changed by events that had waited in quarantine: who saw the position may not have seen this';
