package test;

import dev.singleflight.SingleflightGroup;
import jakarta.servlet.http.HttpServletRequest;
import test.Callers.*;
import test.Domain.*;

/** Loaders that ask a request only whether it says something at all. */
class AskedByPresence {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Backend backend;
  private final Logger log;

  AskedByPresence(Backend backend, Logger log) {
    this.backend = backend;
    this.log = log;
  }

  User chosen(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          String preview = request.getHeader("X-Preview");
          // BUG: Diagnostic contains: 'request'
          return preview == null ? backend.load(k) : backend.load("preview/" + k);
        });
  }

  User branch(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          String preview = request.getHeader("X-Preview");
          // BUG: Diagnostic contains: 'request'
          if (preview != null && !k.isEmpty()) {
            return backend.load("preview/" + k);
          }
          return backend.load(k);
        });
  }

  User toldByTheKey(HttpServletRequest request, String id) {
    boolean preview = request.getHeader("X-Preview") != null;
    return group.execute(
        preview + "/" + id, () -> preview ? backend.load("preview/" + id) : backend.load(id));
  }

  User toldByTheKeyInline(HttpServletRequest request, String id) {
    return group.execute(
        (request.getHeader("X-Preview") == null ? "all/" : "preview/") + id,
        k -> {
          String preview = request.getHeader("X-Preview");
          return preview == null ? backend.load(id) : backend.load("preview/" + id);
        });
  }

  User askedInline(HttpServletRequest request, String id) {
    return group.execute(
        (request.getHeader("X-Preview") == null ? "all/" : "preview/") + id,
        k ->
            request.getHeader("X-Preview") == null
                ? backend.load(id)
                : backend.load("preview/" + id));
  }

  User askedTheOtherWay(HttpServletRequest request, String id) {
    return group.execute(
        (request.getHeader("X-Preview") == null ? "all/" : "preview/") + id,
        k -> {
          String preview = request.getHeader("X-Preview");
          return preview != null ? backend.load("preview/" + id) : backend.load(id);
        });
  }

  User valueBehindPresence(HttpServletRequest request, String id) {
    return group.execute(
        (request.getHeader("X-Preview") == null ? "all/" : "preview/") + id,
        k -> {
          String preview = request.getHeader("X-Preview");
          // BUG: Diagnostic contains: 'request'
          return preview == null ? backend.load(id) : backend.loadAs(id, preview);
        });
  }

  User constantsOfPresence(HttpServletRequest request, String id) {
    String folder = request.getHeader("X-Preview") == null ? "all/" : "preview/";
    // BUG: Diagnostic contains: 'request'
    return group.execute(id, k -> backend.load(folder + k));
  }

  User constantsOfPresenceInKey(HttpServletRequest request, String id) {
    String folder = request.getHeader("X-Preview") == null ? "all/" : "preview/";
    return group.execute(folder + id, k -> backend.load(folder + id));
  }

  User refused(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          String user = request.getHeader("X-User");
          if (user == null) {
            throw new SecurityException("no user");
          }
          return backend.load(k);
        });
  }

  User logged(HttpServletRequest request, String id) {
    return group.execute(
        id,
        k -> {
          String user = request.getHeader("X-User");
          if (user != null) {
            log.info("asked for by somebody");
          }
          return backend.load(k);
        });
  }

  /** Whether there is a request says nothing of it. */
  User outsideOfOne(HttpServletRequest request, String id) {
    return group.execute(id, k -> request == null ? backend.load(k) : backend.load(k.strip()));
  }

  User ofTheLoaded(String id) {
    return group.execute(
        id,
        k -> {
          User user = backend.load(k);
          return user == null ? backend.load("default") : user;
        });
  }
}
