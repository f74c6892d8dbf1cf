package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.annotations.Coalescing;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import test.Clinic.Archive;
import test.Clinic.Patient;
import test.Clinic.Patients;
import test.Clinic.Register;

/** Loaders that use what may not be there. */
class Lookups {
  private final SingleflightGroup<String, String> names = SingleflightGroup.create();
  private final SingleflightGroup<String, Integer> ages = SingleflightGroup.create();
  private final Patients patients;
  private final Archive archive;
  private final Register register;
  private final Map<String, Patient> byBed = new HashMap<>();

  Lookups(Patients patients, Archive archive, Register register) {
    this.patients = patients;
    this.archive = archive;
    this.register = register;
  }

  String declaredNullable(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          // BUG: Diagnostic contains: 'patient' may be null (patient → patients.find(k))
          return patient.name();
        });
  }

  String chained(String id) {
    // BUG: Diagnostic contains: 'patients.find(k)' may be null
    return names.execute(id, k -> patients.find(k).name());
  }

  String withTimeout(String id) throws Exception {
    // BUG: Diagnostic contains: 'patients.find(id)' may be null
    return names.execute(id, () -> patients.find(id).name(), Duration.ofSeconds(1));
  }

  boolean shared(String id) {
    // BUG: Diagnostic contains: 'patients.find(k)' may be null
    return names.executeShared(id, k -> patients.find(k).name()).isLeader();
  }

  CompletableFuture<String> async(String id) {
    // BUG: Diagnostic contains: 'patients.find(k)' may be null
    return names.executeAsync(id, k -> patients.find(k).name());
  }

  String fromOtherSource(String id) {
    // BUG: Diagnostic contains: 'archive.read(k)' may be null (read(…) → files.get(id))
    return names.execute(id, k -> archive.read(k).name());
  }

  String fromTheOnlyImplementation(String id) {
    // BUG: Diagnostic contains: 'register.of(k)' may be null (of(…) → patients.get(id))
    return names.execute(id, k -> register.of(k).name());
  }

  String nullInHandler(String id) {
    // BUG: Diagnostic contains: 'archive.ifReadable(k)' may be null (ifReadable(…) → null)
    return names.execute(id, k -> archive.ifReadable(k).name());
  }

  String documented(String name) {
    // BUG: Diagnostic contains: 'patients.byName(k)' may be null
    return names.execute(name, k -> patients.byName(k).name());
  }

  String fromMap(String bed) {
    // BUG: Diagnostic contains: 'byBed.get(k)' may be null
    return names.execute(bed, k -> byBed.get(k).name());
  }

  String emptyOptional(String id) {
    // BUG: Diagnostic contains: may be null (orElse(null))
    return names.execute(id, k -> patients.lookup(k).orElse(null).name());
  }

  String emptyOptionalBySupplier(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.lookup(k).orElseGet(() -> null);
          // BUG: Diagnostic contains: 'patient' may be null
          return patient.name();
        });
  }

  String conditional(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = k.isEmpty() ? null : patients.get(k);
          // BUG: Diagnostic contains: 'patient' may be null (patient → null)
          return patient.name();
        });
  }

  String chosen(String id, String kind) {
    return names.execute(
        kind + id,
        k -> {
          Patient patient =
              switch (kind) {
                case "in" -> patients.get(id);
                case "out" -> patients.find(id);
                default -> throw new IllegalArgumentException(kind);
              };
          // BUG: Diagnostic contains: 'patient' may be null (patient → patients.find(id))
          return patient.name();
        });
  }

  int unboxed(String id) {
    return ages.execute(
        id,
        k -> {
          // BUG: Diagnostic contains: 'archive.age(k)' may be null (age(…) → null), and is unboxed
          int age = archive.age(k);
          return age + 1;
        });
  }

  int unboxedInArithmetic(String id) {
    // BUG: Diagnostic contains: is unboxed
    return ages.execute(id, k -> archive.age(k) * 2);
  }

  String keptFromBeforeTheTry(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = null;
          try {
            patient = archive.demand(k);
          } catch (NoSuchElementException e) {
            System.err.println("no file for " + k);
          }
          // BUG: Diagnostic contains: 'patient' may be null (patient → null)
          return patient.name();
        });
  }

  String notFoundInTheLoop(String name, List<Patient> all) {
    return names.execute(
        name,
        k -> {
          Patient found = null;
          for (Patient patient : all) {
            if (patient.name().equals(k)) {
              found = patient;
              break;
            }
          }
          // BUG: Diagnostic contains: 'found' may be null
          return found.id();
        });
  }

  String askedAndGoneOn(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.get(k);
          if (patient == null) {
            System.err.println("no patient " + k);
          }
          // BUG: Diagnostic contains: 'patient' may be null
          return patient.name();
        });
  }

  String askedTooLate(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          // BUG: Diagnostic contains: 'patient' may be null
          String name = patient.name();
          return patient == null ? "" : name;
        });
  }

  String askedTheWrongWay(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          if (patient == null || patient.name().isEmpty() || k.isEmpty()) {
            // BUG: Diagnostic contains: 'patient' may be null
            return "nobody " + patient.id();
          }
          return patient.name();
        });
  }

  String nullableComponent(String id) {
    // BUG: Diagnostic contains: 'patients.get(k).ward()' may be null
    return names.execute(id, k -> patients.get(k).ward().name());
  }

  String setting(String name) {
    // BUG: Diagnostic contains: 'System.getProperty(k)' may be null
    return names.execute(name, k -> System.getProperty(k).trim());
  }

  String switched(String name) {
    return names.execute(
        name,
        k -> {
          // BUG: Diagnostic contains: 'System.getenv(k)' may be null, and is switched on
          switch (System.getenv(k)) {
            case "a":
              return "A";
            default:
              return "B";
          }
        });
  }

  String listed(String folder) {
    return names.execute(
        folder,
        k -> {
          StringBuilder all = new StringBuilder();
          // BUG: Diagnostic contains: may be null
          for (File file : new File(k).listFiles()) {
            all.append(file.getName());
          }
          return all.toString();
        });
  }

  String resource(String name) throws IOException {
    return names.execute(
        name,
        k -> {
          try (InputStream in = Lookups.class.getResourceAsStream(k)) {
            // BUG: Diagnostic contains: 'in' may be null
            return new String(in.readAllBytes());
          }
        });
  }

  int resourceHandedOn(String name) throws IOException {
    return ages.execute(
        name,
        k -> {
          InputStream in = Lookups.class.getResourceAsStream(k);
          // BUG: Diagnostic contains: is given to new InputStreamReader, which fails on null
          return new InputStreamReader(in).read();
        });
  }

  String polled(String id) {
    Queue<Patient> waiting = new ArrayDeque<>();
    // BUG: Diagnostic contains: 'waiting.poll()' may be null
    return names.execute(id, k -> waiting.poll().name());
  }

  String floor(String id) {
    TreeMap<String, Patient> sorted = new TreeMap<>();
    // BUG: Diagnostic contains: 'sorted.floorEntry(k)' may be null
    return names.execute(id, k -> sorted.floorEntry(k).getValue().name());
  }

  String optionalOf(String id) {
    // BUG: Diagnostic contains: is given to Optional.of, which fails on null
    return names.execute(id, k -> Optional.of(patients.find(k)).map(Patient::name).orElse(""));
  }

  String locked(String id) {
    return names.execute(
        id,
        k -> {
          Patient patient = patients.find(k);
          // BUG: Diagnostic contains: 'patient' may be null
          synchronized (patient) {
            return k;
          }
        });
  }

  String captured(String id) {
    Patient patient = patients.find(id);
    // BUG: Diagnostic contains: 'patient' may be null (patient → patients.find(id))
    return names.execute(id, k -> patient.name());
  }

  String anonymous(String id) {
    return names.execute(
        id,
        new Loader<String, String, RuntimeException>() {
          @Override
          public String load(String k) {
            // BUG: Diagnostic contains: 'patients.find(k)' may be null
            return patients.find(k).name();
          }
        });
  }

  // BUG: Diagnostic contains: 'byBed.get(k)' may be null
  private final Loader<String, String, RuntimeException> held = k -> byBed.get(k).name();

  String held(String id) {
    return names.execute(id, held);
  }

  String local(String id) {
    // BUG: Diagnostic contains: 'patients.find(k)' may be null
    Loader<String, String, RuntimeException> loader = k -> patients.find(k).name();
    return names.execute(id, loader);
  }

  @Coalescing
  String declared(String id) {
    // BUG: Diagnostic contains: 'patients.find(id)' may be null
    return patients.find(id).name();
  }
}
