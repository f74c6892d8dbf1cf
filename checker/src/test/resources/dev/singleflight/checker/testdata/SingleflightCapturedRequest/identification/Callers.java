package test;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContextHolder;
import test.Domain.*;

/** What services know of their callers. */
final class Callers {
  interface Backend {
    User load(String id);

    User loadAs(String id, String authorization);

    User loadFor(String id, Principal principal);

    User loadUntil(String id, Deadline deadline);

    User loadIn(String id, Object transaction);

    User post(String id, Object request);
  }

  interface Deadline {
    long timeRemaining();

    boolean isExpired();
  }

  interface RequestContext {
    String userId();

    String traceId();

    Deadline deadline();
  }

  /** An own HTTP layer. */
  static class Request {
    private final Map<String, String> headers;
    private final String path;

    Request(Map<String, String> headers, String path) {
      this.headers = headers;
      this.path = path;
    }

    String header(String name) {
      return headers.get(name);
    }

    String path() {
      return path;
    }

    Map<String, String> headers() {
      return headers;
    }
  }

  /** A question, which has nothing of a caller. */
  record LookupRequest(String id, String region, List<String> fields) {}

  static class CurrentUser {
    private static final ThreadLocal<CurrentUser> CURRENT = new ThreadLocal<>();
    private final String name;

    CurrentUser(String name) {
      this.name = name;
    }

    static CurrentUser get() {
      return CURRENT.get();
    }

    String name() {
      return name;
    }
  }

  static String currentUserName() {
    return SecurityContextHolder.getContext().getAuthentication().getName();
  }

  interface TransactionTemplate {
    <T> T execute(
        java.util.function.Function<org.springframework.transaction.TransactionStatus, T> work);

    <T> T inTransaction(Supplier<T> work);
  }

  private Callers() {}
}
