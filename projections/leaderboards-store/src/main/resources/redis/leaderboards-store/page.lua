-- A page of a period's list. A place in the list is told by score and tie, never by a member's rank, so a page goes on
-- where the last one ended whatever was written in between.
--
-- KEYS 1-5 as above, 6 rank.  ARGV period, most entries, from which end (first|last), after and before, each as
-- score at position, or three empty texts.
-- Answers nothing where the board is missing; else total, index of the first entry given, changed, then member and score
-- of each entry.

if not rule then
  return false
end
local RANK = KEYS[6]
local period, most, fromEnd = ARGV[1], tonumber(ARGV[2]), ARGV[3]

-- How many entries stand before a place; with the one at the place itself where it is included.
local function countBefore(score, at, position, isIncluded)
  local low = redis.call('ZCOUNT', RANK, '-inf', '(' .. score)
  local high = redis.call('ZCOUNT', RANK, '-inf', score)
  at, position = tonumber(at), tonumber(position)
  while low < high do
    local middle = math.floor((low + high) / 2)
    local entryAt, entryPosition = struct.unpack('>I6I6', redis.call('ZRANGE', RANK, middle, middle)[1])
    local isBefore = entryAt < at
      or (entryAt == at and (entryPosition < position or (isIncluded and entryPosition == position)))
    if isBefore then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

local total = redis.call('ZCARD', RANK)
local from, to = 0, total
if ARGV[4] ~= '' then
  from = countBefore(ARGV[4], ARGV[5], ARGV[6], true)
end
if ARGV[7] ~= '' then
  to = countBefore(ARGV[7], ARGV[8], ARGV[9], false)
end
if fromEnd == 'first' then
  to = math.min(to, from + most)
else
  from = math.max(from, to - most)
end
local answer = {total, from, redis.call('HGET', CHANGED, period) or ''}
if from < to then
  for _, text in ipairs(redis.call('ZRANGE', RANK, from, to - 1, 'WITHSCORES')) do
    answer[#answer + 1] = text
  end
end
return answer
