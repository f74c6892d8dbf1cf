// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import test.Callers.*;
import test.Domain.*;

/** Loaders that only look as if they read a caller's state. */
class OtherThanRequests extends RequestHandler {
  private static final ThreadLocal<StringBuilder> BUFFER =
      ThreadLocal.withInitial(StringBuilder::new);
  private static final ThreadLocal<String> TOKEN = new ThreadLocal<>();
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<String, String> texts = SingleflightGroup.create();
  private final Backend backend;
  private final Logger log;
  private final HttpClient http = HttpClient.newHttpClient();
  private final TransactionTemplate transactions;
  private final Duration requestTimeout = Duration.ofSeconds(2);

  OtherThanRequests(Backend backend, Logger log, TransactionTemplate transactions) {
    super(backend);
    this.backend = backend;
    this.log = log;
    this.transactions = transactions;
  }

  User parameterIsKey(HttpServletRequest request) {
    String id = request.getParameter("id");
    return group.execute(id, backend::load);
  }

  User parameterIsKeyCaptured(HttpServletRequest request) {
    String id = request.getParameter("id");
    return group.execute(id, () -> backend.load(id));
  }

  User parameterInline(HttpServletRequest request) {
    return group.execute(request.getParameter("id"), k -> backend.load(k));
  }

  User parameterReadAgain(HttpServletRequest request) {
    return group.execute(
        request.getParameter("id"), () -> backend.load(request.getParameter("id")));
  }

  User prefixed(HttpServletRequest request) {
    String id = request.getParameter("id");
    return group.execute("user:" + id, k -> backend.load(id));
  }

  User tokenInKey(HttpServletRequest request, String id) {
    String token = request.getHeader("Authorization");
    return group.execute(token + "|" + id, k -> backend.loadAs(id, token));
  }

  record UserKey(String id, String token) {}

  User tokenInRecord(HttpServletRequest request, String id) {
    return any.execute(
        new UserKey(id, request.getHeader("Authorization")),
        k -> backend.loadAs(id, request.getHeader("Authorization")));
  }

  private final SingleflightGroup<UserKey, User> keyed = SingleflightGroup.create();

  User keyParameter(HttpServletRequest request, String id) {
    UserKey key = new UserKey(id, request.getHeader("Authorization"));
    return keyed.execute(key, k -> backend.loadAs(k.id(), k.token()));
  }

  User keyHelper(HttpServletRequest request) {
    return group.execute(keyOf(request), k -> backend.load(request.getParameter("id")));
  }

  private static String keyOf(HttpServletRequest request) {
    return request.getRequestURI() + "?" + request.getParameter("id");
  }

  User joined(HttpServletRequest request, String id) {
    String user = request.getRemoteUser();
    String key = String.join(":", user, id);
    return group.execute(key, k -> backend.loadAs(id, user));
  }

  User formatted(HttpServletRequest request, String id) {
    String user = request.getRemoteUser();
    return group.execute(
        String.format("%s/%s", user, id), k -> backend.loadAs(id, request.getRemoteUser()));
  }

  User normalised(HttpServletRequest request) {
    String id = request.getParameter("id").trim().toLowerCase(Locale.ROOT);
    return group.execute(id, () -> backend.load(id));
  }

  User defaulted(HttpServletRequest request) {
    String id = Optional.ofNullable(request.getParameter("id")).orElse("me");
    return group.execute(id, () -> backend.load(id));
  }

  User defaultedTernary(HttpServletRequest request) {
    String given = request.getParameter("id");
    String id = given == null ? "me" : given;
    return group.execute(id, () -> backend.load(id));
  }

