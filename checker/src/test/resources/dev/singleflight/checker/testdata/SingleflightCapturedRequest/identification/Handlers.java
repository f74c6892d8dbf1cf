package test;

import dev.singleflight.SingleflightGroup;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import test.Callers.*;
import test.Domain.*;

/** Handlers and filters, right and wrong side by side. */
class Handlers {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Map<String, SingleflightGroup<String, User>> perUser = new ConcurrentHashMap<>();
  private final Backend backend;
  private final Logger log;

  Handlers(Backend backend, Logger log) {
    this.backend = backend;
    this.log = log;
  }

  record Session(String id, Principal user) {}

  record Query(String id, Locale locale) {
    static Query of(HttpServletRequest request) {
      return new Query(request.getParameter("id"), request.getLocale());
    }
  }

  private final SingleflightGroup<Query, User> queries = SingleflightGroup.create();

  User parsed(HttpServletRequest request) {
    Query query = Query.of(request);
    return queries.execute(query, q -> backend.load(q.id()));
  }

  User parsedCaptured(HttpServletRequest request) {
    Query query = Query.of(request);
    return queries.execute(query, q -> backend.post(query.id(), query.locale()));
  }

  User parsedPart(HttpServletRequest request) {
    Query query = Query.of(request);
    return group.execute(query.id() + query.locale(), k -> backend.post(query.id(), query));
  }

  User groupOfUser(HttpServletRequest request, String id) {
    String user = request.getRemoteUser();
    return perUser
        .computeIfAbsent(user, u -> SingleflightGroup.create())
        .execute(id, k -> backend.loadAs(k, user));
  }

  User filter(HttpServletRequest request, String id, boolean asUser) {
    if (asUser) {
      return backend.loadAs(id, request.getHeader("Authorization"));
    }
    return group.execute(id, backend::load);
  }

  void stream(HttpServletRequest request) {
    Stream.of(request.getParameter("ids").split(","))
        .forEach(id -> group.execute(id, k -> backend.load(id)));
  }

  void streamed(HttpServletRequest request) {
    Stream.of(request.getParameter("ids").split(","))
        // BUG: Diagnostic contains: 'request'
        .forEach(id -> group.execute(id, k -> backend.loadAs(k, request.getHeader("Auth"))));
  }

  Function<String, User> returned(HttpServletRequest request) {
    // BUG: Diagnostic contains: 'request'
    return id -> group.execute(id, k -> backend.loadAs(k, request.getHeader("Authorization")));
  }

  CompletableFuture<User> composed(HttpServletRequest request, String id) {
    return CompletableFuture.supplyAsync(() -> id.trim())
        // BUG: Diagnostic contains: 'request'
        .thenCompose(i -> group.executeAsync(i, k -> backend.loadAs(k, request.getHeader("A"))));
  }

  User checkedInside(Principal principal, String id) {
    return group.execute(
        id,
        k -> {
          User user = backend.load(k);
          // BUG: Diagnostic contains: 'principal'
          if (!user.getName().equals(principal.getName())) {
            throw new SecurityException("not yours");
          }
          return user;
        });
  }

  User checkedAfter(Principal principal, String id) {
    User user = group.execute(id, backend::load);
    if (!user.getName().equals(principal.getName())) {
      throw new SecurityException("not yours");
    }
    return user;
  }

  List<User> rolesInside(String id) {
    User loaded =
        group.execute(
            id,
            k -> {
              Authentication caller = SecurityContextHolder.getContext().getAuthentication();
              // BUG: Diagnostic contains: SecurityContextHolder
              return caller.getAuthorities().contains("ADMIN") ? backend.load(k) : null;
            });
    return List.of(loaded);
  }

  User adminKey(String id) {
    boolean admin =
        SecurityContextHolder.getContext().getAuthentication().getAuthorities().contains("ADMIN");
    return group.execute(id + ":" + admin, k -> admin ? backend.load(id) : null);
  }

  User session(Session session) {
    return group.execute(session.id(), k -> backend.loadFor(k, session.user()));
  }

  User localeInKey(HttpServletRequest request, String id) {
    Locale locale = request.getLocale();
    return group.execute(id + locale, k -> backend.post(id, locale));
  }

  User localeMissing(HttpServletRequest request, String id) {
    Locale locale = request.getLocale();
    // BUG: Diagnostic contains: locale
    return group.execute(id, k -> backend.post(id, locale));
  }

  void respond(HttpServletRequest request, HttpServletResponse response) {
    String id = Optional.ofNullable(request.getParameter("id")).map(String::trim).orElse("me");
    User user;
    try {
      user = group.execute(id, k -> backend.load(k));
    } catch (IllegalStateException e) {
      response.setStatus(500);
      return;
    }
    response.setHeader("X-User", user.getName());
  }

  User defaults(HttpServletRequest request) {
    String id = request.getParameter("id");
    if (id == null || id.isBlank()) {
      id = "me";
    }
    String key = id;
    return group.execute(key, k -> backend.load(key));
  }

  User helperBranches(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: request
    return group.execute(id, k -> loadIfKnown(request, k));
  }

  private User loadIfKnown(HttpServletRequest request, String id) {
    if (request.getRemoteUser() == null) {
      return null;
    }
    return backend.load(id);
  }

  User helperSends(Principal principal, String id) {
    return group.execute(
        id,
        k -> {
          // BUG: Diagnostic contains: principal
          tell(principal, k);
          return backend.load(k);
        });
  }

  private void tell(Principal principal, String id) {
    backend.loadFor(id, principal);
  }

  User helperLogs(Principal principal, String id) {
    return group.execute(
        id,
        k -> {
          trace(principal, k);
          return backend.load(k);
        });
  }

  private void trace(Principal principal, String id) {
    log.info("{} for {}", id, principal);
  }

  User logAround(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          long start = System.nanoTime();
          try {
            return backend.load(k);
          } finally {
            log.info("{} took {}", request.getRequestURI(), System.nanoTime() - start);
          }
        });
  }
}
