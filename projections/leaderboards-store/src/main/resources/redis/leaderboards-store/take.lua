-- What every script begins with that takes something over. A node that fails over has what it was told, in order, up to some
-- moment. So who takes over counts its scripts beside what they write, and finds that it has fewer where some of that is gone.
--
-- KEYS 1 the hash in which it is counted.  ARGV 1 the field, 2 how many there were before.
-- Answers -1 where there are not so many.

if (redis.call('HGET', KEYS[1], ARGV[1]) or '0') ~= ARGV[2] then
  return -1
end

local function count()
  redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
end
