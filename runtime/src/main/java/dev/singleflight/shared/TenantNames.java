package dev.singleflight.shared;

import java.util.UUID;

/** Names tenants whose text is known to tell them apart. */
final class TenantNames {

  private TenantNames() {}

  /** Returns the name of a tenant, with its type, so that 1 and "1" have different ones. */
  static String nameOf(Object tenant) {
    if (tenant instanceof String text) {
      return "s" + text;
    }
    if (tenant instanceof Long || tenant instanceof Integer) {
      return tenant.getClass().getSimpleName().charAt(0) + tenant.toString();
    }
    if (tenant instanceof UUID) {
      return "u" + tenant;
    }
    if (tenant instanceof Enum<?> constant) {
      return "e" + constant.getDeclaringClass().getName() + "." + constant.name();
    }
    throw new IllegalArgumentException(
        "tenants are of "
            + tenant.getClass().getName()
            + ", whose text may not tell them apart: give the shared tier a function, by"
            + " tenants(…), that does");
  }
}
