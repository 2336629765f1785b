-- Brings to a version's board some of what it goes by in another version, before any of its values. What either has stays;
-- fields are looked up here, so that what was taken out of the other meanwhile does not come.
--
-- KEYS 1-5 as above, then meta, linked and bans of the other.  ARGV 1-2 as above, then what:
--      rule, followed by fields and values of how far the values will be
--      late | linked | bans, followed by some fields
-- Answers 1, 0 where the other has no such board, -1 where the version's is not there (any more).

local what = ARGV[3]
if what == 'rule' then
  local theirs = redis.call('HGET', KEYS[6], 'rule')
  if not theirs then
    return 0
  end
  count()
  redis.call('HSETNX', META, 'rule', theirs)
  for index = 4, #ARGV, 2 do
    redis.call('HSETNX', META, ARGV[index], ARGV[index + 1])
  end
  return 1
elseif not rule then
  return -1
end
count()
if redis.call('EXISTS', CHANGED) == 1 then
  -- There are values, which came after all of this: the lists go by it.
  return 1
end
for index = 4, #ARGV do
  local field = ARGV[index]
  if what == 'late' then
    local theirs = redis.call('HGET', KEYS[6], field)
    if theirs then
      redis.call('HSETNX', META, field, theirs)
    end
  elseif what == 'linked' then
    local person = redis.call('HGET', KEYS[7], field)
    if person and redis.call('HSETNX', LINKED, field, person) == 1 then
      redis.call('HSET', SOURCES, person, (redis.call('HGET', SOURCES, person) or '') .. field)
    end
  else
    local theirs, known = redis.call('HGET', KEYS[8], field), redis.call('HGET', BANS, field)
    if theirs and (not known or tonumber(string.sub(known, 3)) < tonumber(string.sub(theirs, 3))) then
      redis.call('HSET', BANS, field, theirs)
    end
  end
end
return 1
