package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

final class OwnerInOtherFile {
  // BUG: Diagnostic contains: it belongs to a 'OwnerInOtherFile', of which each call makes its own
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository repository;

  OwnerInOtherFile(Repository repository) {
    this.repository = repository;
  }

  User find(String id) {
    return group.execute(id, repository::findUser);
  }
}
