-- Ends a take-over, if all that is to be there is written down, and says by which id it is marked.
--
-- KEYS what is written down.  ARGV the take-over's id, then the fields.
-- Answers 1, or 0 where one is not there, or another take-over was begun.

if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then
  return 0
end
for index = 2, #ARGV do
  if redis.call('HEXISTS', KEYS[1], ARGV[index]) == 0 then
    return 0
  end
end
redis.call('HSET', KEYS[1], 'done', ARGV[1])
return 1
