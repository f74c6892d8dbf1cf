package test;

import dev.singleflight.Loader;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import test.Callers.*;
import test.Domain.*;

/** Handlers whose loaders read the request they serve. */
class Requests extends RequestHandler {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<String, String> texts = SingleflightGroup.create();
  private final Backend backend;
  private final Logger log;

  Requests(Backend backend, Logger log) {
    super(backend);
    this.backend = backend;
    this.log = log;
  }

  User whole(HttpServletRequest request) {
    String id = request.getParameter("id");
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, () -> backend.post(id, request));
  }

  User header(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, k -> backend.loadAs(k, request.getHeader("Authorization")));
  }

  User headerBefore(HttpServletRequest request, String id) {
    String authorization = request.getHeader("Authorization");
    // BUG: Diagnostic contains: authorization
    return group.execute(id, k -> backend.loadAs(k, authorization));
  }

  User keyOfOther(HttpServletRequest request) {
    String id = request.getParameter("id");
    String token = request.getHeader("Authorization").substring("Bearer ".length());
    // BUG: Diagnostic contains: token
    return group.execute("user:" + id, k -> backend.loadAs(id, token));
  }

  User wholeToHelper(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, k -> loadFor(request));
  }

  private User loadFor(HttpServletRequest request) {
    return backend.loadAs(request.getParameter("id"), request.getHeader("Authorization"));
  }

  User superHelper(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, k -> loadWith(request, k));
  }

  User staticHelper(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, k -> RequestHandler.fetch(backend, request, k));
  }

  User boundReference(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: request
    return group.execute(id, new Fetch(backend, request)::run);
  }

  User namedLoader(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: request
    return group.execute(id, new Fetch(backend, request));
  }

  static final class Fetch implements Loader<String, User, RuntimeException> {
    private final Backend backend;
    private final HttpServletRequest incoming;

    Fetch(Backend backend, HttpServletRequest incoming) {
      this.backend = backend;
      this.incoming = incoming;
    }

    User run(String id) {
      return backend.loadAs(id, incoming.getHeader("Authorization"));
    }

    @Override
    public User load(String id) {
      return run(id);
    }
  }

  User anonymousLoader(HttpServletRequest request, String id) {
    return group.execute(
        id,
        new ThrowingSupplier<User, RuntimeException>() {
          @Override
          public User get() {
            // BUG: Diagnostic contains: 'request'
            return backend.loadAs(id, request.getHeader("Authorization"));
          }
        });
  }

  User session(HttpSession session, String id) {
    // BUG: Diagnostic contains: 'session'
    return group.execute(id, k -> backend.loadAs(k, (String) session.getAttribute("token")));
  }

  User sessionOfRequest(HttpServletRequest request, String id) {
    HttpSession session = request.getSession();
    // BUG: Diagnostic contains: session
    return group.execute(id, k -> backend.loadIn(k, session));
  }

  User writesResponse(HttpServletResponse response, String id) {
    return group.execute(
        id,
        k -> {
          User user = backend.load(k);
          // BUG: Diagnostic contains: 'response'
          response.setHeader("X-User", user.getName());
          return user;
        });
  }

  User principal(Principal principal, String id) {
    // BUG: Diagnostic contains: 'principal'
    return group.execute(id, k -> backend.loadFor(k, principal));
  }

  User principalOfRequest(HttpServletRequest request, String id) {
    Principal caller = request.getUserPrincipal();
    // BUG: Diagnostic contains: caller
    return group.execute(id, k -> backend.loadFor(k, caller));
  }

  User principalName(Principal principal, String id) {
    String user = principal.getName();
    // BUG: Diagnostic contains: principal
    return group.execute(id, k -> backend.loadAs(k, user));
  }

  User deadline(Deadline deadline, String id) {
    // BUG: Diagnostic contains: 'deadline'
    return group.execute(id, k -> backend.loadUntil(k, deadline));
  }

  User deadlineBranch(Deadline deadline, String id) {
    return group.execute(
        id,
        k -> {
          // BUG: Diagnostic contains: 'deadline'
          if (deadline.isExpired()) {
            throw new IllegalStateException("too late");
          }
          return backend.load(k);
        });
  }

  User deadlineNanos(long deadlineNanos, String id) {
    return group.execute(
        id,
        k -> {
          long left = deadlineNanos - System.nanoTime();
          // BUG: Diagnostic contains: 'deadlineNanos'
          return left > 0 ? backend.load(k) : null;
        });
  }

  User context(RequestContext context, String id) {
    // BUG: Diagnostic contains: 'context'
    return group.execute(id, k -> backend.loadAs(k, context.userId()));
  }

  User contextPart(RequestContext context, String id) {
    Deadline limit = context.deadline();
    // BUG: Diagnostic contains: limit
    return group.execute(id, k -> backend.loadUntil(k, limit));
  }

  User transaction(Transaction transaction, String id) {
    // BUG: Diagnostic contains: 'transaction'
    return group.execute(id, k -> backend.loadIn(k, transaction));
  }

  interface Transaction {
    void commit();

    void rollback();
  }

  User springTransaction(org.springframework.transaction.TransactionStatus tx, String id) {
    // BUG: Diagnostic contains: 'tx'
    return group.execute(id, k -> backend.loadIn(k, tx));
  }

  User ownRequest(Request request) {
    // BUG: Diagnostic contains: 'request'
    return group.execute(request.path(), k -> backend.loadAs(k, request.header("Authorization")));
  }

  User ownRequestHeaders(Request request) {
    Map<String, String> headers = request.headers();
    // BUG: Diagnostic contains: headers
    return group.execute(request.path(), k -> backend.loadAs(k, headers.get("Authorization")));
  }

  User exchange(com.sun.net.httpserver.HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return group.execute(
        path,
        // BUG: Diagnostic contains: 'exchange'
        k -> backend.loadAs(k, exchange.getRequestHeaders().getFirst("Authorization")));
  }

  User vertx(io.vertx.core.http.HttpServerRequest req, String id) {
    // BUG: Diagnostic contains: 'req'
    return group.execute(id, k -> backend.loadAs(k, req.getHeader("authorization")));
  }

  User annotated(@dev.singleflight.annotations.PerCaller String token, String id) {
    // BUG: Diagnostic contains: 'token'
    return group.execute(id, k -> backend.loadAs(k, token));
  }

  @dev.singleflight.annotations.PerCaller
  record Visitor(String cookie) {}

  User annotatedType(Visitor visitor, String id) {
    // BUG: Diagnostic contains: 'visitor'
    return group.execute(id, k -> backend.loadAs(k, visitor.cookie()));
  }

  record Call(String id, HttpServletRequest raw) {}

  User inRecord(Call call) {
    // BUG: Diagnostic contains: raw
    return group.execute(call.id(), k -> backend.loadAs(k, call.raw().getHeader("Authorization")));
  }

  User supplierLocal(HttpServletRequest request, String id) {
    Supplier<User> fetch = () -> backend.loadAs(id, request.getHeader("Authorization"));
    // BUG: Diagnostic contains: request
    return group.execute(id, fetch::get);
  }

  User supplierCalled(HttpServletRequest request, String id) {
    Supplier<String> token = () -> request.getHeader("Authorization");
    // BUG: Diagnostic contains: request
    return group.execute(id, k -> backend.loadAs(k, token.get()));
  }

  User supplierReference(HttpServletRequest request, String id) {
    Supplier<Principal> caller = request::getUserPrincipal;
    // BUG: Diagnostic contains: request
    return group.execute(id, k -> backend.loadFor(k, caller.get()));
  }

  User optional(HttpServletRequest request, String id) {
    String token = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
    // BUG: Diagnostic contains: request
    return group.execute(id, k -> backend.loadAs(k, token));
  }

  User optionalMapped(Optional<HttpServletRequest> request, String id) {
    String token = request.map(r -> r.getHeader("Authorization")).orElse("");
    // BUG: Diagnostic contains: request
    return group.execute(id, k -> backend.loadAs(k, token));
  }

  User nested(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k ->
            Optional.of(k)
                // BUG: Diagnostic contains: 'request'
                .map(i -> backend.loadAs(i, request.getHeader("Authorization")))
                .orElseThrow());
  }

  User ternary(HttpServletRequest request, String id, boolean internal) {
    String token = internal ? "internal" : request.getHeader("Authorization");
    // BUG: Diagnostic contains: token
    return group.execute(id, k -> backend.loadAs(k, token));
  }

  User branches(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, k -> request.getRemoteUser() == null ? null : backend.load(k));
  }

  String concatenated(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return texts.execute(id, k -> "hello " + request.getRemoteUser());
  }

  String built(HttpServletRequest request, String id) {
    return texts.execute(
        id,
        k -> {
          StringBuilder page = new StringBuilder("<p>");
          // BUG: Diagnostic contains: 'request'
          page.append(request.getRemoteUser());
          return page.toString();
        });
  }

  CompletableFuture<User> async(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.executeAsync(id, k -> backend.loadAs(k, request.getHeader("Authorization")));
  }

  SharedResult<User> shared(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: 'request'
    return group.executeShared(id, () -> backend.loadAs(id, request.getHeader("Authorization")));
  }

  User timed(HttpServletRequest request, String id) throws Exception {
    return group.execute(
        // BUG: Diagnostic contains: 'request'
        id, k -> backend.loadAs(k, request.getHeader("Authorization")), Duration.ofSeconds(1));
  }

  User logsAndReads(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          log.info("for {}", request.getRemoteAddr());
          // BUG: Diagnostic contains: 'request'
          return backend.loadAs(k, request.getHeader("Authorization"));
        });
  }

  User tried(HttpServletRequest request, String id) {
    return group.execute(
        id,
        () -> {
          try {
            // BUG: Diagnostic contains: 'request'
            return backend.loadAs(id, request.getHeader("Authorization"));
          } catch (IllegalStateException e) {
            return backend.load(id);
          }
        });
  }

  User returnedLoader(HttpServletRequest request, String id) {
    // BUG: Diagnostic contains: request
    return group.execute(id, loader(request));
  }

  private Loader<String, User, RuntimeException> loader(HttpServletRequest request) {
    return k -> backend.loadAs(k, request.getHeader("Authorization"));
  }

  User keyCarriesAnotherPart(HttpServletRequest request) {
    String key = request.getRequestURI() + request.getParameter("id");
    // BUG: Diagnostic contains: 'request'
    return group.execute(key, k -> backend.loadAs(k, request.getHeader("Authorization")));
  }

  static class Handler {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Backend backend;
    private final HttpServletRequest request;

    Handler(Backend backend, HttpServletRequest request) {
      this.backend = backend;
      this.request = request;
    }

    User injectedProxy(String id) {
      // BUG: Diagnostic contains: 'request'
      return group.execute(id, k -> backend.loadAs(k, request.getHeader("Authorization")));
    }
  }
}
