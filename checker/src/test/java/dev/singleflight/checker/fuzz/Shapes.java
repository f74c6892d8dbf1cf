package dev.singleflight.checker.fuzz;

import java.util.List;
import java.util.function.Consumer;

/** How the key is put together from the id and the part. */
final class Shapes {
  private static final String WITH_EQUALS =
      """
      final class Key{n} {
        private final String id;
        private final Object part;
        Key{n}(String id, Object part) {
          this.id = id;
          this.part = part;
        }
        @Override public boolean equals(Object o) {
          return o instanceof Key{n} other && id.equals(other.id) && part.equals(other.part);
        }
        @Override public int hashCode() {
          return Objects.hash(id, part);
        }
        @Override public String toString() {
          return id + part;
        }
      }""";

  static final List<Form> FORMS =
      List.of(
          shape("concatenated", "String", "%s + \":\" + %s"),
          shape("part first", "String", "\"\" + %2$s + '/' + %1$s"),
          shape("String.format", "String", "String.format(\"%%s:%%s\", %s, (Object) (%s))"),
          shape("formatted", "String", "\"%%s:%%s\".formatted(%s, (Object) (%s))"),
          shape("String.join", "String", "String.join(\":\", %s, \"\" + %s)"),
          shape("MessageFormat", "String", "MessageFormat.format(\"{0}:{1}\", %s, (Object) (%s))"),
          shape(
              "StringBuilder chain",
              "String",
              "new StringBuilder().append(%s).append(':').append((Object) (%s)).toString()"),
          shape("concat method", "String", "%s.concat(\"\" + %s)"),
          shape("List.of", "List<Object>", "List.of(%s, (Object) (%s))"),
          shape("Arrays.asList", "List<Object>", "Arrays.asList(%s, (Object) (%s))"),
          shape("Map.entry", "Map.Entry<String, Object>", "Map.entry(%s, (Object) (%s))"),
          shape(
              "immutable entry",
              "Map.Entry<String, Object>",
              "new AbstractMap.SimpleImmutableEntry<String, Object>(%s, %s)"),
          shape(
              "stream joining",
              "String",
              "Stream.of(%s, \"\" + %s).collect(Collectors.joining(\":\"))"),
          shape(
              "stream to list",
              "List<String>",
              "Stream.of(%s, \"\" + %s).map(String::valueOf).toList()"),
          shape(
              "optional chain",
              "String",
              "Optional.of(\"\" + %2$s).map(value -> %1$s + value).orElse(%1$s)"),
          shape(
              "record",
              "Key{n}",
              "new Key{n}(%s, %s)",
              d -> d.type("record Key{n}(String id, {Part} part) {}")),
          shape(
              "record's factory",
              "Key{n}",
              "Key{n}.of(%s, %s)",
              d ->
                  d.type(
                      "record Key{n}(String id, {Part} part) {\nstatic Key{n} of(String id, {Part} part) {\nreturn new Key{n}(id, part);\n}\n}")),
          shape("generic pair", "Pair<String, Object>", "new Pair<>(%s, (Object) (%s))"),
          shape(
              "nested record",
              "Key{n}",
              "new Key{n}(new Inner{n}(%2$s), %1$s)",
              d ->
                  d.type(
                      "record Inner{n}({Part} part) {}\nrecord Key{n}(Inner{n} inner, String id) {}")),
          shape("value class", "Key{n}", "new Key{n}(%s, %s)", d -> d.type(WITH_EQUALS)),
          shape(
              "value class elsewhere",
              "Key{n}",
              "new Key{n}(%s, %s)",
              d -> d.elsewhere(WITH_EQUALS)),
          dropping(
              "value class that compares the id only",
              "Key{n}",
              "new Key{n}(%s, %s)",
              d ->
                  d.type(
                      WITH_EQUALS
                          .replace(" && part.equals(other.part)", "")
                          .replace("Objects.hash(id, part)", "id.hashCode()")
                          .replace("id + part", "id"))),
          shape("builder", "Key{n}", "Key{n}.builder().id(%s).part(%s).build()", Shapes::builder),
          dropping(
              "builder not told", "Key{n}", "Key{n}.builder().id(%s).build()", Shapes::builder),
          shape(
              "helper",
              "String",
              "keyOf(%s, %s)",
              d ->
                  d.member(
                      "private String keyOf(String of, Object by) {\nreturn of + \"|\" + by;\n}")),
          shape(
              "helper with a local",
              "String",
              "keyOf(%s, %s)",
              d ->
                  d.member(
                      "private static String keyOf(String of, Object by) {\nString prefix = by + \":\";\nreturn prefix + of;\n}")),
          dropping(
              "helper that drops it",
              "String",
              "keyOf(%s, %s)",
              d ->
                  d.member(
                      "private String keyOf(String of, Object by) {\nreturn \"key:\" + of;\n}")),
          shape(
              "static helper elsewhere",
              "String",
              "Keys{n}.of(%s, %s)",
              d ->
                  d.elsewhere(
                      "final class Keys{n} {\nstatic String of(String of, Object by) {\nreturn of + \"|\" + by;\n}\n}")),
          dropping(
              "static helper elsewhere that drops it",
              "String",
              "Keys{n}.of(%s, %s)",
              d ->
                  d.elsewhere(
                      "final class Keys{n} {\nstatic String of(String of, Object by) {\nreturn of;\n}\n}")),
          shape(
              "interface default",
              "String",
              "keyOf(%s, %s)",
              d -> {
                d.elsewhere(
                    "interface Keyed{n} {\ndefault String keyOf(String of, Object by) {\nreturn of + \"|\" + by;\n}\n}");
                d.supertype("implements Keyed{n}");
              }),
          shape(
              "superclass helper",
              "String",
              "keyOf(%s, %s)",
              d -> {
                d.elsewhere(
                    "abstract class Base{n} {\nprotected final String keyOf(String of, Object by) {\nreturn of + \"|\" + by;\n}\n}");
                d.supertype("extends Base{n}");
              }),
          dropping(
              "superclass helper that drops it",
              "String",
              "keyOf(%s, %s)",
              d -> {
                d.elsewhere(
                    "abstract class Base{n} {\nprotected final String keyOf(String of, Object by) {\nreturn of;\n}\n}");
                d.supertype("extends Base{n}");
              }),
          statements("local", "String key = id + \":\" + {part};"),
          statements("two locals", "String prefix = {part} + \":\";\nString key = prefix + id;"),
          statements(
              "branches that carry it",
              "String key;\nif (id.isEmpty()) {\nkey = \"none:\" + {part};\n} else {\nkey = id + \":\" + {part};\n}"),
          statements(
              "switch",
              "String key = switch (id.length()) {\ncase 0 -> \"none:\" + {part};\ndefault -> id + {part};\n};"),
          statements(
              "ternary", "String key = id.isEmpty() ? \"none:\" + {part} : id + \":\" + {part};"),
          statements(
              "StringBuilder in steps",
              "StringBuilder builder = new StringBuilder();\nbuilder.append(id);\nbuilder.append(':').append((Object) ({part}));\nString key = builder.toString();"),
          statements(
              "StringJoiner",
              "StringJoiner joiner = new StringJoiner(\":\");\njoiner.add(id);\njoiner.add(\"\" + {part});\nString key = joiner.toString();"));

