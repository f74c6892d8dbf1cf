package dev.singleflight.checker.fuzz;

import dev.singleflight.checker.fuzz.Draft.Impossible;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A form in each dimension. */
record CallSite(Map<Dimension, Form> forms) {
  private static final CallSite PLAIN = plain();

  private static CallSite plain() {
    Map<Dimension, Form> forms = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      forms.put(dimension, dimension.plain());
    }
    return new CallSite(forms);
  }

  /** One call site for each form, plain in all else. */
  static List<CallSite> single() {
    List<CallSite> sites = new ArrayList<>(List.of(PLAIN));
    for (Dimension dimension : Dimension.values()) {
      dimension.forms().stream()
          .skip(1)
          .map(form -> PLAIN.with(dimension, form))
          .forEach(sites::add);
    }
    return sites.stream().filter(CallSite::isPossible).toList();
  }

  /** Any. */
  static CallSite random(Random random) {
    while (true) {
      Map<Dimension, Form> forms = new EnumMap<>(Dimension.class);
      for (Dimension dimension : Dimension.values()) {
        // the more is plain, the more is known of what goes wrong
        int choice = random.nextInt(3) == 0 ? 0 : random.nextInt(dimension.forms().size());
        forms.put(dimension, dimension.forms().get(choice));
      }
      CallSite site = new CallSite(forms);
      if (site.isPossible()) {
        return site;
      }
    }
  }

  /** The same with one dimension less to think about. */
  List<CallSite> simpler() {
    return forms.keySet().stream()
        .map(dimension -> with(dimension, dimension.plain()))
        .filter(site -> !site.equals(this) && site.isPossible())
        .toList();
  }

  /** Whether the other has all that is not plain in this. */
  boolean isPartOf(CallSite other) {
    return forms.entrySet().stream()
        .allMatch(
            entry ->
                entry.getValue().equals(entry.getKey().plain())
                    || entry.getValue().equals(other.forms.get(entry.getKey())));
  }

  private CallSite with(Dimension dimension, Form form) {
    Map<Dimension, Form> changed = new EnumMap<>(forms);
    changed.put(dimension, form);
    return new CallSite(changed);
  }

  private boolean isPossible() {
    try {
      Draft unused = draft(0);
      return true;
    } catch (Impossible e) {
      return false;
    }
  }

  /** Writes it, with a number for its names. */
  Draft draft(int number) {
    Draft draft = new Draft(number);
    forms.forEach((dimension, form) -> form.writer().accept(draft));
    return draft;
  }

  /** What is not plain. */
  @Override
  public String toString() {
    return forms.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(entry.getKey().plain()))
        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
