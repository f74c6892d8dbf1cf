package test;

import dev.singleflight.SingleflightGroup;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import test.Callers.*;
import test.Domain.*;

/** Loaders that read what is bound to the thread of the first caller. */
class ThreadBound extends RequestHandler {
  private static final ThreadLocal<String> TOKEN = new ThreadLocal<>();
  private static final InheritableThreadLocal<String> LOCALE = new InheritableThreadLocal<>();
  private final ThreadLocal<Authentication> current = ThreadLocal.withInitial(() -> null);
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Backend backend;

  ThreadBound(Backend backend) {
    super(backend);
    this.backend = backend;
  }

  User security(String id) {
    return group.execute(
        id,
        k -> {
          Authentication user = SecurityContextHolder.getContext().getAuthentication();
          // BUG: Diagnostic contains: SecurityContextHolder
          return backend.loadFor(k, user);
        });
  }

  User securityInline(String id) {
    return group.execute(
        id,
        // BUG: Diagnostic contains: SecurityContextHolder
        k -> backend.loadAs(k, SecurityContextHolder.getContext().getAuthentication().getName()));
  }

  User securityBefore(String id) {
    SecurityContext context = SecurityContextHolder.getContext();
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadFor(k, context.getAuthentication()));
  }

  User nameBefore(String id) {
    String name = SecurityContextHolder.getContext().getAuthentication().getName();
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadAs(k, name));
  }

  User helper(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> loadAsCaller(k));
  }

  private User loadAsCaller(String id) {
    return backend.loadAs(id, token());
  }

  private static String token() {
    return (String) SecurityContextHolder.getContext().getAuthentication().getCredentials();
  }

  User reference(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, this::loadAsCaller);
  }

  User elsewhere(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadAs(k, Callers.currentUserName()));
  }

  User inherited(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadAs(k, callerName()));
  }

  User request(String id) {
    return group.execute(
        id,
        k -> {
          Object token = RequestContextHolder.currentRequestAttributes().getAttribute("token", 0);
          // BUG: Diagnostic contains: RequestContextHolder
          return backend.loadAs(k, token.toString());
        });
  }

  User threadLocal(String id) {
    // BUG: Diagnostic contains: TOKEN
    return group.execute(id, k -> backend.loadAs(k, TOKEN.get()));
  }

  User threadLocalBefore(String id) {
    String token = TOKEN.get();
    // BUG: Diagnostic contains: TOKEN
    return group.execute(id, k -> backend.loadAs(k, token));
  }

  User inheritable(String id) {
    // BUG: Diagnostic contains: LOCALE
    return group.execute(id, k -> backend.loadAs(k, LOCALE.get()));
  }

  User instanceThreadLocal(String id) {
    // BUG: Diagnostic contains: current
    return group.execute(id, k -> backend.loadFor(k, current.get()));
  }

  User ownHolder(String id) {
    // BUG: Diagnostic contains: CURRENT
    return group.execute(id, k -> backend.loadAs(k, CurrentUser.get().name()));
  }

  User mdc(String id) {
    // BUG: Diagnostic contains: MDC
    return group.execute(id, k -> backend.loadAs(k, MDC.get("user")));
  }

  User supplier(String id) {
    Supplier<String> user = () -> SecurityContextHolder.getContext().getAuthentication().getName();
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadAs(k, user.get()));
  }

  User optional(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> currentUser().map(user -> backend.loadFor(k, user)).orElse(null));
  }

  private static Optional<Authentication> currentUser() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication());
  }

  User optionalReference(String id) {
    String name =
        Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
            .map(Authentication::getName)
            .orElse("anonymous");
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadAs(k, name));
  }

  User branch(String id) {
    return group.execute(
        id,
        k -> {
          // BUG: Diagnostic contains: SecurityContextHolder
          if (SecurityContextHolder.getContext().getAuthentication() == null) {
            return null;
          }
          return backend.load(k);
        });
  }

  User keyFromRequestLoadFromThread(HttpServletRequest request) {
    // BUG: Diagnostic contains: TOKEN
    return group.execute(request.getParameter("id"), k -> backend.loadAs(k, TOKEN.get()));
  }

  private final ClientInterceptor interceptor = new ClientInterceptor();

  User otherClass(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> backend.loadAs(k, interceptor.bearer()));
  }

  static class ClientInterceptor {
    String bearer() {
      return "Bearer " + SecurityContextHolder.getContext().getAuthentication().getCredentials();
    }
  }

  private UserClient client;

  User behindInterface(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, k -> client.fetch(k));
  }

  User behindInterfaceReference(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder
    return group.execute(id, client::fetch);
  }

  interface UserClient {
    User fetch(String id);
  }

  static class RestUserClient implements UserClient {
    private final Backend backend;

    RestUserClient(Backend backend) {
      this.backend = backend;
    }

    @Override
    public User fetch(String id) {
      return backend.loadAs(id, Callers.currentUserName());
    }
  }
}
