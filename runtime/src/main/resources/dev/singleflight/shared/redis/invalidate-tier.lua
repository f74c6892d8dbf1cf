-- Voids what there is of a tier. KEYS: its generation. ARGV: a new one, channel, message.
local tier = redis.call('GET', KEYS[1])
if not tier then
  return redis.error_reply('GENERATION the tier has none')
end
redis.call('SET', KEYS[1], ARGV[1] .. string.sub(tier, 17))
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1
