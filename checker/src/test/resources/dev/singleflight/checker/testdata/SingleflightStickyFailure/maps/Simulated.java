package test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** An annotation of somebody's own that says something, and is called like one of ours. */
@Simulated.Shared(scope = "simulation")
class Simulated {
  @interface Shared {
    String scope();
  }

  private final Map<String, Future<?>> scheduled = new ConcurrentHashMap<>();
  private final ExecutorService executor;

  Simulated(ExecutorService executor) {
    this.executor = executor;
  }

  Future<?> dispatch(String host) {
    return scheduled.computeIfAbsent(host, h -> executor.submit(new Dispatch(this, h)));
  }

  private void dispatched(String host) {
    scheduled.remove(host);
  }

  static final class Dispatch implements Runnable {
    private final Simulated owner;
    private final String host;

    Dispatch(Simulated owner, String host) {
      this.owner = owner;
      this.host = host;
    }

    @Override
    public void run() {
      try {
        System.out.println(host);
      } finally {
        owner.dispatched(host);
      }
    }
  }
}
