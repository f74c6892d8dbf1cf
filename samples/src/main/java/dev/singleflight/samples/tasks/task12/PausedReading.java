package dev.singleflight.samples.tasks.task12;

import dev.singleflight.Loader;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/**
 * Reads the table, and can be made to stop between having read and returning: where a load is when
 * what it brings has become old on the way.
 */
final class PausedReading implements Loader<Long, User, SQLException> {
  private final UserTable table;
  private volatile CountDownLatch hasRead = new CountDownLatch(0);
  private volatile CountDownLatch mayReturn = new CountDownLatch(0);

  PausedReading(UserTable table) {
    this.table = table;
  }

  @Override
  public User load(Long id) throws SQLException {
    CountDownLatch goingOn = mayReturn;
    User user = table.find(id);
    hasRead.countDown();
    try {
      goingOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted after having read " + user, e);
    }
    return user;
  }

  /** Makes the loads that begin from now on stop. */
  void pause() {
    mayReturn = new CountDownLatch(1);
    hasRead = new CountDownLatch(1);
  }

  void awaitHasRead() throws InterruptedException {
    hasRead.await();
  }

  /**
   * Lets the loads that begin from now on pass.
   *
   * @return lets those go on that have stopped
   */
  Runnable resume() {
    CountDownLatch stopped = mayReturn;
    mayReturn = new CountDownLatch(0);
    return stopped::countDown;
  }
}
