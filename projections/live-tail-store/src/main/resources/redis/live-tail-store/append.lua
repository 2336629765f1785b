-- Adds events to a game's stream of one partition; those that are there, or were, are left out: an id is never used
-- again, not even after the entry was deleted. Then keeps the newest.
-- KEYS: the stream, the game's hash of what was trimmed. ARGV: partition, how many are kept, the last number that was
-- left out by the writer, then for each event its number, how many texts follow, and these: field, value, …
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

local at = 4
while at <= #ARGV do
  local count = tonumber(ARGV[at + 1])
  if tonumber(ARGV[at]) > last then
    redis.call('XADD', KEYS[1], ARGV[at] .. '-0', unpack(ARGV, at + 2, at + 1 + count))
  end
  at = at + 2 + count
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
