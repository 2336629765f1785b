-- Applies some events of one partition to one board, all or nothing. Whatever can be wrong is found before the first
-- write, because Redis does not undo a script that fails.
--
-- KEYS 1-5 as above, then rank and state of each period.
-- ARGV rule, partition, the board's checkpoint there before and after, the field of a player whose events come late
--      and how far the board had and has come with them, channel and text of the change notice, whether all periods are
--      given (1 or 0), number of periods, their names, then the operations:
--      s source score at position storedAt, followed by the indexes of its four periods
--      l source person storedAt
--      b source scope(*|.) position banned(1|0) storedAt
-- Answers 'ok', or what was wrong: missing, rule, moved, type, periods. Where events come late, 'ok|' and how often such
-- were written for the partition so far.

local cursor = 0
local function nextArgument()
  cursor = cursor + 1
  return ARGV[cursor]
end

local expectedRule, partition = nextArgument(), nextArgument()
local before, after = nextArgument(), nextArgument()
local late, lateBefore, lateAfter = nextArgument(), nextArgument(), nextArgument()
local channel, notice = nextArgument(), nextArgument()
local allPeriods = nextArgument() == '1'
local periods = {}
for index = 1, tonumber(nextArgument()) do
  periods[index] = {name = nextArgument(), rank = KEYS[4 + 2 * index], state = KEYS[5 + 2 * index], changed = nil}
end

if not rule then
  return 'missing'
elseif rule ~= expectedRule then
  return 'rule'
elseif (redis.call('HGET', META, 'at:' .. partition) or '') ~= before then
  return 'moved'
elseif late ~= '' and (redis.call('HGET', META, late) or '') ~= lateBefore then
  return 'moved'
end

local function isOfType(key, type)
  local found = redis.call('TYPE', key)['ok']
  return found == type or found == 'none'
end

for index = 2, 5 do
  if not isOfType(KEYS[index], 'hash') then
    return 'type'
  end
end
for _, period in ipairs(periods) do
  if not isOfType(period.rank, 'zset') or not isOfType(period.state, 'hash') then
    return 'type'
  end
end

if allPeriods then
  local given = 0
  for _, period in ipairs(periods) do
    given = given + redis.call('HEXISTS', CHANGED, period.name)
  end
  if given ~= redis.call('HLEN', CHANGED) then
    return 'periods'
  end
end

local function mark(period, storedAt)
  if not period.changed or period.changed < storedAt then
    period.changed = storedAt
  end
end

-- Who is linked or banned changes the lists of the periods they have values in. When depends on the event alone, not on
-- whether the list has it already: a batch learns of links before it counts.
local function touch(source, storedAt)
  for _, period in ipairs(periods) do
    if redis.call('HEXISTS', period.state, source) == 1 then
      mark(period, storedAt)
    end
  end
end

local function addScore()
  local source, score = nextArgument(), tonumber(nextArgument())
  local at, position, storedAt = tonumber(nextArgument()), tonumber(nextArgument()), tonumber(nextArgument())
  local value = newValue(score, at, position)
  local counted = countedFor(source)
  for _ = 1, 4 do
    local period = periods[tonumber(nextArgument())]
    local packed = redis.call('HGET', period.state, source)
    local known = packed and unpackValue(packed) or nil
    keep(period, source, counted, packed, known, withScore(known, value))
    mark(period, storedAt)
  end
end

-- Changes who counts for whom or who is hidden, and lists those two anew in every period.
local function relistAround(one, other, change)
  local old = {}
  for index, period in ipairs(periods) do
    old[index] = {one = listed(period.state, one), other = one ~= other and listed(period.state, other) or nil}
  end
  change()
  for index, period in ipairs(periods) do
    relist(period, one, old[index].one, listed(period.state, one))
    if one ~= other then
      relist(period, other, old[index].other, listed(period.state, other))
    end
  end
end

local function link()
  local source, person, storedAt = nextArgument(), nextArgument(), tonumber(nextArgument())
  touch(source, storedAt)
  if redis.call('HEXISTS', LINKED, source) == 1 then
    return
  end
  relistAround(source, person, function()
    redis.call('HSET', LINKED, source, person)
    redis.call('HSET', SOURCES, person, (redis.call('HGET', SOURCES, person) or '') .. source)
    anyLinks = true
  end)
end

local function ban()
  local source, scope, position = nextArgument(), nextArgument(), tonumber(nextArgument())
  local flag, storedAt = nextArgument(), tonumber(nextArgument())
  touch(source, storedAt)
  local register = source .. scope
  local known = redis.call('HGET', BANS, register)
  if known and tonumber(string.sub(known, 3)) >= position then
    return
  end
  relistAround(source, personOf(source), function()
    redis.call('HSET', BANS, register, flag .. '|' .. string.format('%.0f', position))
    anyBans = true
  end)
end

if after ~= '' then
  redis.call('HSET', META, 'at:' .. partition, after)
end
local released = ''
if lateAfter ~= '' then
  redis.call('HSET', META, late, lateAfter)
  released = '|' .. redis.call('HINCRBY', META, 'released:' .. partition, 1)
end
local operations = {s = addScore, l = link, b = ban}
while cursor < #ARGV do
  operations[nextArgument()]()
end
for _, period in ipairs(periods) do
  if period.changed then
    local known = tonumber(redis.call('HGET', CHANGED, period.name) or '-1')
    if known < period.changed then
      redis.call('HSET', CHANGED, period.name, string.format('%.0f', period.changed))
    end
  end
end
if isListChanged then
  redis.call('PUBLISH', channel, notice)
end
return 'ok' .. released
