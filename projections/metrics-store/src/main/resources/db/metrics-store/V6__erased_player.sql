-- Streams of one person end one after the other.

CREATE TABLE erased_player (
    game   integer NOT NULL,
    player integer NOT NULL,
    PRIMARY KEY (game, player)
);
COMMENT ON TABLE erased_player IS 'Numbers of players whose stream has ended: what those linked to them bring later is taken away too';
