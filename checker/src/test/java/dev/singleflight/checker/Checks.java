package dev.singleflight.checker;

import com.google.errorprone.bugpatterns.BugChecker;
import java.util.List;
import java.util.ServiceLoader;

/** The checks, as a user's Error Prone finds them. */
public final class Checks {
  private Checks() {}

  /** One instance of each check of ours that is registered as a service. */
  public static List<BugChecker> all() {
    return ServiceLoader.load(BugChecker.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(check -> check.getClass().getPackageName().startsWith("dev.singleflight"))
        .toList();
  }

  /** Their names, in order. */
  public static List<String> names() {
    return all().stream().map(BugChecker::canonicalName).sorted().toList();
  }
}
