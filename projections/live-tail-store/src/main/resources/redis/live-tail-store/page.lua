-- The entries with a game's events after a number, up to another, and up to where events of any of its partitions may be
-- missing; all as of one moment. Entries are whole: they hold events before and after what was asked for, too.
-- KEYS: the game's hash of what was trimmed, then the streams. ARGV: after, up to, about how many events of each stream.
-- Answers the number trimmed, up to where all events are in the entries, and these.
local CHUNK = 10

local trimmed = 0
for _, through in ipairs(redis.call('HVALS', KEYS[1])) do
  trimmed = math.max(trimmed, tonumber(through))
end

local after, upTo, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local through, entries = upTo, {}
for i = 2, #KEYS do
  local from, events, before, all = string.format('%.0f', after + 1), 0, nil, false
  repeat
    local chunk = redis.call('XRANGE', KEYS[i], from, ARGV[2], 'COUNT', CHUNK)
    for _, entry in ipairs(chunk) do
      entries[#entries + 1] = entry
      -- How many they are is told by the counts, but for the first, and where an earlier build did not count.
      local counted = count(entry[1])
      events = events + math.max(1, before and counted - before or 1)
      before = counted
      from = '(' .. entry[1]
    end
    all = #chunk < CHUNK
  until all or events >= most
  if all then
    -- Runs do not overlap: only the first that ends later may have begun before.
    local later = redis.call('XRANGE', KEYS[i], string.format('%.0f', upTo + 1), '+', 'COUNT', 1)[1]
    if later and first(later) <= upTo then entries[#entries + 1] = later end
  else
    through = math.min(through, number(entries[#entries][1]))
  end
end
return { string.format('%.0f', trimmed), string.format('%.0f', through), entries }
