package test;

import com.alicp.jetcache.anno.CacheInvalidate;
import com.alicp.jetcache.anno.Cached;
import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

class Users {
  record User(Long id, String name) {}

  interface Repository {
    User find(Long id);

    List<User> all();

    void save(User user);

    void delete(Long id);
  }

  private final Repository repository;

  Users(Repository repository) {
    this.repository = repository;
  }

  @Cacheable("users")
  public User find(Long id) {
    return repository.find(id);
  }

  // BUG: Diagnostic contains: drops the entry of (user), but 'find' keeps what it loads in 'users'
  @CacheEvict("users")
  public void change(User user) {
    repository.save(user);
  }

  // BUG: Diagnostic contains: drops the entry of ()
  @CacheEvict("users")
  public void clear() {}

  @CacheEvict("users")
  public void delete(Long id) {
    repository.delete(id);
  }

  @CacheEvict(value = "users", key = "#user.id")
  public void rename(User user) {
    repository.save(user);
  }

  @CacheEvict(value = "users", allEntries = true)
  public void clearAll() {}

  // BUG: Diagnostic contains: drops the entry before it runs, and then writes
  @CacheEvict(value = "users", beforeInvocation = true)
  public void remove(Long id) {
    repository.delete(id);
  }

  @CacheEvict(value = "users", beforeInvocation = true)
  public User reload(Long id) {
    return find(id);
  }

  /** Another file, or another cache, may have entries by user. */
  @CacheEvict("profiles")
  public void changeProfile(User user) {
    repository.save(user);
  }

  @Cacheable(value = "prefixed", key = "'user:' + #id")
  public User prefixed(Long id) {
    return repository.find(id);
  }

  // BUG: Diagnostic contains: drops the entry of "'usr:' + #user.id"
  @CacheEvict(value = "prefixed", key = "'usr:' + #user.id")
  public void changePrefixed(User user) {
    repository.save(user);
  }

  // BUG: Diagnostic contains: drops the entry of "#user.id"
  @CacheEvict(value = "prefixed", key = "#user.id")
  public void changeWithoutPrefix(User user) {
    repository.save(user);
  }

  /** It may be given with the prefix. */
  @CacheEvict(value = "prefixed", key = "#cacheKey")
  public void dropByKey(String cacheKey) {}

  @CacheEvict(value = "prefixed", key = "'user:' + #user.id")
  public void changeByPrefix(User user) {
    repository.save(user);
  }

  @Cacheable("lists")
  public List<User> all() {
    return repository.all();
  }

  @Cacheable("lists")
  public User one(Long id) {
    return repository.find(id);
  }

  @Caching(evict = {@CacheEvict("lists"), @CacheEvict(value = "users", key = "#p0")})
  public void dropOne(Long id) {
    repository.delete(id);
  }

  @Cached(name = "jet", key = "#id")
  public User jet(Long id) {
    return repository.find(id);
  }

  // BUG: Diagnostic contains: drops the entry of "#user"
  @CacheInvalidate(name = "jet", key = "#user")
  public void changeJet(User user) {
    repository.save(user);
  }

  @CacheInvalidate(name = "jet", key = "#user.id")
  public void changeJetById(User user) {
    repository.save(user);
  }
}
