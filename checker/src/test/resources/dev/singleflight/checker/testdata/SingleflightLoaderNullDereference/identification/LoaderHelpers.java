package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import test.Clinic.Archive;
import test.Clinic.Labels;
import test.Clinic.Patient;
import test.Clinic.Patients;

/** Loaders that leave the use, or the look-up, to other methods. */
class LoaderHelpers extends LoaderBase {
  private final SingleflightGroup<String, String> names = SingleflightGroup.create();
  private final SingleflightGroup<String, Object> objects = SingleflightGroup.create();
  private final Patients patients;
  private final Archive archive;

  LoaderHelpers(Patients patients, Archive archive) {
    this.patients = patients;
    this.archive = archive;
  }

  String byReference(String id) {
    return names.execute(id, this::nameOf);
  }

  private String nameOf(String id) {
    Patient patient = patients.find(id);
    // BUG: Diagnostic contains: 'patient' may be null (patient → patients.find(id))
    return patient.name().trim();
  }

  String helperOfHelper(String id) {
    return names.execute(id, k -> "Name: " + trimmed(k));
  }

  private String trimmed(String id) {
    return initial(id).trim();
  }

  private String initial(String id) {
    // BUG: Diagnostic contains: 'patients.find(id)' may be null
    return patients.find(id).name().substring(0, 1);
  }

  String faultInOtherFile(String id) {
    // BUG: Diagnostic contains: 'patient' may be null (patient → files.get(id))
    return names.execute(id, k -> archive.label(k));
  }

  String referenceToOtherFile(String id) {
    // BUG: Diagnostic contains: 'patient' may be null (patient → files.get(id))
    return names.execute(id, archive::label);
  }

  String usedByOtherFile(String id) {
    // BUG: Diagnostic contains: is given to of(…), where 'name' is called on it
    return names.execute(id, k -> Labels.of(patients.find(k)));
  }

  String usedByConstructor(String id) {
    // BUG: Diagnostic contains: 'patients.find(k)' may be null
    return names.execute(id, k -> new View(patients.find(k)).text);
  }

  private static final class View {
    final String text;

    View(Patient patient) {
      this.text = patient.name();
    }
  }

  String fromSuperclass(String id) {
    // BUG: Diagnostic contains: 'lastSeen(k)' may be null (lastSeen(…) → seen.get(id))
    return names.execute(id, k -> lastSeen(k).name());
  }

  String throughWrapper(String id) {
    // BUG: Diagnostic contains: 'patients.find(id)' may be null
    return cached(id, () -> patients.find(id).name());
  }

  @SuppressWarnings("unchecked")
  private <T> T cached(String key, Supplier<T> supplier) {
    return (T) objects.execute(key, k -> supplier.get());
  }

  String named(String id) {
    return names.execute(id, new NameLoader(patients));
  }

  private static final class NameLoader implements Loader<String, String, RuntimeException> {
    private final Patients patients;

    NameLoader(Patients patients) {
      this.patients = patients;
    }

    @Override
    public String load(String id) {
      Patient patient = patients.find(id);
      // BUG: Diagnostic contains: 'patient' may be null
      return patient.name();
    }
  }

  private final SingleflightLoader<String, String> kept =
      SingleflightLoader.newBuilder()
          // BUG: Diagnostic contains: 'LoaderHelpers.this.lastSeen(k)' may be null
          .build((String k) -> LoaderHelpers.this.lastSeen(k).name());

  String kept(String id) {
    return kept.get(id);
  }

  String calledByTheLoader(String id) {
    // BUG: Diagnostic contains: 'patients.find(id)' may be null
    Callable<String> name = () -> patients.find(id).name();
    return names.execute(
        id,
        k -> {
          try {
            return name.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  String streamed(String id) {
    return names.execute(
        // BUG: Diagnostic contains: 'Patient::name' may be null
        id, k -> Stream.of(k).map(patients::find).map(Patient::name).findFirst().orElse(""));
  }
}
