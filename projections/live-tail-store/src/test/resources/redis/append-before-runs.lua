-- How a build before runs added events, an entry for each: it may run beside this one while a deployment rolls.
-- Adds events to a game's stream of one partition; those that are there, or were, are left out: an id is never used
-- again, not even after the entry was deleted. Then keeps the newest.
-- KEYS: the stream, the game's hash of what was trimmed. ARGV: partition, how many are kept, the last number that was
-- left out by the writer, then for each event its number, its player, empty where there is none, and all else in one.
local function number(id)
  return tonumber(string.match(id, '^%d+'))
end

local last = 0
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then last = number(info[i + 1]) end
  end
end

for at = 4, #ARGV, 3 do
  if tonumber(ARGV[at]) > last then
    if ARGV[at + 1] == '' then
      redis.call('XADD', KEYS[1], ARGV[at] .. '-0', 'event', ARGV[at + 2])
    else
      redis.call('XADD', KEYS[1], ARGV[at] .. '-0', 'player', ARGV[at + 1], 'event', ARGV[at + 2])
    end
  end
end

local trimmed = tonumber(ARGV[3])
if redis.call('XLEN', KEYS[1]) > tonumber(ARGV[2]) then
  redis.call('XTRIM', KEYS[1], 'MAXLEN', ARGV[2])
  trimmed = math.max(trimmed, number(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1][1]) - 1)
end
if trimmed > tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') then
  redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', trimmed))
end
return 1
