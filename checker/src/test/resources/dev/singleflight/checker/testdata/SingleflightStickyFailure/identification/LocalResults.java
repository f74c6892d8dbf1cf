package test;

import dev.singleflight.*;
import java.util.*;
import java.util.concurrent.*;

interface LocalRateApi {
  LocalRate fetch(String c) throws LocalRemoteException;

  LocalRate now(String c);
}

class LocalRemoteException extends Exception {}

class LocalRate {
  static final LocalRate ZERO = new LocalRate();
}

class LocalResults {
  static class View {
    LocalRate rate;
    String error;
  }

  final SingleflightGroup<String, LocalRate> g = SingleflightGroup.create();
  final LocalRateApi api = null;
  LocalRate shown;

  Map<String, LocalRate> all(Collection<String> cs) {
    Map<String, LocalRate> result = new HashMap<>();
    for (String c : cs) {
      try {
        result.put(c, g.execute(c, api::fetch));
      } catch (LocalRemoteException e) {
        result.put(c, LocalRate.ZERO);
      }
    }
    return result;
  }

  View view(String c) {
    View v = new View();
    try {
      v.rate = g.execute(c, api::fetch);
    } catch (LocalRemoteException e) {
      v.rate = LocalRate.ZERO;
      v.error = e.getMessage();
    }
    return v;
  }

  void fill(String c, View v) {
    try {
      v.rate = g.execute(c, api::fetch);
    } catch (LocalRemoteException e) {
      v.error = e.getMessage();
    }
  }

  void fill(Map<String, Object> model, String c) {
    try {
      model.put("rate", g.execute(c, api::fetch));
    } catch (LocalRemoteException e) {
      model.put("rate", LocalRate.ZERO);
      model.remove("chart");
    }
  }

  void show(String c) {
    try {
      shown = g.execute(c, api::fetch);
    } catch (LocalRemoteException e) {
      shown = LocalRate.ZERO;
    }
  }

  void hide() {
    shown = null;
  }

  List<LocalRate> await(List<String> cs) {
    Map<String, CompletableFuture<LocalRate>> fs = new LinkedHashMap<>();
    for (String c : cs) fs.put(c, g.executeAsync(c, api::fetch));
    List<LocalRate> out = new ArrayList<>();
    fs.values().forEach(f -> out.add(f.join()));
    fs.clear();
    return out;
  }
}
