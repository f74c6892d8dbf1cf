-- Returns a value, or takes the lease, or tells that it is taken.
-- KEYS: value, lease, generation of the tier, of the tenant.
-- ARGV: token, lease in ms, age in ms that a value is below, a new generation, ms to keep that of the tenant.
-- A value is its generations, when its lease was taken, until when it is fresh, and the payload.
-- A lease is its generations, when it was taken, whether somebody was turned away, and the token.
local found = redis.call('MGET', KEYS[1], KEYS[3], KEYS[4])
if not found[2] then
  return redis.error_reply('GENERATION the tier has none')
end
local tenant = found[3]
if not tenant then
  tenant = ARGV[4]
  redis.call('SET', KEYS[4], tenant, 'PX', ARGV[5])
end
local generations = string.sub(found[2], 1, 16) .. tenant
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local value = found[1]
local stale = false
if value and string.sub(value, 1, 32) == generations
    and now - tonumber(string.sub(value, 33, 45)) < tonumber(ARGV[3]) then
  if now < tonumber(string.sub(value, 46, 58)) then
    return {'H', string.sub(value, 59)}
  end
  stale = string.sub(value, 59)
end
local lease = redis.call('GET', KEYS[2])
if lease and string.sub(lease, 1, 32) == generations then
  if string.sub(lease, 46, 46) == '0' then
    redis.call('SETRANGE', KEYS[2], 45, '1')
  end
  local age = now - tonumber(string.sub(lease, 33, 45))
  return {'B', redis.call('PTTL', KEYS[2]), age, stale}
end
redis.call('SET', KEYS[2], string.format('%s%013.0f0%s', generations, now, ARGV[1]), 'PX', ARGV[2])
redis.call('PEXPIRE', KEYS[4], ARGV[5])
return {'L'}
