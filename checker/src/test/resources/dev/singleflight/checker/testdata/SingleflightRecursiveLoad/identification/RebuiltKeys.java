package test;

import dev.singleflight.SingleflightGroup;
import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import test.Domain.Repository;
import test.Domain.User;

/** Keys that are made again of the parts of the first one. */
class RebuiltKeys {
  record Ref(String tenant, String id) {}

  static final class Address {
    private final String host;
    private final int port;

    Address(String host, int port) {
      this.host = host;
      this.port = port;
    }

    String getHost() {
      return host;
    }

    int getPort() {
      return port;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Address other && host.equals(other.host) && port == other.port;
    }

    @Override
    public int hashCode() {
      return Objects.hash(host, port);
    }
  }

  private final SingleflightGroup<Ref, User> refs = SingleflightGroup.create();
  private final SingleflightGroup<Address, User> addresses = SingleflightGroup.create();
  private final SingleflightGroup<String, User> names = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final Repository db;

  RebuiltKeys(Repository db) {
    this.db = db;
  }

  User recordOfItsParts(Ref ref) {
    return refs.execute(
        // BUG: Diagnostic contains: same group for the same key
        ref, () -> refs.execute(new Ref(ref.tenant(), ref.id()), () -> db.findUser(ref.id())));
  }

  User objectOfItsParts(Address address) {
    return addresses.execute(
        address,
        a ->
            // BUG: Diagnostic contains: same group for the same key
            addresses.execute(
                new Address(a.getHost(), a.getPort()), () -> db.findUser(a.getHost())));
  }

  User partsSwapped(Ref ref) {
    return refs.execute(
        ref, () -> refs.execute(new Ref(ref.id(), ref.tenant()), () -> db.findUser(ref.id())));
  }

  User anotherPart(Ref ref) {
    return refs.execute(
        ref, () -> refs.execute(new Ref("default", ref.id()), () -> db.findUser(ref.id())));
  }

  User formatted(String tenant, String id) {
    // BUG: Diagnostic contains: same group for the same key
    return names.execute(tenant + ":" + id, () -> byFormat(tenant, id));
  }

  private User byFormat(String tenant, String id) {
    return names.execute(String.format("%s:%s", tenant, id), () -> db.findUser(id));
  }

  User built(String tenant, String id) {
    // BUG: Diagnostic contains: same group for the same key
    return names.execute(tenant + ":" + id, () -> byBuilder(tenant, id));
  }

  private User byBuilder(String tenant, String id) {
    return names.execute(
        new StringBuilder(tenant).append(':').append(id).toString(), () -> db.findUser(id));
  }

  User message(String tenant, String id) {
    // BUG: Diagnostic contains: same group for the same key
    return names.execute(String.join(":", tenant, id), () -> byMessage(tenant, id));
  }

  private User byMessage(String tenant, String id) {
    return names.execute(MessageFormat.format("{0}:{1}", tenant, id), () -> db.findUser(id));
  }

  User otherSeparator(String tenant, String id) {
    return names.execute(tenant + "/" + id, () -> byFormat(tenant, id));
  }

  User otherOrder(String tenant, String id) {
    return names.execute(id + ":" + tenant, () -> byFormat(tenant, id));
  }

  User numberInWords(long id) {
    // BUG: Diagnostic contains: same group for the same key
    return names.execute("" + id, () -> names.execute(Long.toString(id), () -> db.findUser("x")));
  }

  User idInWords(UUID id) {
    return names.execute(
        // BUG: Diagnostic contains: same group for the same key
        id.toString(), () -> names.execute(String.valueOf(id), () -> db.findUser("x")));
  }

  User wordsAreAnotherKey(UUID id) {
    return any.execute(id, () -> any.execute(id.toString(), () -> db.findUser("x")));
  }

  User listed(String tenant, String id) {
    return any.execute(
        // BUG: Diagnostic contains: same group for the same key
        List.of(tenant, id), () -> any.execute(List.of(tenant, id), () -> db.findUser(id)));
  }

  User paired(String tenant, String id) {
    return any.execute(
        // BUG: Diagnostic contains: same group for the same key
        Map.entry(tenant, id), () -> any.execute(Map.entry(tenant, id), () -> db.findUser(id)));
  }

  User listedOtherwise(String tenant, String id) {
    return any.execute(
        List.of(tenant, id), () -> any.execute(List.of(id, tenant), () -> db.findUser(id)));
  }
}
