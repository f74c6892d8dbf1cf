// Over 400 lines: a list of cases of a few lines each, which share what stands at the top.
package test;

import dev.singleflight.SingleflightGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import test.Clinic.Archive;
import test.Clinic.Labels;
import test.Clinic.Patient;
import test.Clinic.Patients;

/** Loaders that ask first, in every way. */
class NearMisses {
  private final SingleflightGroup<String, String> names = SingleflightGroup.create();
  private final Patients patients;
  private final Archive archive;
  private final Map<String, Patient> byBed = new HashMap<>();

  NearMisses(Patients patients, Archive archive) {
    this.patients = patients;
    this.archive = archive;
  }

  String thrown(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          if (patient == null) {
            throw new NoSuchElementException(k);
          }
          return patient.name();
        });
  }

  String thrownByHelper(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          if (patient == null) {
            missing(k);
          }
          return patient.name();
        });
  }

  private void missing(String id) {
    throw new NoSuchElementException(id);
  }

  String chosen(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          return patient != null && patient.name() != null ? patient.name() : "unknown";
        });
  }

  String required(String id) {
    return names.execute(id, k -> Objects.requireNonNull(patients.find(k)).name());
  }

  String requiredFirst(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          Objects.requireNonNull(patient, "no patient");
          return patient.name();
        });
  }

  String demandedInTheSource(String id) {
    return names.execute(id, k -> archive.demand(k).name());
  }

  String demandedByHelper(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          Labels.demand(patient, k);
          return patient.name();
        });
  }

  String askedByHelper(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          return Labels.isNamed(patient) ? patient.name() : "unknown";
        });
  }

  String leftToHelper(String id) {
    return names.execute(id, k -> Labels.orAnonymous(patients.find(k)));
  }

  String optional(String id) {
    return names.execute(
        id, k -> Optional.ofNullable(patients.find(k)).map(Patient::name).orElse("unknown"));
  }

  String optionalThrows(String id) {
    return names.execute(id, k -> patients.lookup(k).orElseThrow().name());
  }

  String optionalGets(String id) {
    return names.execute(id, k -> patients.lookup(k).get().name());
  }

  String existsFirst(String id) {
    return names.execute(
        id,
        k -> {
          if (!patients.exists(k)) {
            throw new NoSuchElementException(k);
          }
          return patients.find(k).name();
        });
  }

  String documentedNever(String bed) {
    return names.execute(bed, k -> patients.inBed(k).name());
  }

  String documentedForItsParameter(String number) {
    return names.execute(number, k -> patients.insured(k).name());
  }

  String replaced(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          if (patient == null) {
            patient = new Patient(k, "unknown", null);
          }
          return patient.name();
        });
  }

  String failureRemembered(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = null;
          NoSuchElementException failure = null;
          try {
            patient = archive.demand(k);
          } catch (NoSuchElementException e) {
            failure = e;
          }
          if (failure != null) {
            throw new IllegalStateException(failure);
          }
          return patient.name();
        });
  }

  String flagRemembered(String id) {
    return names.execute(
        id,
        k -> {
          boolean loaded = false;
          Patient patient = null;
          try {
            patient = archive.demand(k);
            loaded = true;
          } catch (NoSuchElementException e) {
            System.err.println("no file for " + k);
          }
          return loaded ? patient.name() : "unknown";
        });
  }

  String sameConditionTwice(String id, boolean full) {
    return names.execute(
        id + full,
        k -> {
          Patient patient = null;
          if (full) {
            patient = patients.get(id);
          }
          String text = id;
          if (full) {
            text += patient.name();
          }
          return text;
        });
  }

  String retried(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = null;
          for (int i = 0; i < 3 && patient == null; i++) {
            patient = patients.find(k);
          }
          if (patient == null) {
            return "unknown";
          }
          return patient.name();
        });
  }

  String asserted(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          assert patient != null;
          return patient.name();
        });
  }

  String pattern(String id) {
    return names.execute(
        id,
        k -> {
          Object found = patients.find(k);
          return found instanceof Patient patient ? patient.name() : "unknown";
        });
  }

  String worded(String id) {
    return names.execute(id, k -> "patient " + patients.find(k));
  }

  String flagged(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          boolean isMissing = patient == null;
          if (isMissing) {
            return "unknown";
          }
          return patient.name();
        });
  }

  String keysOfTheMap(String id) {
    return names.execute(
        id,
        k -> {
          StringBuilder all = new StringBuilder();
          for (String bed : byBed.keySet()) {
            all.append(byBed.get(bed).name());
          }
          return all.toString();
        });
  }

  String containsFirst(String bed) {
    return names.execute(bed, k -> byBed.containsKey(k) ? byBed.get(k).name() : "empty");
  }

  String putFirst(String bed) {
    return names.execute(
        bed,
        k -> {
          byBed.put(k, patients.get(k));
          return byBed.get(k).name();
        });
  }

  enum Shift {
    DAY,
    NIGHT
  }

  String keyedByEnum(Shift shift) {
    Map<Shift, Patient> onDuty = new EnumMap<>(Shift.class);
    return names.execute(shift.name(), k -> onDuty.get(shift).name());
  }

  String notEmpty(String id) {
    return names.execute(
        id,
        k -> {
          Queue<Patient> waiting = new ArrayDeque<>();
          StringBuilder all = new StringBuilder();
          while (!waiting.isEmpty()) {
            all.append(waiting.poll().name());
          }
          return all.toString();
        });
  }

  String lines(String id, BufferedReader reader) throws IOException {
    return names.execute(
        id,
        k -> {
          String line;
          while ((line = reader.readLine()) != null) {
            if (line.startsWith(k)) {
              return line.trim();
            }
          }
          return "unknown";
        });
  }

  String recovered(String id) {
    return names.execute(
        id,
        k -> {
          try {
            return patients.find(k).name();
          } catch (NullPointerException e) {
            return "unknown";
          }
        });
  }

  String componentAsked(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.get(k);
          return patient.ward() == null ? "at home" : patient.ward().name();
        });
  }

  String outsideOfTheLoader(String id) {
    return patients.find(id).name() + names.execute(id, k -> k.trim());
  }

  String untilThere(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.get(k);
          StringBuilder all = new StringBuilder();
          do {
            all.append(patient.name());
            patient = patients.find(patient.id() + "+");
          } while (patient != null);
          return all.toString();
        });
  }

  String skippedInTheLoop(String[] ids) {
    return names.execute(
        String.join(",", ids),
        k -> {
          StringBuilder all = new StringBuilder();
          for (String id : ids) {
            Patient patient = patients.find(id);
            if (patient == null) {
              continue;
            }
            all.append(patient.name());
          }
          return all.toString();
        });
  }

  String decidedTwiceAlike(String id, Map<String, Patient> beds) {
    return names.execute(
        id + beds,
        k -> {
          StringBuilder all = beds != null ? new StringBuilder() : null;
          for (String bed : byBed.keySet()) {
            if (beds != null) {
              all.append(bed);
            }
          }
          return id;
        });
  }

  static final class Assert {
    static void state(boolean holds, String message) {
      if (!holds) {
        throw new IllegalStateException(message);
      }
    }
  }

  interface Validate {
    static <T> T there(T value) {
      return Objects.requireNonNull(value);
    }
  }

  String stated(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          com.google.common.base.Verify.verify(patient != null, "no patient");
          return patient.name() + Validate.there(patients.find(k)).name();
        });
  }

  String sameWords(String bed) {
    return names.execute(
        bed,
        k -> {
          Patient patient = byBed.get(k);
          if (patient == null) {
            return "empty";
          }
          return byBed.get(k).name();
        });
  }

  String nothingIsKnown(String id) {
    return names.execute(id, k -> patients.get(k).name());
  }
}
