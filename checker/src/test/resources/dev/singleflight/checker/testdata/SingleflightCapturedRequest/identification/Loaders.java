package test;

import dev.singleflight.SingleflightLoader;
import test.Domain.Repository;
import test.Domain.User;

/** Loaders that are built once and serve the calls that come later. */
class Loaders {
  interface HttpServletRequest {
    String getHeader(String name);
  }

  private final Repository repository;
  private SingleflightLoader<String, User> users;

  Loaders(Repository repository) {
    this.repository = repository;
  }

  User filledOnce(HttpServletRequest request, String id) {
    if (users == null) {
      users =
          SingleflightLoader.newBuilder()
              // BUG: Diagnostic contains: keeps 'request'
              .build(k -> repository.findUser(request.getHeader("Authorization"), k));
    }
    return users.get(id);
  }

  /** Nobody else is given what it returns. */
  SingleflightLoader<String, User> forRequest(HttpServletRequest request) {
    return SingleflightLoader.newBuilder()
        .build(k -> repository.findUser(request.getHeader("Authorization"), k));
  }
}
