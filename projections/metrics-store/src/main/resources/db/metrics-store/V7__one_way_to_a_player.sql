-- Nobody asks for a game's players by their first day alone, and while the table is new the planner takes this index for
-- the primary key's: each player of a batch is then looked for among all of the game's.
DROP INDEX player_first_day;