  private Shapes() {}

  private static void builder(Draft draft) {
    draft.type(
        """
        record Key{n}(String id, Object part) {
          static Builder builder() {
            return new Builder();
          }
          static final class Builder {
            private String id;
            private Object part;
            Builder id(String id) {
              this.id = id;
              return this;
            }
            Builder part(Object part) {
              this.part = part;
              return this;
            }
            Key{n} build() {
              return new Key{n}(id, part);
            }
          }
        }""");
  }

  private static Form shape(String name, String type, String key) {
    return shape(name, type, key, draft -> {});
  }

  private static Form shape(String name, String type, String key, Consumer<Draft> more) {
    return new Form(
        name,
        draft -> {
          more.accept(draft);
          draft.keyType = draft.fill(type);
          draft.keyOf = (id, part) -> draft.fill(key).formatted(id, grouped(part));
          draft.key = draft.keyOf.apply("id", draft.part);
        });
  }

  /** One that does not hold what it is given of the part. */
  private static Form dropping(String name, String type, String key, Consumer<Draft> more) {
    Form shape = shape(name, type, key, more);
    return new Form(
        name,
        draft -> {
          shape.writer().accept(draft);
          draft.carried = Draft.Carried.NOT;
          // what the part alone made of it is lost as well, or was done in vain
          draft.keyIsStableAfterAll();
        });
  }

  private static Form statements(String name, String statements) {
    return new Form(
        name,
        draft -> {
          draft.keyType = "String";
          String part = draft.part;
          draft.part = grouped(part);
          draft.before(statements);
          draft.part = part;
          draft.keyOf = (id, of) -> id + " + \":\" + " + grouped(of);
          draft.key = "key";
        });
  }

  private static String grouped(String expression) {
    return expression.contains(" + ") || expression.contains(" / ")
        ? "(" + expression + ")"
        : expression;
  }
}
