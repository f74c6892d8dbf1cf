package dev.singleflight.samples.tasks.users;

/** There is no such user, and will be none when one asks again: a permanent failure. */
public final class UserNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserNotFoundException(long id) {
    super("there is no user " + id);
  }
}
