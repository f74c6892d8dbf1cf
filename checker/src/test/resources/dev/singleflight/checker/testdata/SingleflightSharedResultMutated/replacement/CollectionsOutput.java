package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import test.Domain.*;

class CollectionsOutput {
  private final SingleflightGroup<String, List<String>> lists = SingleflightGroup.create();
  private final SingleflightGroup<String, Set<String>> sets = SingleflightGroup.create();
  private final SingleflightGroup<String, Map<String, String>> maps = SingleflightGroup.create();

  List<String> list(String id, List<String> loaded) {
    List<String> names = new ArrayList<>(lists.execute(id, k -> loaded));
    names.add(id);
    return names;
  }

  Set<String> set(String id, Set<String> loaded) {
    Set<String> names = new LinkedHashSet<>(sets.execute(id, k -> loaded));
    names.remove(id);
    return names;
  }

  Map<String, String> map(String id, Map<String, String> loaded) {
    Map<String, String> labels = new LinkedHashMap<>(maps.execute(id, k -> loaded));
    labels.put("id", id);
    return labels;
  }

  // compared, but not with null
  List<String> compared(String id, List<String> loaded, List<String> other) {
    List<String> names = new ArrayList<>(lists.execute(id, k -> loaded));
    if (names != other) {
      names.add(id);
    }
    return names;
  }
}
