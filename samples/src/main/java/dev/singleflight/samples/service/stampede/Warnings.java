package dev.singleflight.samples.service.stampede;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the services would say of each request that finds no connection to the database. */
public final class Warnings {
  private static final Logger OF_REQUESTS =
      Logger.getLogger("dev.singleflight.samples.service.http");

  private Warnings() {}

  /** Keeps it off the console: in a stampede there are hundreds, and they are counted. */
  public static void hush() {
    OF_REQUESTS.setLevel(Level.OFF);
  }
}
