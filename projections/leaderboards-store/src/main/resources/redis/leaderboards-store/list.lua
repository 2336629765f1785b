-- Keeps values and the places they give. A period is a table with the keys of its two: rank, state.

local isListChanged = false

local function relist(period, person, old, new)
  local oldMember = old and memberOf(person, old)
  local newMember = new and memberOf(person, new)
  local isSame = oldMember == newMember and (not old or standing(old) == standing(new))
  if isSame then
    return
  end
  if oldMember and oldMember ~= newMember then
    redis.call('ZREM', period.rank, oldMember)
  end
  if newMember then
    redis.call('ZADD', period.rank, standing(new), newMember)
  end
  isListChanged = true
end

-- For whom a source's values count.
local function countedFor(source)
  local person = personOf(source)
  return {person = person, isAlone = person == source and not anyLinks, isHidden = isBanned(person)}
end

-- Puts a source's value in the place of the one that is known, and lists anew whom it counts for.
local function keep(period, source, counted, packed, known, mine)
  local old
  if not counted.isHidden then
    old = counted.isAlone and known or not counted.isAlone and valueIn(period.state, counted.person) or nil
  end
  local new = packValue(mine)
  if new ~= packed then
    redis.call('HSET', period.state, source, new)
  end
  if not counted.isHidden then
    relist(period, counted.person, old, counted.isAlone and mine or valueIn(period.state, counted.person))
  end
end
