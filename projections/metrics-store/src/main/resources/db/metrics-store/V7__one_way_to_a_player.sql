-- While the table is new, the planner takes an index that begins like the primary key for it: each player of a batch is then
-- looked for among all of the game's. First days serve the same questions in another order.
DROP INDEX player_first_day;
CREATE INDEX player_first_day ON player (first_day, game);
