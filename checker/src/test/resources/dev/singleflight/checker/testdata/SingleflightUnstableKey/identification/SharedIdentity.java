package test;

import dev.singleflight.SingleflightGroup;
import java.io.InputStream;
import java.util.function.Supplier;
import test.Domain.*;

/** A group for all objects of a class, whose threads meet by the object. */
class SharedIdentity {
  static final class Column {
    final String name;

    Column(String name) {
      this.name = name;
    }
  }

  private static final SingleflightGroup<Object, User> GROUP = SingleflightGroup.create();
  private static final Column DEFAULT = new Column("default");
  private final Column column = new Column("own");
  private final String name = "own";

  User thisObject(Supplier<User> loader) {
    return GROUP.execute(this, loader::get);
  }

  User constant(Supplier<User> loader) {
    return GROUP.execute(DEFAULT, loader::get);
  }

  User ofField(Supplier<User> loader) {
    return GROUP.execute(column, loader::get);
  }

  User ofAClass(Supplier<User> loader) {
    return GROUP.execute(SharedIdentity.class, loader::get);
  }

  User made(Supplier<User> loader) {
    // BUG: Diagnostic contains: is a Column, which has no equals
    return GROUP.execute(new Column(name), loader::get);
  }

  User given(Column other, Supplier<User> loader) {
    // BUG: Diagnostic contains: is a Column, which has no equals
    return GROUP.execute(other, loader::get);
  }

  /** Nothing but values: whoever asks for the same has another one. */
  static final class Series {
    final String name;
    final long[] points;

    Series(String name, long[] points) {
      this.name = name;
      this.points = points;
    }
  }

  /** A connection with its buffer: there is one of each. */
  static final class Channel {
    final byte[] buffer = new byte[1024];
    final InputStream in;

    Channel(InputStream in) {
      this.in = in;
    }
  }

  User withArray(Series series, Supplier<User> loader) {
    // BUG: Diagnostic contains: is a Series, which has no equals
    return GROUP.execute(series, loader::get);
  }

  User ofNameInSeries(Series series, Supplier<User> loader) {
    return GROUP.execute(series.name, loader::get);
  }

  User handle(Channel channel, Supplier<User> loader) {
    return GROUP.execute(channel, loader::get);
  }
}
