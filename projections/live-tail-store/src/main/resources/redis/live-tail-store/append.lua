-- Adds runs of events to a game's stream of one partition; those that are there, or were, are left out: an id is never
-- used again, not even after the entry was deleted. Then keeps the newest.
-- KEYS: the stream, the game's hash of what was trimmed. ARGV: partition, how many events are kept, the last number that was
-- left out by the writer, then for each run the number of its last event, how many they are, their player, empty where there
-- is none, and all else in one.
-- Answers up to where the events are written now. That is less than all when a run begins with events that are there
-- already: it and what comes after it have to be sent again, without those.

-- Entries of an earlier build are written anew with their count, once.
local function counted(last)
  local entries = redis.call('XRANGE', KEYS[1], '-', '+')
  local events, anew = 0, false
  for _, entry in ipairs(entries) do
    if count(entry[1]) == 0 then
      events, anew = events + 1, true
      entry[1] = id(number(entry[1]), events)
    else
      events = count(entry[1])
    end
  end
  if anew then
    redis.call('DEL', KEYS[1])
    for _, entry in ipairs(entries) do
      redis.call('XADD', KEYS[1], entry[1], unpack(entry[2]))
    end
    redis.call('XSETID', KEYS[1], id(last, events))
  end
  return events
end

local last, events = 0, 0
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      last, events = number(info[i + 1]), count(info[i + 1])
    end
  end
  if events == 0 then events = counted(last) end
end

-- Runs that are not there follow those that are.
local at = 4
while at <= #ARGV and tonumber(ARGV[at]) <= last do
  at = at + 4
end
if at <= #ARGV and firstOf(ARGV[at + 3]) <= last then
  return last
end
local through = math.max(last, tonumber(ARGV[#ARGV - 3]))
for at = at, #ARGV, 4 do
  events = events + ARGV[at + 1]
  if ARGV[at + 2] == '' then
    redis.call('XADD', KEYS[1], ARGV[at] .. '-' .. events, 'event', ARGV[at + 3])
  else
    redis.call('XADD', KEYS[1], ARGV[at] .. '-' .. events, 'player', ARGV[at + 2], 'event', ARGV[at + 3])
  end
end

-- The oldest entry that is to stay: the first with a count above this. There is none when the newest were purged. It is looked
-- for where it is if counts grow as numbers do, and then in the middle, in turn.
local function oldest(spare)
  local found = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
  if not found or count(found[1]) > spare then return found end
  local low, lowCount, high, highCount = number(found[1]), count(found[1]), through, events
  local even = false
  while true do
    local share = even and 0.5 or (spare - lowCount) / (highCount - lowCount)
    local from = low + 1 + math.floor(share * (high - low - 1))
    found = redis.call('XRANGE', KEYS[1], string.format('%.0f', from), '+', 'COUNT', 1)[1]
    if found and count(found[1]) <= spare then
      low, lowCount = number(found[1]), count(found[1])
    else
      local older = redis.call('XREVRANGE', KEYS[1], string.format('%.0f', from - 1), '-', 'COUNT', 1)[1]
      if count(older[1]) <= spare then return found end
      high, highCount = number(older[1]), count(older[1])
    end
    even = not even
  end
end

local trimmed = tonumber(ARGV[3])
local spare = events - tonumber(ARGV[2])
if spare > 0 then
  -- Where each event is an entry this is all there is to do.
  local gone = redis.call('XTRIM', KEYS[1], 'MAXLEN', ARGV[2])
  local stays = oldest(spare)
  gone = gone + redis.call('XTRIM', KEYS[1], 'MINID', stays and stays[1] or id(through + 1, 0))
  if gone > 0 then
    trimmed = math.max(trimmed, stays and first(stays) - 1 or through)
  end
end
if trimmed > tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0') then
  redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', trimmed))
end
return through
