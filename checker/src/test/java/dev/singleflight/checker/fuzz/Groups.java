package dev.singleflight.checker.fuzz;

import java.util.List;
import java.util.function.Consumer;

/** Where the group is, and what chooses it. */
final class Groups {
  private static final String TYPE = "SingleflightGroup<{Key}, Account> ";
  private static final String BY_INPUT =
      "private final Map<Object, SingleflightGroup<{Key}, Account>> groups = new"
          + " ConcurrentHashMap<>();";

  static final List<Form> FORMS =
      List.of(
          new Form(
              "field",
              draft -> {
                draft.member("private final " + TYPE + "group = SingleflightGroup.create();");
                draft.carriedByKey = draft.carried;
                draft.plainGroup = true;
              }),
          form(
              "static field",
              "GROUP",
              "private static final " + TYPE + "GROUP = SingleflightGroup.create();"),
          form(
              "built",
              "group",
              "private final "
                  + TYPE
                  + "group = SingleflightGroup.newBuilder().name(\"accounts\").build();"),
          form(
              "made by the constructor",
              "this.group",
              "private final " + TYPE + "group;",
              draft -> draft.construct("this.group = SingleflightGroup.create();")),
          form(
              "getter",
              "group()",
              "private final "
                  + TYPE
                  + "group = SingleflightGroup.create();\nprivate "
                  + TYPE
                  + "group() {\nreturn group;\n}"),
          form(
              "alias",
              "alias",
              "private final " + TYPE + "group = SingleflightGroup.create();",
              draft -> {
                draft.before(TYPE + "alias = group;");
                draft.groupIsMember = false;
              }),
          form(
              "group of the input",
              "groups.computeIfAbsent({x}, of -> SingleflightGroup.create())",
              BY_INPUT,
              draft -> {
                draft.carried = Draft.Carried.WHOLE;
                draft.groupIsMember = false;
                draft.groupIsKnown = false;
              }),
          form(
              "group of the input in a local",
              "chosen",
              BY_INPUT,
              draft -> {
                draft.before(
                    TYPE
                        + "chosen = groups.computeIfAbsent({x}, of -> SingleflightGroup.create());");
                draft.carried = Draft.Carried.WHOLE;
                draft.groupIsMember = false;
              }),
          form(
              "group of the id",
              "groups.computeIfAbsent(id, of -> SingleflightGroup.create())",
              BY_INPUT,
              draft -> {
                draft.groupIsMember = false;
                draft.groupIsKnown = false;
              }));

  private Groups() {}

  private static Form form(String name, String group, String member) {
    return form(name, group, member, draft -> {});
  }

  private static Form form(String name, String group, String member, Consumer<Draft> more) {
    return new Form(
        name,
        draft -> {
          draft.member(member);
          draft.carriedByKey = draft.carried;
          more.accept(draft);
          draft.group = draft.fill(group);
        });
  }
}
