-- Stores a value if the lease is still there.
-- KEYS: value, lease, generation of the tier, of the tenant.
-- ARGV: token, fresh for ms, kept for ms, payload, channel, message.
local found = redis.call('MGET', KEYS[2], KEYS[3], KEYS[4])
local lease = found[1]
if not lease or not found[2] or not found[3]
    or string.sub(lease, 1, 32) ~= string.sub(found[2], 1, 16) .. found[3]
    or string.sub(lease, 47) ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1],
    string.format('%s%013.0f', string.sub(lease, 1, 45), now + tonumber(ARGV[2])) .. ARGV[4], 'PX', ARGV[3])
redis.call('DEL', KEYS[2])
if string.sub(lease, 46, 46) == '1' then
  redis.call('PUBLISH', ARGV[5], ARGV[6])
end
return 1
