package test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a clinic's services are made of. */
public final class Clinic {
  public record Patient(String id, String name, @Nullable Ward ward) {}

  public record Ward(String name, int beds) {}

  public interface Patients {
    @Nullable Patient find(String id);

    Patient get(String id);

    Optional<Patient> lookup(String id);

    boolean exists(String id);

    /** Returns the patient of that name, or null if there is none. */
    Patient byName(String name);

    /** Returns the patient in that bed, never null. */
    Patient inBed(String bed);

    /**
     * Finds a patient by the number of the insurance.
     *
     * @param number the number, null for a guest
     * @return the patient
     */
    Patient insured(String number);
  }

  /** The only one of its kind, so that its code is what runs. */
  public interface Register {
    Patient of(String id);
  }

  public static class MemoryRegister implements Register {
    private final Map<String, Patient> patients = new HashMap<>();

    @Override
    public Patient of(String id) {
      return patients.get(id);
    }
  }

  public static class Archive {
    private final Map<String, Patient> files = new HashMap<>();

    public Patient read(String id) {
      return files.get(id);
    }

    public Patient demand(String id) {
      Patient patient = files.get(id);
      if (patient == null) {
        throw new NoSuchElementException(id);
      }
      return patient;
    }

    public Patient ifReadable(String id) {
      try {
        return demand(id);
      } catch (NoSuchElementException e) {
        return null;
      }
    }

    public Integer age(String id) {
      return id.isEmpty() ? null : Integer.valueOf(id.length());
    }

    public String label(String id) {
      Patient patient = files.get(id);
      return patient.name();
    }
  }

  /** A value, or what went wrong in its place. */
  public record Outcome<T>(T value, Exception error) {
    public static <T> Outcome<T> of(T value) {
      return new Outcome<>(value, null);
    }

    public static <T> Outcome<T> failed(Exception error) {
      return new Outcome<>(null, error);
    }

    public boolean isOk() {
      return error == null;
    }
  }

  public static class Labels {
    public static String of(Patient patient) {
      return patient.name().toUpperCase();
    }

    public static String orAnonymous(Patient patient) {
      return patient == null ? "anonymous" : patient.name();
    }

    public static void demand(Patient patient, String id) {
      if (patient == null) {
        throw new NoSuchElementException(id);
      }
    }

    public static boolean isNamed(Patient patient) {
      return patient != null && !patient.name().isEmpty();
    }
  }

  public interface Laboratory {
    Outcome<Patient> fetch(String id);

    List<Patient> all();
  }

  private Clinic() {}
}
