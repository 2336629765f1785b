-- A game comes by every partition, maybe at the same moment: ON CONFLICT (number) waits for the other, a second unique
-- index would refuse the row.
ALTER TABLE game DROP CONSTRAINT game_game_id_key;
CREATE INDEX game_id ON game (game_id);
