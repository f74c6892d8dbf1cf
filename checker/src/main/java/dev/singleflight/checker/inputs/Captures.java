package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.MutableState.Reread;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects in local variables that the code around a call goes on to change while its loader reads
 * them: an array's slot, a holder, a bean or a builder that each round of a loop fills anew.
 */
final class Captures {
  private static final Pattern WAITS = Pattern.compile("join|get|getNow|resultNow");

  private final Changing changing;
  private final IdentityHashMap<Member, HolderChanges> holders = new IdentityHashMap<>();

  Captures(Changing changing) {
    this.changing = changing;
  }

  List<Reread> of(Entry entry, List<Body> bodies) {
    List<Reread> found = new ArrayList<>();
    for (Body body : bodies) {
      Member member = entry.member();
      if (member.isInside(body.function(), member.tree()) && body.function() != member.tree()) {
        Uses uses = new Uses(member, body.function());
        uses.scan(Sources.body(body.function()), null);
        uses.found.forEach(
            (variable, use) -> {
              Reread reread = reread(variable, use, body.function(), entry);
              if (reread != null) {
                found.add(reread);
              }
            });
      }
    }
    return found;
  }

  private @Nullable Reread reread(VarSymbol variable, Tree use, Tree function, Entry entry) {
    Member member = entry.member();
    boolean keyed = isInKey(variable, entry);
    if (!keyed && (Changing.isUpkeep(variable) || changing.endsLoads(member))) {
      return null;
    }
    boolean later = isLater(variable, entry);
    for (Tree change : changes(variable, use, member)) {
      if (member.isInside(change, function) || member.isInside(change, entry.at())) {
        continue;
      }
      boolean after =
          ASTHelpers.getStartPosition(change) > ASTHelpers.getStartPosition(entry.at())
              && member.function(change) == member.function(entry.at());
      boolean round = member.flow().repeats(change, entry.at(), variable);
      if ((round && (later || keyed)) || (after && later)) {
        return new Reread(
            use,
            use.toString(),
            "'" + line(change) + "' changes it " + (round ? "in the next round" : "after the call"),
            keyed,
            false,
            ImmutableSet.of());
      }
    }
    return null;
  }

  private static String line(Tree tree) {
    String words = tree.toString().replaceAll("\\s+", " ");
    return words.length() > 60 ? words.substring(0, 59) + "…" : words;
  }

  private static boolean isInKey(VarSymbol variable, Entry entry) {
    boolean[] found = {false};
    Set<VarSymbol> followed = new HashSet<>();
    for (Tree key : entry.site().keys()) {
      TreeScanner<@Nullable Void, @Nullable Void> scanner =
          new TreeScanner<>() {
            @Override
            public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
              VarSymbol named = Symbols.variable(node);
              found[0] |= named == variable;
              Member member = entry.member();
              if (named != null
                  && named != variable
                  && followed.add(named)
                  && member.declaration(named) instanceof VariableTree d) {
                scan(d.getInitializer(), null);
              }
              return null;
            }
          };
      scanner.scan(key, null);
    }
    return found[0];
  }

  /** Whether the loader may still run when the code after the call does. */
  private static boolean isLater(VarSymbol variable, Entry entry) {
    Site site = entry.site();
    Member member = entry.member();
    Tree declaration = member.declaration(variable);
    if (declaration != null && member.function(declaration) != member.function(entry.at())) {
      return true;
    }
    MethodInvocationTree call = site.call();
    if (!site.api().has(Trait.ASYNC)) {
      // one that gives up waiting leaves the load to go on
      return call != null && call.getArguments().size() > 2;
    }
    Tree at = member.parent(entry.at());
    return !(at instanceof MemberSelectTree select
        && WAITS.matcher(select.getIdentifier()).matches());
  }

  /** Where the code changes what a variable holds, so that {@code use} sees it. */
  private List<Tree> changes(VarSymbol variable, Tree use, Member member) {
    List<Tree> changes =
        new ArrayList<>(holders.computeIfAbsent(member, HolderChanges::new).of(variable));
    for (MethodInvocationTree call : member.callsOn(variable)) {
      ExpressionTree receiver = Symbols.receiver(call);
      MethodSymbol method = Symbols.method(call);
      if (receiver != null
          && method != null
          && Symbols.variable(Symbols.strip(receiver)) == variable
          && changing.changesReceiver(method)
          && isSeen(call, method, use, variable)) {
        changes.add(call);
      }
    }
    return changes;
  }

  /** What is added to a list or put into a map leaves the other elements as they were. */
  private static boolean isSeen(
      MethodInvocationTree change, MethodSymbol method, Tree use, VarSymbol variable) {
    String type = Symbols.qualifiedName(variable.type);
    MethodSymbol reader = use instanceof MethodInvocationTree ? Symbols.method(use) : null;
    boolean element =
        reader != null
            && reader
                .name
                .toString()
                .matches("get|getOrDefault|getFirst|contains|containsKey|first|peek");
    if (!element
        || !type.startsWith("java.util.")
        || type.startsWith("java.util.concurrent.atomic")) {
      return true;
    }
    if (method.name.toString().matches("add\\w*|offer\\w*|push")) {
      return false;
    }
    return !method.name.toString().startsWith("put")
        || change.getArguments().isEmpty()
        || ASTHelpers.constValue(change.getArguments().get(0)) != null;
  }

  /** The first read in a function of each object that a local variable around it holds. */
  private final class Uses extends TreeScanner<@Nullable Void, @Nullable Void> {
    final Map<VarSymbol, Tree> found = new LinkedHashMap<>();
    private final Member member;
    private final Tree function;

    Uses(Member member, Tree function) {
      this.member = member;
      this.function = function;
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree node, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void unused) {
      return Noise.is(node) ? null : super.visitMethodInvocation(node, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
      VarSymbol variable = Symbols.variable(node);
      if (variable != null
          && !Symbols.isField(variable)
          && member.isDeclaredOutside(variable, function)
          && !variable.type.isPrimitive()
          && !found.containsKey(variable)) {
        Tree use = use(node);
        if (use != null) {
          found.put(variable, use);
        }
      }
      return null;
    }

    /** What is read of an object where it is named; null where it is only changed. */
    private @Nullable Tree use(IdentifierTree node) {
      Tree parent = member.parent(node);
      Tree around = parent == null ? null : member.parent(parent);
      if (parent instanceof ArrayAccessTree access && access.getExpression() == node) {
        return isTarget(access, around) ? null : access;
      }
      if (parent instanceof MemberSelectTree select) {
        if (around instanceof MethodInvocationTree call && call.getMethodSelect() == select) {
          MethodSymbol method = Symbols.method(call);
          return method == null || changing.changesReceiver(method) ? null : call;
        }
        return isTarget(select, around) ? null : select;
      }
      return Values.isTool(Symbols.typeOf(node)) && !isBuilder(node) ? null : node;
    }

    private static boolean isBuilder(IdentifierTree node) {
      return Symbols.qualifiedName(Symbols.typeOf(node))
          .matches("java\\.lang\\.String(Builder|Buffer)");
    }

    private static boolean isTarget(Tree access, @Nullable Tree around) {
      return around instanceof AssignmentTree assignment && assignment.getVariable() == access;
    }
  }
}
