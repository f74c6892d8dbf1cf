package test;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;
import test.Callers.*;
import test.Domain.*;

abstract class RequestHandler {
  private final Backend handlerBackend;

  RequestHandler(Backend backend) {
    this.handlerBackend = backend;
  }

  protected User loadWith(HttpServletRequest request, String id) {
    return handlerBackend.loadAs(id, request.getHeader("Authorization"));
  }

  protected User loadById(HttpServletRequest unused, String id) {
    return handlerBackend.load(id);
  }

  static User fetch(Backend backend, HttpServletRequest request, String id) {
    String token = request.getHeader("Authorization");
    return backend.loadAs(id, token);
  }

  protected String callerName() {
    return SecurityContextHolder.getContext().getAuthentication().getName();
  }
}
