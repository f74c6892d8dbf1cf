-- Makes a lease good for longer. KEYS: lease. ARGV: token, lease in ms.
local lease = redis.call('GET', KEYS[1])
if lease and string.sub(lease, 47) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
