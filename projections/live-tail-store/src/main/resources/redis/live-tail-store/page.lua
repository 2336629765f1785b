-- One partition's events of a game after a number, up to another, and up to where events of any of its partitions may
-- be missing; all as of one moment.
-- KEYS: the game's hash of what was trimmed, then the streams. ARGV: after, up to, how many of each stream.
local trimmed = 0
for _, number in ipairs(redis.call('HVALS', KEYS[1])) do
  trimmed = math.max(trimmed, tonumber(number))
end
local entries = {}
for i = 2, #KEYS do
  for _, entry in ipairs(redis.call('XRANGE', KEYS[i], '(' .. ARGV[1] .. '-0', ARGV[2] .. '-0', 'COUNT', ARGV[3])) do
    entries[#entries + 1] = entry
  end
end
return { string.format('%.0f', trimmed), entries }
