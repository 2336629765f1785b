-- Moves a partition's checkpoint if it is still where the batch began, with how far each of its boards and games has
-- come, and how often late events were written to them, parks events and takes away the places of those that are not parked
-- any more.
--
-- KEYS checkpoint, parked, released.  ARGV expected, next, number of roots, each root's name and position, number of roots
-- late events were written to, each one's name and how often, number of released events, their positions, then each parked
-- event's position and text.
-- Answers 1, or 0 when somebody else has moved it, or has released one of these.

if (redis.call('HGET', KEYS[1], 'checkpoint') or '') ~= ARGV[1] then
  return 0
end
local roots = 3
local late = roots + 1 + 2 * tonumber(ARGV[roots])
local released = late + 1 + 2 * tonumber(ARGV[late])
local parked = released + 1 + tonumber(ARGV[released])
for index = released + 1, parked - 1 do
  if redis.call('HEXISTS', KEYS[2], ARGV[index]) == 0 then
    return 0
  end
end
redis.call('HSET', KEYS[1], 'checkpoint', ARGV[2])
for index = roots + 1, late - 1, 2 do
  redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1])
end
for index = late + 1, released - 1, 2 do
  redis.call('HSET', KEYS[3], ARGV[index], ARGV[index + 1])
end
for index = released + 1, parked - 1 do
  redis.call('HDEL', KEYS[2], ARGV[index])
end
for index = parked, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[index], ARGV[index + 1])
end
return 1
