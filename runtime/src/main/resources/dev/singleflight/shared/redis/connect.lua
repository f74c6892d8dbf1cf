-- Before a connection is used for a tier: what another run of the server has left is void.
-- KEYS: generation of the tier. ARGV: the run of the server, a new generation.
local tier = redis.call('GET', KEYS[1])
if not tier or string.sub(tier, 17) ~= ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[1])
end
return 1
