package dev.singleflight.checker.fuzz;

import java.util.ArrayList;
import java.util.List;

/** What is done with the result. */
final class Results {
  private static final String MUTATED = "SingleflightSharedResultMutated";

  static final List<Form> FORMS =
      List.of(
          right("returned", "return found;"),
          wrong("setter", "found.setName(\"new\");\nreturn found;"),
          wrong("field", "found.name = \"new\";\nreturn found;"),
          wrong("collection", "found.getTags().add(\"new\");\nreturn found;"),
          wrong(
              "collection in a local",
              "List<String> tags = found.getTags();\ntags.clear();\nreturn found;"),
          wrong("part of it", "found.getAddress().setCity(\"Ulm\");\nreturn found;"),
          wrong("second local", "Account same = found;\nsame.setName(\"new\");\nreturn same;"),
          wrong(
              "ternary",
              "Account either = id.isEmpty() ? new Account(id) : found;\neither.setName(\"new\");\nreturn either;"),
          wrong("branch", "if (!id.isEmpty()) {\nfound.setName(\"new\");\n}\nreturn found;"),
          wrong(
              "optional",
              "Account given = found;\nOptional.ofNullable(given).ifPresent(a -> a.setName(\"new\"));\nreturn given;"),
          wrong(
              "stream",
              "Account given = found;\nStream.of(given).forEach(a -> a.setName(\"new\"));\nreturn given;"),
          wrong(
              "loop over its part",
              "for (Address address : found.getAddresses()) {\naddress.setCity(\"Ulm\");\n}\nreturn found;"),
          wrong(
              "helper",
              "rename(found);\nreturn found;",
              "private static void rename(Account a) {\na.setName(\"new\");\n}"),
          wrong(
              "helper that returns it",
              "return renamed(found);",
              "private static Account renamed(Account a) {\na.setName(\"new\");\nreturn a;\n}"),
          wrong("helper elsewhere", "AccountTools.rename(found);\nreturn found;"),
          wrong("sorted in place", "Collections.sort(found.getTags());\nreturn found;"),
          new Form(
              "exception",
              draft -> {
                draft.must(MUTATED);
                String body = draft.fill(String.join("\n", draft.body)) + draft.call;
                if (body.contains("executeAsync")
                    || body.contains("new IllegalStateException(e)")) {
                  draft.doubt(MUTATED); // what is caught is not what the load ended with
                }
                caught(
                    draft,
                    "IllegalStateException failure",
                    "failure.addSuppressed(new Exception(id));\nthrow failure;");
              }),
          // a copy, or no change
          right(
              "copied by a method",
              "Account own = found.copy();\nown.setName(\"new\");\nreturn own;"),
          right(
              "copied by a constructor",
              "Account own = new Account(found);\nown.setName(\"new\");\nreturn own;"),
          right(
              "copied by a helper",
              "Account own = copyOf(found);\nown.setName(\"new\");\nreturn own;",
              "private static Account copyOf(Account a) {\nAccount copy = new Account(a.getName());\nreturn copy;\n}"),
          right("wither", "return found.withName(\"new\");"),
          right(
              "collection copied",
              "List<String> tags = new ArrayList<>(found.getTags());\ntags.add(\"new\");\nreturn found;"),
          right(
              "collected anew",
              "List<String> tags = found.getTags().stream().map(String::trim).collect(Collectors.toList());\ntags.add(\"new\");\nreturn found;"),
          right(
              "fresh object",
              "Account own = new Account(found.getName());\nown.setName(found.getName() + \"!\");\nreturn own;"),
          right(
              "read",
              "if (found.getName().isEmpty()) {\nreturn new Account(id);\n}\nreturn found;"),
          right(
              "another object",
              "Account other = new Account(id);\nother.setName(\"new\");\nreturn found;"),
          new Form(
              "exception wrapped",
              draft ->
                  caught(
                      draft,
                      "IllegalStateException failure",
                      "throw new IllegalStateException(id, failure);")));

  private Results() {}

  private static Form right(String name, String text, String... members) {
    return new Form(
        name,
        draft -> {
          for (String member : members) {
            draft.member(member);
          }
          draft.body.add(draft.fill(text));
        });
  }

  private static Form wrong(String name, String text, String... members) {
    Form form = right(name, text, members);
    return new Form(name, form.writer().andThen(draft -> draft.must(MUTATED)));
  }

  private static void caught(Draft draft, String exception, String handler) {
    List<String> body = new ArrayList<>(List.of("Account result;\ntry {"));
    body.addAll(draft.body);
    body.add("result = found;\n} catch (" + exception + ") {\n" + handler + "\n}\nreturn result;");
    draft.body = body;
  }
}
