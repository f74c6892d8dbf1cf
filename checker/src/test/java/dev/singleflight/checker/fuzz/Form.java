package dev.singleflight.checker.fuzz;

import java.util.function.Consumer;

/** One way to write one part of a call site. */
record Form(String name, Consumer<Draft> writer) {
  @Override
  public String toString() {
    return name;
  }
}
