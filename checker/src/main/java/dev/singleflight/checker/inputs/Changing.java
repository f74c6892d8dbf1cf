package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What changes while an object is used, and by which method; being set up is no change. */
final class Changing {
  private static final Pattern SET_UP =
      Pattern.compile(
          "(init|configure|setUp|setup|start|open|connect|afterPropertiesSet|afterSingletons|register"
              + "|bind|build|destroy|close|stop|shutdown|dispose|tearDown)\\w*|<init>|<clinit>");

  private static final ImmutableSet<String> SET_UP_ANNOTATIONS =
      ImmutableSet.of(
          "PostConstruct",
          "PreDestroy",
          "Inject",
          "Autowired",
          "Value",
          "Resource",
          "Required",
          "ConfigProperty",
          "ConfigurationProperties",
          "Reference",
          "Activate",
          "Before",
          "BeforeEach",
          "BeforeAll",
          "DataBoundSetter");

  /** Methods that change what they are called on. */
  private static final Pattern MUTATORS =
      Pattern.compile(
          "set([A-Z]\\w*)?|append\\w*|insert\\w*|delete\\w*|add\\w*|put\\w*|remove\\w*|clear\\w*|reset\\w*"
              + "|push|pop|poll\\w*|offer\\w*|take|next\\w*|advance\\w*|previous\\w*|replace\\w*|update\\w*"
              + "|fill\\w*|lazySet|getAnd\\w*|\\w+AndGet|compareAnd\\w*|weakCompareAnd\\w*|accumulate\\w*"
              + "|move\\w*|switch\\w*|select\\w*|assign\\w*|retainAll|sort|reverse|rewind|flip|compact"
              + "|increment\\w*|decrement\\w*|plusAssign|use[A-Z]\\w*");

  /**
   * Told of an object's life, of how often it changed, of what it counts: no answer depends on it.
   */
  private static final Pattern UPKEEP =
      Pattern.compile(
          "(is_?)?(closed?|closing|running|started|stopp(ed|ing)|shut_?down|enabled|disabled|initiali[sz]ed|ready"
              + "|disposed|healthy|connected|open|degraded|paused|draining|available|alive|active|debug"
              + "|verbose|warm(ed)?(_up)?|leader|dirty|loaded|loading|destroyed|cancell?ed|suspended)"
              + "|(.*_)?(generation|version|epoch|revision|mod_count|sequence|seq|stamp|counter|count|hits"
              + "|misses|loads|calls|total|errors|failures|last_\\w+|stats|in_flight|token|credentials?"
              + "|password|secret|access_token|session_id)");

  /** Methods that take over a new state of the world for everyone, not one for a caller. */
  private static final Pattern RELOADS =
      Pattern.compile(
          "(re(load|fresh|new|build|compute|connect)|rotate|poll|sync|on|tick|invalidate|load|run|handle)([A-Z]\\w*)?");

  /** What callers say what they want with. */
  private static final Pattern SAYS_WHAT =
      Pattern.compile(
          "java\\.lang\\.String|java\\.net\\.UR[IL]|java\\.util\\.(Locale|UUID|Currency|TimeZone)"
              + "|java\\.time\\.(ZoneId|LocalDate)");

  private static final Pattern LIFE =
      Pattern.compile("(?i).*(status|state|phase|mode|topology)\\w*");

  private final Inputs inputs;

  Changing(Inputs inputs) {
    this.inputs = inputs;
  }

  static boolean isMutator(MethodSymbol method) {
    return MUTATORS.matcher(method.name).matches() && !method.isStatic();
  }

  /** A method that gives a field another value when the object is in use; null if there is none. */
  @Nullable MethodSymbol writer(VarSymbol field) {
    if (Symbols.isFinal(field) || field.owner.name.toString().endsWith("Builder")) {
      return null;
    }
    for (FieldWrite write : inputs.sources().writes(field)) {
      MethodSymbol method = Symbols.method(write.root());
      if (!write.inConstructor()
          && method != null
          && !isSetUp(method)
          && !endsLoads(method)
          && !isFluent(method)
          && !isLazy(write, field)) {
        return method;
      }
    }
    return null;
  }

  /** A method that changes what the object or array in a field holds; null if there is none. */
  @Nullable MethodSymbol toucher(VarSymbol field) {
    for (Use touch : inputs.sources().touches(field)) {
      MethodSymbol method = Symbols.method(touch.root());
      MethodSymbol called =
          touch.tree() instanceof MethodInvocationTree call ? Symbols.method(call) : null;
      boolean changes = called == null || changesReceiver(called);
      if (changes && method != null && !isSetUp(method) && !endsLoads(method)) {
        return method;
      }
    }
    return null;
  }

