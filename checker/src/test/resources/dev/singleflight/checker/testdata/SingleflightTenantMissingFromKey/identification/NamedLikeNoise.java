package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Config;

/** What is called like a metric and gives back the value decides it all the same. */
final class NamedLikeNoise {
  interface Counter {
    Config read(String tenant, String name);

    void increment(String tenant);
  }

  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final Counter meters;

  NamedLikeNoise(Counter meters) {
    this.meters = meters;
  }

  Config gives(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, k -> meters.read(tenant, k));
  }

  interface Timers {
    Runnable timer(String name, String label, String value);
  }

  Config timed(Timers metrics, String tenant, String name) {
    return group.execute(
        name,
        k -> {
          Runnable stop = metrics.timer("load", "tenant", tenant);
          try {
            return new Config(k);
          } finally {
            stop.run();
          }
        });
  }

  Config counts(String tenant, String name) {
    return group.execute(
        name,
        k -> {
          meters.increment(tenant);
          return new Config(k);
        });
  }
}
