-- What the other scripts know of ids: an entry's is the number of its last event and how many events there ever were in the
-- stream up to and with it, <number>-<count>. Earlier builds did not count, <number>-0, and each entry was of one event.
local function number(id)
  return tonumber(string.match(id, '^%d+'))
end

local function count(id)
  return tonumber(string.match(id, '%d+$'))
end

local function id(number, count)
  return string.format('%.0f-%.0f', number, count)
end

-- The number of the first event of a run, whose text begins with it: 1:n, its length, a colon, itself. Nil of others.
local function firstOf(text)
  local length, from = string.match(text, '^1:n(%d+):()')
  return length and tonumber(string.sub(text, from, from + length - 1))
end

local function first(entry)
  return firstOf(entry[2][#entry[2]]) or number(entry[1])
end
