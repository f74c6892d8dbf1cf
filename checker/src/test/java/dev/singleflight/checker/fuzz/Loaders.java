package dev.singleflight.checker.fuzz;

import java.util.List;
import java.util.function.Consumer;

/** How the value is loaded, and from what. */
final class Loaders {
  private static final String CAPTURED = "SingleflightCapturedRequest";
  private static final String TENANT = "SingleflightTenantMissingFromKey";
  private static final String RECURSIVE = "SingleflightRecursiveLoad";

  private static final String LOADING =
      """
      final class Loading{n} implements ThrowingSupplier<Account, RuntimeException> {
        private final Repository repository;
        private final String id;
        private final {X} by;
        Loading{n}(Repository repository, String id, {X} by) {
          this.repository = repository;
          this.id = id;
          this.by = by;
        }
        @Override public Account get() {
          return repository.account(id, by);
        }
      }""";

  private static final String LOAD =
      "Account load(String of, {X} by) {\nreturn repository.account(of, by);\n}";

  static final List<Form> FORMS =
      List.of(
          uses("supplier", "() -> repository.account(id, {x})"),
          keyed(uses("key lambda", "k -> repository.account(id, {x})")),
          keyed(uses("key lambda that uses the key", "k -> repository.account(k.toString(), {x})")),
          uses(
              "block", "() -> {\nAccount loaded = repository.account(id, {x});\nreturn loaded;\n}"),
          uses(
              "local in between",
              "() -> {\nString by = String.valueOf({x});\nString path = id + '/' + by;\nreturn repository.account(path);\n}"),
          uses(
              "decides by it",
              "() -> String.valueOf({x}).equals(\"gold\") ? repository.account(id, \"gold\") : repository.account(id)"),
          uses(
              "decides by it in an if",
              "() -> {\nif (String.valueOf({x}).equals(\"gold\")) {\nreturn repository.account(id, \"gold\");\n}\nreturn repository.account(id);\n}"),
          uses(
              "sets it on the result",
              "() -> {\nAccount loaded = repository.account(id);\nloaded.setName(String.valueOf({x}));\nreturn loaded;\n}"),
          uses("makes the result of it", "() -> new Account(id + {x})"),
          uses(
              "nested lambda",
              "() -> {\nSupplier<Account> nested = () -> repository.account(id, {x});\nreturn nested.get();\n}"),
          uses(
              "in an optional",
              "() -> Optional.of(id).map(i -> repository.account(i, {x})).orElseThrow()"),
          uses(
              "in a stream",
              "() -> Stream.of(id).map(i -> repository.account(i, {x})).findFirst().orElseThrow()"),
          uses("retried", "() -> Retries.twice(() -> repository.account(id, {x}))"),
          uses("helper", "() -> load(id, {x})", "private " + LOAD),
          keyed(uses("helper given the key", "k -> load(k.toString(), {x})", "private " + LOAD)),
          uses(
              "helper of a helper",
              "() -> outer({x}, id)",
              "private Account outer({X} by, String of) {\nAccount loaded = load(of, by);\nreturn loaded;\n}\nprivate "
                  + LOAD),
          with(
              uses("static helper elsewhere", "() -> Loads{n}.load(repository, {x}, id)"),
              d ->
                  d.elsewhere(
                      "final class Loads{n} {\nstatic Account load(Repository from, {X} by, String of) {\nreturn from.account(of, by);\n}\n}")),
          with(
              uses("superclass helper", "() -> load(id, {x})"),
              d -> {
                d.elsewhere(
                    "abstract class Loads{n} {\nfinal Repository accounts = null;\nprotected Account load(String of, {X} by) {\nreturn accounts.account(of, by);\n}\n}");
                d.supertype("extends Loads{n}");
              }),
          with(
              uses("interface default", "() -> load(repository, id, {x})"),
              d -> {
                d.elsewhere(
                    "interface Loads{n} {\ndefault Account load(Repository from, String of, {X} by) {\nreturn from.account(of, by);\n}\n}");
                d.supertype("implements Loads{n}");
              }),
          with(
              uses(
                  "collaborator",
                  "() -> collaborator.load(id, {x})",
                  "private final Loads{n} collaborator = new Loads{n}(null);"),
              d ->
                  d.elsewhere(
                      "final class Loads{n} {\nprivate final Repository repository;\nLoads{n}(Repository repository) {\nthis.repository = repository;\n}\n"
                          + LOAD
                          + "\n}")),
          with(
              uses("bound reference", "new Bound{n}(repository, id, {x})::load"),
              d ->
                  d.type(
                      LOADING
                          .replace("Loading{n}", "Bound{n}")
                          .replace(" implements ThrowingSupplier<Account, RuntimeException>", "")
                          .replace("@Override public Account get()", "Account load()"))),
          uses(
              "anonymous class",
              "new ThrowingSupplier<Account, RuntimeException>() {\n@Override public Account get() {\nreturn repository.account(id, {x});\n}\n}"),
          keyed(
              uses(
                  "anonymous loader",
                  "new Loader<Object, Account, RuntimeException>() {\n@Override public Account load(Object k) {\nreturn repository.account(k.toString(), {x});\n}\n}")),
          with(uses("named class", "new Loading{n}(repository, id, {x})"), d -> d.type(LOADING)),
          with(
              uses("named class elsewhere", "new Loading{n}(repository, id, {x})"),
              d -> d.elsewhere(LOADING)),
          with(
              uses("local", "local"),
              d ->
                  d.before(
                      "ThrowingSupplier<Account, RuntimeException> local = () -> repository.account(id, {x});")),
          keyed(
              with(
                  uses("local that takes the key", "local"),
                  d ->
                      d.before(
                          "Loader<Object, Account, RuntimeException> local = k -> repository.account(id, {x});"))),
          uses(
              "made by a method",
              "loaderOf(id, {x})",
              "private ThrowingSupplier<Account, RuntimeException> loaderOf(String of, {X} by) {\nreturn () -> repository.account(of, by);\n}"),
          uses(
              "wrapped",
              "timed(() -> repository.account(id, {x}))",
              "private <T> ThrowingSupplier<T, RuntimeException> timed(ThrowingSupplier<T, RuntimeException> inner) {\nreturn () -> {\nlong start = System.nanoTime();\ntry {\nreturn inner.get();\n} finally {\nMetrics.record(\"load\", System.nanoTime() - start);\n}\n};\n}"),
          // what does not decide the answer
          ignores("id alone", "() -> repository.account(id)"),
          keyed(ignores("key alone", "k -> repository.account(k.toString())")),
          keyed(
              ignores(
                  "reference to a method of the key",
                  "this::loadByKey",
                  "private Account loadByKey({Key} of) {\nreturn repository.account(of.toString());\n}")),
          keyed(
              with(
                  ignores("constructor reference", "Loaded{n}::new"),
                  d ->
                      d.type(
                          "final class Loaded{n} extends Account {\nLoaded{n}(Object key) {\nsuper(key.toString());\n}\n}"))),
          keyed(
              ignores(
                  "field",
                  "loader",
                  "private final Loader<Object, Account, RuntimeException> loader = k -> new Account(k.toString());")),
          ignores(
              "helper that ignores it",
              "() -> load(id, {x})",
              "private Account load(String of, {X} by) {\nreturn repository.account(of);\n}"),
          ignores(
              "logged",
              "() -> {\nlog.info(\"loading {} for {}\", id, {x});\nreturn repository.account(id);\n}",
              "private final Logger log = Logger.of(\"accounts\");"),
          ignores(
              "helper that logs it",
              "() -> load(id, {x})",
              "private final Logger log = Logger.of(\"accounts\");\nprivate Account load(String of, {X} by) {\nlog.info(\"loading \" + of + \" for \" + by);\nreturn repository.account(of);\n}"),
          ignores(
              "in an exception",
              "() -> {\nif (id.isEmpty()) {\nthrow new IllegalArgumentException(\"no id for \" + {x});\n}\nreturn repository.account(id);\n}"),
          ignores(
              "in a metric",
              "() -> {\nMetrics.count(\"load.\" + {x});\nreturn repository.account(id);\n}"),
          ignores(
              "in a finally log",
              "() -> {\ntry {\nreturn repository.account(id);\n} finally {\nlog.info(\"loaded for {}\", {x});\n}\n}",
              "private final Logger log = Logger.of(\"accounts\");"),
          ignores(
              "lock in the loader",
              "() -> {\nsynchronized (repository) {\nreturn repository.account(id);\n}\n}"),
          ignores(
              "changed before it is shared",
              "() -> {\nAccount loaded = repository.account(id);\nloaded.setName(\"new\");\nreturn loaded;\n}"),
          // the caller's own
          must(
              CAPTURED,
              ignores(
                  "header of the request",
                  "() -> repository.account(id, exchange.getRequestHeaders().getFirst(\"Authorization\"))"),
              "HttpExchange exchange"),
          must(
              CAPTURED,
              ignores(
                  "helper given the request",
                  "() -> loadFor(exchange, id)",
                  "private Account loadFor(HttpExchange from, String of) {\nreturn repository.account(of, from.getRequestHeaders().getFirst(\"Authorization\"));\n}"),
              "HttpExchange exchange"),
          must(
              CAPTURED,
              with(
                  ignores("value of the request", "() -> repository.account(id, token)"),
                  d ->
                      d.before(
                          "String token = exchange.getRequestHeaders().getFirst(\"Authorization\");")),
              "HttpExchange exchange"),
          must(
              CAPTURED,
              ignores("principal", "() -> repository.account(id, caller.getName())"),
              "Principal caller"),
          must(
              CAPTURED,
              ignores(
                  "thread-bound",
                  "() -> repository.account(id, CURRENT.get())",
                  "private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();")),
          must(
              CAPTURED,
              ignores(
                  "thread-bound in a helper",
                  "() -> loadAsCaller(id)",
                  "private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();\nprivate Account loadAsCaller(String of) {\nreturn repository.account(of, CURRENT.get());\n}")),
          must(
              TENANT,
              ignores("thread-bound tenant", "() -> repository.account(id, TenantContext.get())")),
          must(
              TENANT,
              ignores(
                  "thread-bound tenant in a helper",
                  "() -> loadForTenant(id)",
                  "private Account loadForTenant(String of) {\nString current = TenantContext.get();\nreturn repository.account(of, current);\n}")),
          with(
              ignores(
                  "request in a log line only",
                  "() -> {\nlog.info(\"for {}\", exchange.getRemoteAddress());\nreturn repository.account(id);\n}",
                  "private final Logger log = Logger.of(\"accounts\");"),
              d -> d.parameter("HttpExchange exchange")),
          // back into a group
          reenters(
              true,
              uses(
                  "same key again",
                  "() -> {group}.execute({key}, () -> repository.account(id, {x}))")),
          reenters(
              true,
              uses(
                  "same key again, in a block",
                  "() -> {\nAccount stored = repository.account(id);\nif (stored != null) {\nreturn stored;\n}\nreturn {group}.execute({key}, () -> repository.account(id, {x}));\n}")),
          reenters(
              true,
              keyed(
                  ignores(
                      "key parameter again",
                      "k -> {group}.execute(k, j -> repository.account(j.toString()))"))),
          reenters(
              true,
              with(
                  uses("helper that asks again", "() -> again(id, {x})"),
                  d -> {
                    Draft.require(d.groupIsMember && !d.key.equals("key"));
                    d.member(
                        "private Account again(String id, {X} {x}) {\nreturn {group}.execute({key}, () -> repository.account(id, {x}));\n}");
                  })),
          reenters(
              true,
              with(
                  uses(
                      "same key waited for",
                      "() -> {group}.executeAsync({key}, () -> repository.account(id, {x})).join()"),
                  d -> {})),
          reenters(
              false,
              with(
                  uses("another key", ""),
                  d ->
                      d.loader =
                          d.fill(
                              "() -> {group}.execute("
                                  + d.keyOf.apply("\"root\"", d.part)
                                  + ", () -> repository.account(\"root\", {x}))"))),
          reenters(
              false,
              with(
                  uses("key of the parent", ""),
                  d ->
                      d.loader =
                          d.fill(
                              "() -> {group}.execute("
                                  + d.keyOf.apply("(id + \".parent\")", d.part)
                                  + ", () -> repository.account(id, {x}))"))),
          reenters(
              false,
              with(
                  uses(
                      "another group",
                      "() -> other.execute({key}, () -> repository.account(id, {x}))",
                      "private final SingleflightGroup<{Key}, Account> other = SingleflightGroup.create();"),
                  d -> d.answerByKeyAlone())),
          reenters(
              false,
              ignores(
                  "not waited for",
                  "() -> {\nvar unused = {group}.executeAsync({key}, () -> repository.account(id));\nreturn repository.account(id);\n}")));

  private Loaders() {}

  private static Form loader(String name, String text, boolean uses, String... members) {
    return new Form(
        name,
        draft -> {
          draft.usesInput = uses;
          for (String member : members) {
            draft.member(member);
          }
          draft.loader = draft.fill(text);
        });
  }

  private static Form uses(String name, String text, String... members) {
    return loader(name, text, true, members);
  }

  private static Form ignores(String name, String text, String... members) {
    return loader(name, text, false, members);
  }

  private static Form with(Form form, Consumer<Draft> more) {
    return new Form(form.name(), form.writer().andThen(more));
  }

  private static Form keyed(Form form) {
    return with(form, draft -> draft.takesKey = true);
  }

  private static Form must(String check, Form form, String... parameters) {
    return with(
        form,
        draft -> {
          draft.must(check);
          for (String parameter : parameters) {
            draft.parameter(parameter);
          }
        });
  }

  private static Form reenters(boolean sameKey, Form form) {
    return with(
        form,
        draft -> {
          draft.reenters = true;
          if (sameKey) {
            if (draft.groupIsKnown && draft.stableKey) {
              draft.must(RECURSIVE);
            } else {
              draft.may(RECURSIVE);
            }
          }
        });
  }
}
