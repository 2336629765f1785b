-- Copies all keys of a board or a game to another version, where its first is not there yet.
--
-- KEYS one half from where, the other half, in the same order, to where; the first of each half is never absent where
-- anything is.  ARGV 1 where the fifth names the board's periods, and then their number; else 0.
-- Answers 1, 0 when there is nothing, -1 when it was there already, -2 where the periods are not all given.

local half = #KEYS / 2
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
elseif redis.call('EXISTS', KEYS[half + 1]) == 1 then
  return -1
elseif ARGV[1] == '1' and redis.call('HLEN', KEYS[5]) ~= tonumber(ARGV[2]) then
  return -2
end
for index = 1, half do
  redis.call('COPY', KEYS[index], KEYS[half + index])
end
return 1
