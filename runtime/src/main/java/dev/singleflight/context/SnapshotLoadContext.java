package dev.singleflight.context;

import static java.util.Objects.requireNonNull;

import dev.singleflight.LoadContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Set;

/**
 * Carries over what the accessors of Micrometer's {@link io.micrometer.context.ContextRegistry}
 * name: traces, observations, logging contexts.
 *
 * <pre>{@code
 * SingleflightGroup.newBuilder()
 *     .loadContext(SnapshotLoadContext.ofKeys(ObservationThreadLocalAccessor.KEY))
 *     .build();
 * }</pre>
 *
 * <p>The snapshot is taken of the leader, on its own thread, when it starts the flight; followers
 * contribute nothing. While the load runs its thread has the values of the snapshot, and afterwards
 * those it had before.
 *
 * <p>A load is shared, and its leader is whoever came first. A snapshot of everything may hold an
 * identity, a locale or a tenant, on whose behalf the load must <em>not</em> run unless the key
 * carries it: prefer {@link #ofKeys}.
 *
 * <p>Thread-safe, as its factory is.
 */
public final class SnapshotLoadContext implements LoadContext {

  private final ContextSnapshotFactory factory;

  private SnapshotLoadContext(ContextSnapshotFactory factory) {
    this.factory = factory;
  }

  /**
   * Carries over the values of all accessors of the global registry. Of what the leader has no
   * value for, the load sees none either, even if its thread has one left from other work.
   */
  public static SnapshotLoadContext of() {
    return of(ContextSnapshotFactory.builder().clearMissing(true).build());
  }

  /**
   * As {@link #of()}, but carries over the values of some accessors only: of those that have these
   * {@linkplain io.micrometer.context.ThreadLocalAccessor#key() keys}. Of all others the load sees
   * none.
   *
   * @param keys the keys
   * @throws NullPointerException if a key is null
   */
  public static SnapshotLoadContext ofKeys(Object... keys) {
    Set<Object> carried = Set.of(keys);
    return of(
        ContextSnapshotFactory.builder()
            .clearMissing(true)
            .captureKeyPredicate(carried::contains)
            .build());
  }

  /**
   * Carries over what a factory captures.
   *
   * @param factory takes a snapshot at each start of a detached load. Unless it {@linkplain
   *     ContextSnapshotFactory.Builder#clearMissing clears what is missing}, a load on a pooled
   *     thread sees what that has of its own where its leader has nothing
   * @throws NullPointerException if the factory is null
   */
  public static SnapshotLoadContext of(ContextSnapshotFactory factory) {
    return new SnapshotLoadContext(requireNonNull(factory, "factory must not be null"));
  }

  @Override
  public Runnable wrap(Runnable load) {
    ContextSnapshot snapshot = factory.captureAll();
    return snapshot.wrap(load);
  }
}
