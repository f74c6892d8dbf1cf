-- Ends a lease without a value. KEYS: lease. ARGV: token, channel, message.
local lease = redis.call('GET', KEYS[1])
if not lease or string.sub(lease, 47) ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1])
if string.sub(lease, 46, 46) == '1' then
  redis.call('PUBLISH', ARGV[2], ARGV[3])
end
return 1
