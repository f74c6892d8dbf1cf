-- Removes value and lease of a key. KEYS: value, lease. ARGV: channel, message.
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
