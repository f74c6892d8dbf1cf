package dev.singleflight;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Something that what it is made of refers to. */
final class Later<T> {

  private volatile @Nullable T it;

  void set(T value) {
    it = value;
  }

  T get() {
    return requireNonNull(it);
  }
}
