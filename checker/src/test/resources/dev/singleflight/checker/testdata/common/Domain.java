package test;

import java.util.ArrayList;
import java.util.List;

/** What a service is made of. */
public final class Domain {
  public static class User {
    public String name;
    private long lastSeen;
    private final List<String> roles = new ArrayList<>();

    public User() {}

    public User(User other) {
      this.name = other.name;
    }

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public void touch(long now) {
      this.lastSeen = now;
    }

    public List<String> getRoles() {
      return roles;
    }

    public User copy() {
      return new User(this);
    }
  }

  public record Config(String text) {}

  public interface Repository {
    User findUser(String id);

    User findUser(String tenant, String id);

    Config config(String tenant, String name);

    List<User> users(String group);

    byte[] bytes(String id);
  }

  public interface Logger {
    void info(String message, Object... arguments);
  }

  private Domain() {}
}
