-- Brings to one period of a version's board what another version has of some players, and lists whom it counts for. Both
-- may be written meanwhile, and it may be done again: what a value has counted already it leaves out.
--
-- KEYS 1-5 as above, then rank and state of the period, changed and the period's state of the other.  ARGV 1-2 as
-- above, then the period's name, then players.
-- Answers 1, or -1 where the version's board is not there (any more).

if not rule then
  return -1
end
count()
local period = {rank = KEYS[6], state = KEYS[7]}
local theirChanged = redis.call('HGET', KEYS[8], ARGV[3])
if theirChanged and tonumber(theirChanged) > tonumber(redis.call('HGET', CHANGED, ARGV[3]) or '-1') then
  redis.call('HSET', CHANGED, ARGV[3], theirChanged)
end
for index = 4, #ARGV do
  local source = ARGV[index]
  local theirs = redis.call('HGET', KEYS[9], source)
  if theirs then
    local packed = redis.call('HGET', period.state, source)
    local known = packed and unpackValue(packed) or nil
    keep(period, source, countedFor(source), packed, known, joined(known, unpackValue(theirs)))
  end
end
return 1
