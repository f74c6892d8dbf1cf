package org.springframework.web.context.request;

public final class RequestContextHolder {
  public static RequestAttributes currentRequestAttributes() {
    throw new UnsupportedOperationException();
  }

  public static RequestAttributes getRequestAttributes() {
    throw new UnsupportedOperationException();
  }

  private RequestContextHolder() {}
}
