package dev.singleflight.checker.fuzz;

import static dev.singleflight.checker.fuzz.Draft.Carried.NOT;
import static dev.singleflight.checker.fuzz.Draft.Carried.VAGUELY;
import static dev.singleflight.checker.fuzz.Draft.Carried.WHOLE;

import dev.singleflight.checker.fuzz.Draft.Carried;
import java.util.List;

/** What of the input goes into the key, and what else. */
final class Parts {
  private static final String UNSTABLE = "SingleflightUnstableKey";

  static final List<Form> FORMS =
      List.of(
          part("whole", "{x}", "{X}", WHOLE),
          part("as text", "String.valueOf({x})", "String", WHOLE),
          part("trimmed text", "String.valueOf({x}).trim()", "String", VAGUELY),
          part(
              "in an optional",
              "Optional.ofNullable({x}).map(String::valueOf).orElse(\"\")",
              "String",
              WHOLE),
          part(
              "by a helper",
              "spelled({x})",
              "String",
              WHOLE,
              "private static String spelled({X} value) {\nreturn \"<\" + value + \">\";\n}"),
          part("left out", "\"all\"", "String", NOT),
          part(
              "version instead",
              "VERSION",
              "String",
              NOT,
              "private static final String VERSION = \"v2\";"),
          part(
              "helper that drops it",
              "dropped({x})",
              "String",
              NOT,
              "private static String dropped({X} value) {\nreturn \"all\";\n}"),
          part("its length", "String.valueOf({x}).length()", "int", NOT),
          part("its beginning", "String.valueOf({x}).substring(0, 1)", "String", NOT),
          part("its first letter", "String.valueOf({x}).charAt(0)", "char", NOT),
          part("whether it is empty", "String.valueOf({x}).isEmpty()", "boolean", NOT),
          part("in lower case", "String.valueOf({x}).toLowerCase(Locale.ROOT)", "String", VAGUELY),
          hashed("its hash", "String.valueOf({x}).hashCode()"),
          hashed("hash of both", "Objects.hash(id, {x})"),
          unstable("with the clock", "{x} + \"@\" + System.currentTimeMillis()", "String", WHOLE),
          unstable("with an instant", "{x} + \"@\" + Instant.now()", "String", WHOLE),
          unstable("with nanoseconds", "String.valueOf({x}) + System.nanoTime()", "String", WHOLE),
          unstable("with a random id", "{x} + \"-\" + UUID.randomUUID()", "String", WHOLE),
          unstable(
              "with a random number", "{x} + \"-\" + new Random().nextInt(10)", "String", WHOLE),
          unstable(
              "with a counter",
              "{x} + \"-\" + counter.incrementAndGet()",
              "String",
              WHOLE,
              "private final AtomicLong counter = new AtomicLong();"),
          unstable(
              "with a counting helper",
              "{x} + \"-\" + next()",
              "String",
              WHOLE,
              "private long count;\nprivate long next() {\nreturn ++count;\n}"),
          unstable("array", "new Object[] {{x}}", "Object[]", VAGUELY),
          unstable("array of text", "new String[] {String.valueOf({x})}", "String[]", VAGUELY),
          unstable(
              "object without equals",
              "new Site{n}.Opaque({x})",
              "Site{n}.Opaque",
              VAGUELY,
              "static final class Opaque {\nfinal {X} value;\nOpaque({X} value) {\nthis.value = value;\n}\n}"),
          passing(
              "with the minute",
              "{x} + \"@\" + System.currentTimeMillis() / 60_000",
              "String",
              WHOLE),
          passing("with the day", "{x} + \"@\" + LocalDate.now(ZoneOffset.UTC)", "String", WHOLE),
          passing(
              "with the generation",
              "{x} + \"@\" + generation.get()",
              "String",
              WHOLE,
              "private final AtomicLong generation = new AtomicLong();"),
          part(
              "with the instance's id",
              "instance + {x}",
              "String",
              WHOLE,
              "private final String instance = UUID.randomUUID().toString();"));

  private Parts() {}

  private static Form part(
      String name, String text, String type, Carried carried, String... members) {
    return new Form(
        name,
        draft -> {
          draft.part = draft.fill(text);
          draft.partType = draft.fill(type);
          // the few constants may well differ in what is left of them
          boolean ofEnum = draft.inputType.equals("Kind") && text.contains("{x}).");
          draft.carried = ofEnum && carried == NOT ? VAGUELY : carried;
          for (String member : members) {
            draft.member(member);
          }
        });
  }

  /** One that is another one after a while, as it is meant to be. */
  private static Form passing(
      String name, String text, String type, Carried carried, String... members) {
    Form part = part(name, text, type, carried, members);
    return new Form(name, part.writer().andThen(draft -> draft.stableKey = false));
  }

  private static Form hashed(String name, String text) {
    Form hashed = unstable(name, text, "int", VAGUELY);
    return new Form(
        name,
        hashed
            .writer()
            .andThen(
                draft -> {
                  if (draft.inputType.equals("Kind")) {
                    draft.doubt(UNSTABLE); // the few constants may well have different hashes
                  }
                }));
  }

  private static Form unstable(
      String name, String text, String type, Carried carried, String... members) {
    Form part = part(name, text, type, carried, members);
    return new Form(
        name,
        draft -> {
          part.writer().accept(draft);
          draft.stableKey = false;
          draft.must(UNSTABLE);
        });
  }
}
