package test;

import dev.singleflight.annotations.Coalescing;
import test.Domain.Repository;
import test.Domain.User;

/** Methods that an annotation coalesces, the parameters being the key and the body the loader. */
class DeclaredKey {
  private final Repository db;

  DeclaredKey(Repository db) {
    this.db = db;
  }

  @Coalescing
  // BUG: Diagnostic contains: is an array
  User ofDigest(byte[] digest) {
    return db.findUser("sha" + digest.length);
  }

  @Coalescing
  User ofId(String id) {
    return db.findUser(id);
  }
}
