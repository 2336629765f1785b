-- What every script of a board begins with: how values lie in Redis, how they are folded and in which order they stand.
-- All keys of a board carry its hash tag, so a script finds them on one node of a cluster.
--
-- A value is what one source (a player's own stream) brings to a period: score, when it was reached, at which position.
-- A sum lies in two parts, high * 2^32 + low with 0 <= low < 2^32, and so is exact far past what a double holds.
--
-- What comes twice counts once, of every value by itself. To the best and the latest it makes no difference; a sum and a
-- count say up to which position they have counted, since a source's scores come in their order, parked ones too. That is
-- the position of the value, most often; where a later one had been reached before it, it stands behind the value.

local BOUND = 9007199254740992 -- 2^53: the sign of a sum that is past what is shown
local SPLIT = 4294967296 -- 2^32
local FORMAT, SIZE = '>dI4I6I6', 24
local UP_TO = '>I6'

local META, LINKED, SOURCES, BANS, CHANGED = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]

local rule = redis.call('HGET', META, 'rule')
local operator, sortOrder = string.match(rule or '', '^(%u+)|(%u+)|')
local isAdding = operator == 'SUM' or operator == 'COUNT'
local anyLinks = redis.call('EXISTS', SOURCES) == 1
local anyBans = redis.call('EXISTS', BANS) == 1

local function unpackValue(packed)
  local high, low, at, position = struct.unpack(FORMAT, packed)
  local upTo = #packed > SIZE and struct.unpack(UP_TO, packed, SIZE + 1) or position
  return {high = high, low = low, at = at, position = position, upTo = upTo}
end

local function packValue(value)
  local packed = struct.pack(FORMAT, value.high, value.low, value.at, value.position)
  if value.upTo > value.position then
    packed = packed .. struct.pack(UP_TO, value.upTo)
  end
  return packed
end

local function newValue(score, at, position)
  if operator == 'COUNT' then
    return {high = 1, low = 0, at = at, position = position, upTo = position}
  elseif operator == 'SUM' then
    local high = math.floor(score / SPLIT)
    return {high = high, low = score - high * SPLIT, at = at, position = position, upTo = position}
  end
  return {high = score, low = 0, at = at, position = position, upTo = position}
end

-- The score in the sorted set: the first of the board has the lowest, whichever way the board is ordered. Members of
-- one score stand in the order of their bytes, which begin with when it was reached.
local function standing(value)
  local score = value.high
  if operator == 'SUM' then
    if value.high >= 2097152 then
      score = BOUND
    elseif value.high < -2097152 or (value.high == -2097152 and value.low == 0) then
      score = -BOUND
    else
      score = value.high * SPLIT + value.low
    end
  end
  if sortOrder == 'DESC' and score ~= 0 then
    return -score
  end
  return score
end

local function isLater(one, other)
  return one.at > other.at or (one.at == other.at and one.position > other.position)
end

-- The fold. Neither order nor grouping matters, so two sources of a person fold like two scores of a source.
local function merged(one, other)
  if not one then
    return other
  elseif not other then
    return one
  elseif operator == 'BEST' then
    local first, second = standing(one), standing(other)
    if first ~= second then
      return first < second and one or other
    end
    return isLater(one, other) and other or one
  elseif operator == 'LATEST' then
    return isLater(one, other) and one or other
  end
  local last = isLater(one, other) and one or other
  local low = one.low + other.low
  local carry = low >= SPLIT and 1 or 0
  return {
    high = one.high + other.high + carry,
    low = low - carry * SPLIT,
    at = last.at,
    position = last.position,
    upTo = math.max(one.upTo, other.upTo),
  }
end

-- A source's value with one score more; the same where the score is in it.
local function withScore(known, score)
  if known and isAdding and score.position <= known.upTo then
    return known
  end
  return merged(known, score)
end

-- What two versions of a board know of one source: all that either has counted.
local function joined(known, theirs)
  if known and isAdding then
    return theirs.upTo > known.upTo and theirs or known
  end
  return merged(known, theirs)
end

local function personOf(source)
  return anyLinks and redis.call('HGET', LINKED, source) or source
end

-- Whose values count for a person: the person's own, unless they count for somebody else, and those of linked players.
local function sourcesOf(person)
  local all = {}
  if not anyLinks then
    return {person}
  end
  if redis.call('HEXISTS', LINKED, person) == 0 then
    all[1] = person
  end
  local linked = redis.call('HGET', SOURCES, person) or ''
  for from = 1, #linked, 16 do
    all[#all + 1] = string.sub(linked, from, from + 15)
  end
  return all
end

local function valueIn(state, person)
  local value = nil
  for _, source in ipairs(sourcesOf(person)) do
    local packed = redis.call('HGET', state, source)
    if packed then
      value = merged(value, unpackValue(packed))
    end
  end
  return value
end

-- A ban from all boards ('*') and one from this board ('.') are apart: lifting one leaves the other.
local function isSourceBanned(source)
  for _, ban in ipairs(redis.call('HMGET', BANS, source .. '*', source .. '.')) do
    if ban and string.sub(ban, 1, 1) == '1' then
      return true
    end
  end
  return false
end

-- A ban of any of a person's players hides the person: linking is no way around it.
local function isBanned(person)
  if not anyBans then
    return false
  end
  if isSourceBanned(person) then
    return true
  end
  for _, source in ipairs(sourcesOf(person)) do
    if source ~= person and isSourceBanned(source) then
      return true
    end
  end
  return false
end

-- What stands in the list for a person; nothing for who is banned or has no value.
local function listed(state, person)
  if isBanned(person) then
    return nil
  end
  return valueIn(state, person)
end

local function memberOf(person, value)
  return struct.pack('>I6I6', value.at, value.position) .. person
end
