package test;

final class TenantContext {
  private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

  static String get() {
    return CURRENT.get();
  }

  private TenantContext() {}
}
