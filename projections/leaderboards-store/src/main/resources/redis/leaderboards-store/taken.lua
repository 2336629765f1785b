-- Marks that all of a part is taken over: with the mark, all is there that was written on this node before. What was counted by
-- goes, also what a process left that was killed.
--
-- KEYS and ARGV 1-2 as above, then the take-over's id, then fields that go.
-- Answers 1.

for index = 4, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[index])
end
redis.call('HSET', KEYS[1], 'taken', ARGV[3])
return 1
