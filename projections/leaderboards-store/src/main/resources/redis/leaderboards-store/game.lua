-- Keeps what is said of a game as a whole. Facts and links never change; of bans the later holds.
--
-- KEYS config, links, bans.  ARGV field and value of how far the partition has come, the field that counts how often late
-- events were written, or an empty text, then: number of facts, each one's field and value; number of links, each one's
-- player and person; and each ban's field, position and flag.
-- Answers how often late events were written; 0 where none are now.

local cursor = 3
local function nextArgument()
  cursor = cursor + 1
  return ARGV[cursor]
end

local function numberOf(position)
  return tonumber(string.match(position, '%.(%d+)$'))
end

for _ = 1, tonumber(nextArgument()) do
  redis.call('HSETNX', KEYS[1], nextArgument(), nextArgument())
end
for _ = 1, tonumber(nextArgument()) do
  redis.call('HSETNX', KEYS[2], nextArgument(), nextArgument())
end
while cursor < #ARGV do
  local field, position, flag = nextArgument(), nextArgument(), nextArgument()
  local known = redis.call('HGET', KEYS[3], field)
  if not known or tonumber(string.sub(known, 3)) < tonumber(position) then
    redis.call('HSET', KEYS[3], field, flag .. '|' .. position)
  end
end
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known or numberOf(known) < numberOf(ARGV[2]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return ARGV[3] == '' and 0 or redis.call('HINCRBY', KEYS[1], ARGV[3], 1)