  User onlyLogged(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          log.info("loading {} for {}", k, request.getRemoteAddr());
          return backend.load(k);
        });
  }

  User loggedThroughLocal(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          String from = request.getRemoteAddr();
          log.info("loading {} for {}", k, from);
          return backend.load(k);
        });
  }

  User inException(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          User user = backend.load(k);
          if (user == null) {
            throw new IllegalStateException(k + " for " + request.getRequestURI());
          }
          return user;
        });
  }

  User inExceptionSupplier(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k ->
            Optional.ofNullable(backend.load(k))
                .orElseThrow(() -> new IllegalStateException(request.getRequestURI())));
  }

  User mdcPut(RequestContext context, String id) {
    String trace = context.traceId();
    return group.execute(
        id,
        k -> {
          MDC.put("trace", trace);
          return backend.load(k);
        });
  }

  User unusedByHelper(HttpServletRequest request, String id) {
    return group.execute(id, k -> loadById(request, k));
  }

  User checkedOutside(HttpServletRequest request, String id) {
    if (request.getUserPrincipal() == null) {
      throw new SecurityException("not logged in");
    }
    User user = group.execute(id, backend::load);
    log.info("{} for {}", user, request.getRemoteUser());
    return user;
  }

  void respondedOutside(HttpServletRequest request, HttpServletResponse response) {
    User user = group.execute(request.getParameter("id"), backend::load);
    response.setHeader("X-User", user.getName());
  }

  void respondedInCallback(HttpServletResponse response, String id) {
    group
        .executeAsync(id, backend::load)
        .thenAccept(user -> response.setHeader("X-User", user.getName()));
  }

  CompletableFuture<String> mappedInCallback(HttpServletRequest request, String id) {
    return group
        .executeAsync(id, backend::load)
        .thenApply(user -> user.getName() + request.getRemoteUser());
  }

  String outbound(String id) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://users/" + id)).build();
    return texts.execute(id, () -> http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  String outboundInside(String id) throws IOException, InterruptedException {
    try {
      return texts.execute(
          id,
          k -> {
            HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://users/" + k))
                    .timeout(requestTimeout)
                    .build();
            HttpResponse<String> response =
                http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
          });
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  User ownQuestion(LookupRequest request) {
    return any.execute(request, k -> backend.post(request.id(), request));
  }

  User ownQuestionParts(LookupRequest request) {
    return group.execute(request.id() + request.region(), k -> backend.load(request.id()));
  }

  User madeInside(String id) {
    return group.execute(
        id,
        k -> {
          LookupRequest request = new LookupRequest(k, "eu", List.of());
          return backend.post(k, request);
        });
  }

  User ownRequestMadeInside(String id) {
    return group.execute(
        id,
        k -> {
          Request request = new Request(Map.of("Authorization", "service"), "/users/" + k);
          return backend.post(k, request);
        });
  }

  User ownTransaction(String id) {
    return group.execute(id, k -> transactions.execute(status -> backend.load(k)));
  }

  User ownTransactionUsed(String id) {
    return group.execute(
        id,
        k ->
            transactions.execute(
                status -> {
                  User user = backend.load(k);
                  if (user == null) {
                    status.setRollbackOnly();
                  }
                  return user;
                }));
  }

  User ownTransactionPassed(String id) {
    return group.execute(id, k -> transactions.execute(status -> backend.loadIn(k, status)));
  }

  User ownTransactionSupplier(String id) {
    return group.execute(id, k -> transactions.inTransaction(() -> backend.load(k)));
  }

  interface Sessions {
    DbSession openSession();
  }

  interface DbSession extends AutoCloseable {
    User find(String id);

    @Override
    void close();
  }

  interface Session extends AutoCloseable {
    User find(String id);

    Transaction beginTransaction();

    @Override
    void close();
  }

  interface Transaction {
    void commit();

    void rollback();
  }

  interface SessionFactory {
    Session openSession();
  }

  private SessionFactory sessionFactory;

  User ownSession(String id) {
    return group.execute(
        id,
        k -> {
          try (Session session = sessionFactory.openSession()) {
            return session.find(k);
          }
        });
  }

  User ownSessionTransaction(String id) {
    return group.execute(
        id,
        k -> {
          try (Session session = sessionFactory.openSession()) {
            Transaction tx = session.beginTransaction();
            User user = session.find(k);
            tx.commit();
            return user;
          }
        });
  }

  User ownDeadline(String id) {
    return group.execute(
        id,
        k -> {
          long deadlineNanos = System.nanoTime() + 1_000_000_000L;
          User user = null;
          while (user == null && System.nanoTime() < deadlineNanos) {
            user = backend.load(k);
          }
          return user;
        });
  }

  User cleared(String id) {
    return group.execute(
        id,
        k -> {
          TOKEN.remove();
          return backend.load(k);
        });
  }

  User setForLoad(String id) {
    return group.execute(
        id,
        k -> {
          TOKEN.set("service");
          return backend.load(k);
        });
  }

  User threadBoundInKey(String id) {
    return group.execute(TOKEN.get() + id, k -> backend.loadAs(id, TOKEN.get()));
  }

  User threadBoundLocalInKey(String id) {
    String name = SecurityContextHolder.getContext().getAuthentication().getName();
    return group.execute(name + ":" + id, k -> backend.loadAs(id, name));
  }

  User principalInKey(Principal principal, String id) {
    return group.execute(principal.getName() + id, k -> backend.loadAs(id, principal.getName()));
  }

  User callerInKey(String id) {
    return group.execute(callerName() + id, k -> backend.loadAs(id, callerName()));
  }

  User callerIsKey() {
    return group.execute(callerName(), k -> backend.load(k));
  }

  User userIsKey(Principal principal) {
    return group.execute(principal.getName(), k -> backend.load(k));
  }

  User userIsKeyCaptured(Authentication authentication) {
    String user = authentication.getName();
    return group.execute(user, () -> backend.load(user));
  }

  User sessionIsKey(HttpSession session) {
    return group.execute(session.getId(), k -> backend.load(k));
  }

  User sessionIdIdentifies(HttpSession session) {
    return group.execute(
        session.getId(), k -> backend.loadAs(k, (String) session.getAttribute("token")));
  }

  User passThrough(
      HttpServletRequest request, String id, ThrowingSupplier<User, RuntimeException> loader) {
    log.info("for {}", request.getRemoteAddr());
    return group.execute(id, loader);
  }

  User passThroughWrapped(String id, Supplier<User> requestLoader) {
    return group.execute(
        id,
        () -> {
          log.info("loading {}", id);
          return requestLoader.get();
        });
  }

  User groupOfRequest(HttpServletRequest request, String id) {
    SingleflightGroup<String, User> own = SingleflightGroup.create();
    return own.execute(id, k -> backend.loadAs(k, request.getHeader("Authorization")));
  }

  User services(RequestLogger requestLogger, SessionRepository sessions, String id) {
    return group.execute(id, k -> sessions.find(k));
  }

  interface RequestLogger {
    void log(String line);
  }

  interface SessionRepository {
    User find(String id);
  }

  interface RequestConfig {
    int retries();
  }

  User config(RequestConfig requestConfig, String id) {
    return group.execute(id, k -> requestConfig.retries() > 0 ? backend.load(k) : null);
  }

  User insisted(Principal principal, String id) {
    return group.execute(
        id,
        k -> {
          Objects.requireNonNull(principal);
          return backend.load(k);
        });
  }

  User named(String id) {
    return group.execute(id, new IdLoader(backend));
  }

  static final class IdLoader implements Loader<String, User, RuntimeException> {
    private final Backend backend;

    IdLoader(Backend backend) {
      this.backend = backend;
    }

    @Override
    public User load(String key) {
      return backend.load(key);
    }
  }

  User namedWithKey(HttpServletRequest request) {
    String id = request.getParameter("id");
    return group.execute(id, new Fetch(backend, id));
  }

  static final class Fetch implements ThrowingSupplier<User, RuntimeException> {
    private final Backend backend;
    private final String id;

    Fetch(Backend backend, String id) {
      this.backend = backend;
      this.id = id;
    }

    @Override
    public User get() {
      return backend.load(id);
    }
  }

  String manyIds(HttpServletRequest request) {
    List<String> ids = List.of(request.getParameter("ids").split(","));
    String key = ids.stream().sorted().collect(Collectors.joining(","));
    return texts.execute(
        key, k -> ids.stream().map(backend::load).map(User::getName).findFirst().orElse(""));
  }

  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

  User anonymous(HttpServletRequest request) {
    String id = request.getParameter("id");
    return group.execute(
        id,
        new Loader<String, User, RuntimeException>() {
          @Override
          public User load(String key) {
            return backend.load(key);
          }
        });
  }

  User attributesBeforeOnly(String id) {
    Object attributes = RequestContextHolder.getRequestAttributes();
    boolean inRequest = attributes != null;
    log.info("in request: {}", inRequest);
    return group.execute(id, backend::load);
  }

  @SuppressWarnings("SingleflightCapturedRequest")
  User suppressed(HttpServletRequest request, String id) {
    return group.execute(id, k -> backend.loadAs(k, request.getHeader("Authorization")));
  }

  private final ServiceContext serviceContext = new ServiceContext();

  static class ServiceContext {
    String region() {
      return "eu";
    }
  }

  User applicationContext(ApplicationContext context, String id) {
    return group.execute(id, k -> context.getBean(Backend.class).load(k));
  }

  interface ApplicationContext {
    <T> T getBean(Class<T> type);
  }

  User contextOfService(String id) {
    return group.execute(id, k -> backend.loadAs(k, serviceContext.region()));
  }

  User messageAsKey(Message message) {
    return group.execute(message.key(), k -> backend.load(message.key()));
  }

  record Message(String key, String body) {}

  User buffer(String id) {
    return group.execute(id, k -> backend.load(k));
  }
}
