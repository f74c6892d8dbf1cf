package org.springframework.security.core.context;

/** A stub. */
public final class SecurityContextHolder {
  private static final ThreadLocal<SecurityContext> CONTEXT = new ThreadLocal<>();

  private SecurityContextHolder() {}

  public static SecurityContext getContext() {
    return CONTEXT.get();
  }
}
