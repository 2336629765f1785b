-- Takes a player's entries out of a stream. Redis only marks a deleted entry, and keeps its bytes as long as one beside it
-- lives: so the others are written anew. No id is used again.
-- KEYS: the stream. ARGV: the pseudonym.
-- Answers how many entries there were.
local entries = redis.call('XRANGE', KEYS[1], '-', '+')
local kept, gone = {}, 0
for _, entry in ipairs(entries) do
  local theirs = false
  for i = 1, #entry[2], 2 do
    theirs = theirs or (entry[2][i] == 'player' and entry[2][i + 1] == ARGV[1])
  end
  if theirs then
    gone = gone + 1
  else
    kept[#kept + 1] = entry
  end
end
if gone == 0 then
  return 0
end

local last
local info = redis.call('XINFO', 'STREAM', KEYS[1])
for i = 1, #info, 2 do
  if info[i] == 'last-generated-id' then last = info[i + 1] end
end
redis.call('DEL', KEYS[1])
if #kept == 0 then
  redis.call('XADD', KEYS[1], '0-1', 'nothing', '')
  redis.call('XDEL', KEYS[1], '0-1')
end
for _, entry in ipairs(kept) do
  redis.call('XADD', KEYS[1], entry[1], unpack(entry[2]))
end
redis.call('XSETID', KEYS[1], last)
return gone
