-- Takes a whole board away that has lost what lies before what it leaves out, so it can't be counted on from what it has:
-- events which had come late, or some of what was taken over.
--
-- KEYS 1-5 as above, then rank and state of each period.
-- ARGV partition, how often late events had been written for it, then the periods' names. Without a partition, an empty
-- text, it is known to have lost something.
-- Answers 1 when it is gone, 0 where it has lost none, or everything; -1 where the periods are not all given.

if ARGV[1] ~= '' then
  local at = redis.call('HGET', META, 'at:' .. ARGV[1])
  local released = tonumber(redis.call('HGET', META, 'released:' .. ARGV[1]) or '0')
  if not at or released >= tonumber(ARGV[2]) then
    return 0
  end
end
if redis.call('HLEN', CHANGED) ~= #ARGV - 2 then
  return -1
end
for _, key in ipairs(KEYS) do
  redis.call('UNLINK', key)
end
return 1
