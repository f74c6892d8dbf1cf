package dev.singleflight.checker.fuzz;

import java.util.List;
import java.util.function.Consumer;

/** By which method of which API the call is made. */
final class Calls {
  static final List<Form> FORMS =
      List.of(
          call("execute", "{group}.execute({key}, {loader})"),
          call(
              "execute, key in a local",
              "{group}.execute(theKey, {loader})",
              draft -> draft.before("{Key} theKey = {key};")),
          call("execute with a timeout", "{group}.execute({key}, {loader}, Duration.ofSeconds(1))"),
          call("executeShared", "{group}.executeShared({key}, {loader}).value()"),
          call("executeAsync, joined", "{group}.executeAsync({key}, {loader}).join()"),
          call(
              "executeAsync, got",
              "{group}.executeAsync({key}, {loader}).get(1, TimeUnit.SECONDS)"),
          call(
              "private wrapper",
              "coalesced({key}, {loader})",
              draft -> {
                Draft.require(draft.groupIsMember);
                draft.member(
                    "private Account coalesced({Key} key, {Loader} loader) {\nreturn {group}.execute(key, loader);\n}");
              }),
          call(
              "wrapper of another class",
              "coalescer.load({key}, {loader})",
              draft -> {
                Draft.require(draft.plainGroup && !draft.reenters);
                draft.member("private final Coalescer{n} coalescer = new Coalescer{n}();");
                draft.elsewhere(
                    "final class Coalescer{n} {\nprivate final SingleflightGroup<{Key}, Account> group = SingleflightGroup.create();\nAccount load({Key} key, {Loader} loader) {\nreturn group.execute(key, loader);\n}\n}");
              }),
          call(
              "memoizer of the user",
              "memo.load({key}, {loader})",
              draft -> {
                Draft.require(draft.plainGroup && !draft.reenters);
                draft.member("private final Memo memo = Memo.create();");
              }));

  private Calls() {}

  private static Form call(String name, String text) {
    return call(name, text, draft -> {});
  }

  private static Form call(String name, String text, Consumer<Draft> more) {
    return new Form(
        name,
        draft -> {
          more.accept(draft);
          draft.call = draft.fill(text);
        });
  }
}
