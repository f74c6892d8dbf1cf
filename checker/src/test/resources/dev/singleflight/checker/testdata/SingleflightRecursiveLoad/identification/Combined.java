package test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Functions that are put together, and run later or at once. */
class Combined {
  interface Registration {
    void remove();

    static Registration combine(Registration... registrations) {
      Arrays.asList(registrations).forEach(Objects::requireNonNull);
      return () -> Arrays.asList(registrations).forEach(Registration::remove);
    }

    static Registration tried(Registration registration) {
      registration.remove();
      return registration;
    }
  }

  private final Map<String, Registration> registrations = new HashMap<>();
  private final Map<String, Registration> tried = new HashMap<>();

  Registration register(String name, Registration other) {
    return registrations.computeIfAbsent(
        name, n -> Registration.combine(() -> registrations.remove(n), other));
  }

  Registration tried(String name) {
    return tried.computeIfAbsent(
        name,
        // BUG: Diagnostic contains: ConcurrentModificationException
        n -> Registration.tried(() -> tried.remove(n)));
  }
}
