-- Takes a player out of a board: values, entry, links in both directions, bans. Players who had been linked to the one
-- who is gone are persons of their own again.
--
-- KEYS 1-5 as above, then rank and state of each period.
-- ARGV player, channel and text of the change notice, then the periods' names.
-- Answers how many entries were deleted; -1 where the periods are not all given.

local player = ARGV[1]
local periods = {}
for index = 1, #ARGV - 3 do
  periods[index] = {name = ARGV[3 + index], rank = KEYS[4 + 2 * index], state = KEYS[5 + 2 * index]}
end
if redis.call('HLEN', CHANGED) ~= #periods then
  return -1
end

local linkedTo = anyLinks and redis.call('HGET', LINKED, player)
local touched = {player}
if linkedTo then
  touched[2] = linkedTo
end
local linked = anyLinks and redis.call('HGET', SOURCES, player) or ''
for from = 1, #linked, 16 do
  touched[#touched + 1] = string.sub(linked, from, from + 15)
end

local entries = 0
for _, period in ipairs(periods) do
  for _, person in ipairs(touched) do
    local value = listed(period.state, person)
    if value then
      local removed = redis.call('ZREM', period.rank, memberOf(person, value))
      entries = entries + (person == player and removed or 0)
    end
  end
end
if linkedTo then
  local kept = ''
  local all = redis.call('HGET', SOURCES, linkedTo) or ''
  for from = 1, #all, 16 do
    local source = string.sub(all, from, from + 15)
    kept = source == player and kept or kept .. source
  end
  if kept == '' then
    redis.call('HDEL', SOURCES, linkedTo)
  else
    redis.call('HSET', SOURCES, linkedTo, kept)
  end
end
redis.call('HDEL', LINKED, player)
for index = 1, #linked, 16 do
  redis.call('HDEL', LINKED, string.sub(linked, index, index + 15))
end
redis.call('HDEL', SOURCES, player)
redis.call('HDEL', BANS, player .. '*', player .. '.')
redis.call('HDEL', META, 'late:' .. player)
for _, period in ipairs(periods) do
  redis.call('HDEL', period.state, player)
  for index, person in ipairs(touched) do
    local value = index > 1 and listed(period.state, person)
    if value then
      redis.call('ZADD', period.rank, standing(value), memberOf(person, value))
    end
  end
end
-- A period nobody else has a value in is none. Elsewhere it stays known when a score was stored last: a moment, of nobody.
for _, period in ipairs(periods) do
  if redis.call('EXISTS', period.state) == 0 then
    redis.call('HDEL', CHANGED, period.name)
  end
end
if entries > 0 then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
return entries
