package test;

import dev.singleflight.SingleflightGroup;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContextHolder;
import test.Callers.*;
import test.Domain.*;

/** Private helpers that are given the key and the loader. */
class RequestHelpers {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Backend backend;

  RequestHelpers(Backend backend) {
    this.backend = backend;
  }

  private User once(String key, Supplier<User> loader) {
    return group.execute(key, loader::get);
  }

  User captured(HttpServletRequest request) {
    String id = request.getParameter("id");
    // BUG: Diagnostic contains: request
    return once(id, () -> backend.loadAs(id, request.getHeader("Authorization")));
  }

  User threadBound(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return once(
        id, () -> backend.loadFor(id, SecurityContextHolder.getContext().getAuthentication()));
  }

  User keyOnly(HttpServletRequest request) {
    String id = request.getParameter("id");
    return once(id, () -> backend.load(id));
  }

  User carried(HttpServletRequest request, String id) {
    String token = request.getHeader("Authorization");
    return once(token + id, () -> backend.loadAs(id, token));
  }
}
