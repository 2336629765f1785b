-- Where a person stands in a period, and who stands around.
--
-- KEYS 1-5 as above, 6 rank, 7 state.  ARGV period, player, most entries.
-- Answers nothing where the board is missing; else total, the person's index or -1, index of the first entry given,
-- changed, then member and score of each entry: none where the person is not listed.

if not rule then
  return false
end
local RANK, STATE = KEYS[6], KEYS[7]
local period, most = ARGV[1], tonumber(ARGV[3])
local person = personOf(ARGV[2])
local total = redis.call('ZCARD', RANK)
local changed = redis.call('HGET', CHANGED, period) or ''
local value = listed(STATE, person)
local index = value and redis.call('ZRANK', RANK, memberOf(person, value))
if not index then
  return {total, -1, 0, changed}
end
local from = math.max(0, math.min(index - math.floor((most - 1) / 2), total - most))
local answer = {total, index, from, changed}
for _, text in ipairs(redis.call('ZRANGE', RANK, from, from + most - 1, 'WITHSCORES')) do
  answer[#answer + 1] = text
end
return answer
