package dev.singleflight.benchmarks;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A key of each thread's own, whose hash code differs from the others' or is the same. */
@State(Scope.Thread)
public class ThreadKey {

  @Param({"different", "equal"})
  public String hashCodes = "";

  HashedKey key = new HashedKey(0, 0);

  @Setup
  public void create(ThreadParams thread) {
    int number = thread.getThreadIndex();
    key = new HashedKey(number, hashCodes.equals("equal") ? 0 : number);
  }
}
