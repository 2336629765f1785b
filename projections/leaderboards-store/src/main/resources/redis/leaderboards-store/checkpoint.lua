-- Moves a partition's checkpoint if it is still where the batch began, with how far each of its boards and games has
-- come, parks events and takes away the places of those that are not parked any more.
--
-- KEYS checkpoint, parked.  ARGV expected, next, number of roots, each root's name and position, number of released
-- events, their positions, then each parked event's position and text.
-- Answers 1, or 0 when somebody else has moved it, or has released one of these.

if (redis.call('HGET', KEYS[1], 'checkpoint') or '') ~= ARGV[1] then
  return 0
end
local roots = tonumber(ARGV[3])
local released = 4 + 2 * roots
local parked = released + 1 + tonumber(ARGV[released])
for index = released + 1, parked - 1 do
  if redis.call('HEXISTS', KEYS[2], ARGV[index]) == 0 then
    return 0
  end
end
redis.call('HSET', KEYS[1], 'checkpoint', ARGV[2])
for index = 4, released - 1, 2 do
  redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1])
end
for index = released + 1, parked - 1 do
  redis.call('HDEL', KEYS[2], ARGV[index])
end
for index = parked, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1])
end
return 1
