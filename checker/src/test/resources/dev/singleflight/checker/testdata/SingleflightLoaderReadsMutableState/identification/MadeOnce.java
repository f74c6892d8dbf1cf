package test;

import dev.singleflight.SingleflightGroup;

/** What a field is given when it is first asked for stays; on another condition it may change. */
class MadeOnce {
  interface Source {
    String region();
  }

  interface Store {
    String find(String id, String region);
  }

  private final SingleflightGroup<String, String> group = SingleflightGroup.create();
  private final Source source;
  private final Store store;
  private String made;
  private String renewed;
  private String placed;

  MadeOnce(Source source, Store store) {
    this.source = source;
    this.store = store;
  }

  String first(String id) {
    if (made == null) {
      made = source.region();
    }
    return group.execute(id, k -> store.find(k, made));
  }

  String again(String id) {
    if (renewed != null) {
      renewed = source.region();
    }
    // BUG: Diagnostic contains: reads 'this.renewed'
    return group.execute(id, k -> store.find(k, renewed));
  }

  void move(String zone) {
    if (zone == null) {
      placed = source.region();
    }
  }

  String placed(String id) {
    // BUG: Diagnostic contains: reads 'this.placed'
    return group.execute(id, k -> store.find(k, placed));
  }
}
