-- Brings to a version some of what another one knows of a game as a whole. What either has stays: facts and links never
-- change; of bans the later holds. So it may be done again, and while both are written.
--
-- KEYS config, links, bans of the version, then those of the other.  ARGV 1-2 as above, then what (config|links|bans), then,
-- but for config, some fields.
-- Answers 1.

count()
if ARGV[3] == 'config' then
  local theirs = redis.call('HGETALL', KEYS[4])
  for index = 1, #theirs, 2 do
    -- That the other was itself taken over says nothing of this one.
    if string.sub(theirs[index], 1, 5) ~= 'taken' then
      redis.call('HSETNX', KEYS[1], theirs[index], theirs[index + 1])
    end
  end
  return 1
end
for index = 4, #ARGV do
  local field = ARGV[index]
  if ARGV[3] == 'links' then
    local person = redis.call('HGET', KEYS[5], field)
    if person then
      redis.call('HSETNX', KEYS[2], field, person)
    end
  else
    local theirs, known = redis.call('HGET', KEYS[6], field), redis.call('HGET', KEYS[3], field)
    if theirs and (not known or tonumber(string.sub(known, 3)) < tonumber(string.sub(theirs, 3))) then
      redis.call('HSET', KEYS[3], field, theirs)
    end
  end
end
return 1
