package test;

import java.util.HashMap;
import java.util.Map;
import test.Clinic.Patient;

class LoaderBase {
  private final Map<String, Patient> seen = new HashMap<>();

  protected Patient lastSeen(String id) {
    return seen.get(id);
  }
}
