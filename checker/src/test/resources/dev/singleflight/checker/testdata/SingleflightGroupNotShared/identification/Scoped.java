package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

/** What frameworks make, and how often. */
class Scoped {
  @interface RequestScope {}

  @interface Scope {
    String value();
  }

  @interface Path {
    String value();
  }

  @interface ApplicationScoped {}

  @interface Inject {}

  @interface Bean {}

  @RequestScope
  static class ForRequest {
    // BUG: Diagnostic contains: 'ForRequest' is made anew for each request
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    ForRequest(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  @Scope("prototype")
  static class Prototype {
    private final SingleflightGroup<String, User> group;
    private final Repository repository;

    Prototype(Repository repository) {
      this.repository = repository;
      // BUG: Diagnostic contains: 'Prototype' is made anew for each request
      this.group = SingleflightGroup.create();
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  @Path("/users")
  static class Resource {
    // BUG: Diagnostic contains: 'Resource' is made anew for each request
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    @Inject Repository repository;

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }

  static class Threads {
    private final ThreadLocal<SingleflightGroup<String, User>> referenced =
        // BUG: Diagnostic contains: each thread has one of its own
        ThreadLocal.withInitial(SingleflightGroup::create);
    private final ThreadLocal<SingleflightGroup<String, User>> written =
        // BUG: Diagnostic contains: each thread has one of its own
        ThreadLocal.withInitial(() -> SingleflightGroup.create());
    private final ThreadLocal<SingleflightGroup<String, User>> overridden =
        new ThreadLocal<>() {
          @Override
          protected SingleflightGroup<String, User> initialValue() {
            // BUG: Diagnostic contains: each thread has one of its own
            return SingleflightGroup.create();
          }
        };

    User find(Repository repository, String id) {
      return referenced.get().execute(id, repository::findUser) == null
          ? written.get().execute(id, repository::findUser)
          : overridden.get().execute(id, repository::findUser);
    }
  }

  static class Configuration {
    @Bean
    SingleflightGroup<String, User> users() {
      return SingleflightGroup.create();
    }

    @Bean
    @RequestScope
    SingleflightGroup<String, User> usersOfRequest() {
      // BUG: Diagnostic contains: 'usersOfRequest' is made anew for each request
      return SingleflightGroup.create();
    }
  }

  // shared by all requests

  @RequestScope
  static class WithStatic {
    private static final SingleflightGroup<String, User> GROUP = SingleflightGroup.create();

    User find(Repository repository, String id) {
      return GROUP.execute(id, repository::findUser);
    }
  }

  @RequestScope
  static class Injected {
    private final SingleflightGroup<String, User> group;

    @Inject
    Injected(SingleflightGroup<String, User> group) {
      this.group = group;
    }

    User find(Repository repository, String id) {
      return group.execute(id, repository::findUser);
    }
  }

  @Scope("singleton")
  static class Single {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();

    User find(Repository repository, String id) {
      return group.execute(id, repository::findUser);
    }
  }

  @Path("/accounts")
  @ApplicationScoped
  static class ResourceForAll {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();

    User find(Repository repository, String id) {
      return group.execute(id, repository::findUser);
    }
  }

  @Path("/orders")
  static class Registered {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;

    Registered(Repository repository) {
      this.repository = repository;
    }

    User find(String id) {
      return group.execute(id, repository::findUser);
    }
  }
}