  /** Whether a method changes the object that it is called on, by its name or by its code. */
  boolean changesReceiver(MethodSymbol method) {
    if (method.isStatic() || method.isConstructor()) {
      return false;
    }
    MethodTree tree = inputs.sources().method(inputs.sources().target(method));
    if (tree == null) {
      return isMutator(method);
    }
    for (Symbol member : method.owner.members().getSymbols()) {
      if (member instanceof VarSymbol field
          && Symbols.isField(field)
          && inputs.sources().writes(field).stream().anyMatch(write -> write.root() == tree)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsLoads(MethodSymbol method) {
    MethodTree tree = inputs.sources().method(method);
    Member member = tree == null ? null : inputs.sources().member(tree, method);
    return member != null && endsLoads(member);
  }

  /** Whether code also sees to it that nobody is given what was loaded before. */
  boolean endsLoads(Member member) {
    return member.invocations().stream()
        .anyMatch(call -> inputs.apis().is(Symbols.method(call), Trait.FORGETS));
  }

  private boolean isSetUp(MethodSymbol method) {
    if (method.isConstructor() || SET_UP.matcher(method.name).matches()) {
      return true;
    }
    for (Attribute.Compound annotation : method.getRawAttributes()) {
      if (SET_UP_ANNOTATIONS.contains(annotation.type.tsym.name.toString())) {
        return true;
      }
    }
    List<Use> calls = Symbols.isPrivate(method) ? inputs.sources().callsOf(method) : List.of();
    return !calls.isEmpty()
        && calls.stream()
            .map(call -> Symbols.method(call.root()))
            .allMatch(caller -> caller != null && caller.isConstructor());
  }

  /** {@code with(x)} gives back what it was called on: part of making it. */
  private static boolean isFluent(MethodSymbol method) {
    return method.getReturnType().tsym == method.owner;
  }

  /** Made when it is first asked for, and the same from then on. */
  private boolean isLazy(FieldWrite write, VarSymbol field) {
    Member member = inputs.sources().member(write.root(), field);
    if (member == null) {
      return false;
    }
    for (Tree at = write.value(); at != null; at = member.parent(at)) {
      if (at instanceof IfTree branch && asksForNull(branch.getCondition(), field)) {
        return true;
      }
    }
    return false;
  }

  private static boolean asksForNull(ExpressionTree condition, VarSymbol field) {
    boolean[] asked = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitBinary(BinaryTree node, @Nullable Void unused) {
        asked[0] |=
            node.getKind() == Tree.Kind.EQUAL_TO
                && node.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL
                && Symbols.variable(Symbols.strip(node.getLeftOperand())) == field;
        return super.visitBinary(node, null);
      }
    }.scan(condition, null);
    return asked[0];
  }

  /** Whether a variable tells of an object's life, of how often it changed, or counts. */
  static boolean isUpkeep(VarSymbol variable) {
    return UPKEEP.matcher(Decisive.words(variable)).matches();
  }

  /** Whether what a field holds is a value such as a caller asks with. */
  static boolean holdsInput(VarSymbol variable) {
    String name = Decisive.words(variable);
    if (isUpkeep(variable) || Decisive.decidesNothing(name, variable.type)) {
      return false;
    }
    Type type = variable.type;
    if (Symbols.qualifiedName(type).equals("java.util.concurrent.atomic.AtomicReference")) {
      List<Type> held = type.getTypeArguments();
      return held.size() == 1 && isPlain(held.get(0));
    }
    return isPlain(type) || Symbols.qualifiedName(type).startsWith("java.util.concurrent.atomic.");
  }

  /** A snapshot of settings, or of data, that is replaced as a whole is read by everyone alike. */
  private static boolean isPlain(Type type) {
    return Values.is(type)
        && (type.isPrimitive()
            || type.tsym.isEnum()
            || (Symbols.qualifiedName(type).matches("java\\.(lang|time|math|util)\\.\\w+")
                && !Symbols.qualifiedName(type).endsWith("Map")));
  }

  /**
   * Whether a method that is no plain setter gives a field what it was given itself, or made of
   * that: what callers do beside each other, and not once while an application is configured.
   */
  boolean isByRequests(VarSymbol field) {
    if (!saysWhat(field)) {
      return false; // flags, states and numbers are an object's own
    }
    for (FieldWrite write : inputs.sources().writes(field)) {
      Member member = inputs.sources().member(write.root(), field);
      MethodSymbol method = Symbols.method(write.root());
      if (member != null
          && method != null
          && writer(field) != null
          && !write.inConstructor()
          && !isSetUp(method)
          && isByCallers(method)
          && !isPlainSetter(method, member)
          && inputs.atoms(inputs.evaluate(write.value(), inputs.scope(member))).stream()
              .anyMatch(atom -> method.params().contains(atom.root()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a class, or one that it extends or stands in, has a field that might be so. */
  static boolean mayHoldRequests(ClassSymbol type) {
    for (Symbol at = type; at instanceof ClassSymbol owner; at = at.owner) {
      for (ClassSymbol each = owner; each != null && Sources.isSource(each); each = parent(each)) {
        for (Symbol member : each.members().getSymbols()) {
          if (member instanceof VarSymbol field && !Symbols.isFinal(field) && saysWhat(field)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static @Nullable ClassSymbol parent(ClassSymbol type) {
    return type.getSuperclass().tsym instanceof ClassSymbol parent ? parent : null;
  }

  private static boolean saysWhat(VarSymbol field) {
    return SAYS_WHAT.matcher(Symbols.qualifiedName(field.type)).matches()
        && !LIFE.matcher(field.name).matches();
  }

  /** {@code setX(…)}, whatever it does besides, or one that only assigns. */
  private static boolean isPlainSetter(MethodSymbol method, Member member) {
    return method.name.toString().startsWith("set")
        || (member.invocations().isEmpty() && method.params().size() == 1);
  }

  /** Whether a method is told its callers' wishes, and not that the world has changed. */
  static boolean isByCallers(MethodSymbol writer) {
    return !RELOADS.matcher(writer.name).matches()
        && !Symbols.hasAnnotation(writer, "Scheduled")
        && !Symbols.hasAnnotation(writer, "EventListener");
  }
}
