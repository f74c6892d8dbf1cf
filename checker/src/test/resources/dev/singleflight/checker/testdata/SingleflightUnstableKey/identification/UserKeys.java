package test;

import java.util.Locale;
import java.util.UUID;

final class UserKeys {
  static String unique(String id) {
    return id + "-" + UUID.randomUUID();
  }

  static String of(String id) {
    return "user:" + id.toLowerCase(Locale.ROOT);
  }

  private UserKeys() {}
}
