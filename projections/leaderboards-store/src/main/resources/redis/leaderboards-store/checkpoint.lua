-- Moves a partition's checkpoint if it is still where the batch began, with how far each of its boards and games has
-- come and the newly parked events.
--
-- KEYS checkpoint, parked.  ARGV expected, next, number of roots, each root's name and position, then each parked event's
-- position and text.
-- Answers 1, or 0 when somebody else has moved it.

if (redis.call('HGET', KEYS[1], 'checkpoint') or '') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'checkpoint', ARGV[2])
local roots = tonumber(ARGV[3])
for index = 4, 2 + 2 * roots, 2 do
  redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1])
end
for index = 4 + 2 * roots, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1])
end
return 1
