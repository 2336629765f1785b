-- Brings to a version places of events that wait in another one.
--
-- KEYS as above, then parked.  ARGV 1-2 as above, then each event's position and text.
-- Answers 1.

count()
for index = 3, #ARGV, 2 do
  redis.call('HSETNX', KEYS[2], ARGV[index], ARGV[index + 1])
end
return 1
