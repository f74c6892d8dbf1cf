package dev.singleflight.checker.effects;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Handlers of what may work when it is tried again: I/O, remote calls, a future's outcome. What
 * reflection and parsing fail at is decided by what they were given, and fails again.
 */
final class PassingFailures extends Handlers {
  private static final int MAX_HELPERS = 3;

  private static final Pattern PASSING =
      Pattern.compile(
          "\\w*(IO|SQL|Timeout|Execution|Completion|Remote|Naming|Connect\\w*|Network|Unavailable|Communication"
              + "|Transport|Storage|Database|DataAccess|Client|Service|Keeper|Rpc|Http\\w*|StatusRuntime)"
              + "(Error)?Exception");

  /** Of I/O, what is decided by what it was given. */
  private static final Pattern LASTING =
      Pattern.compile(
          "\\w*(Malformed|Unsupported|Encoding|CharacterCoding|Json|Parse|Mapping|NotFound|NoSuchFile|NotSerializable"
              + "|ObjectStream|InvalidObject|InvalidClass|StreamCorrupted|UTFDataFormat"
              + "|PropertiesFormat|EOF|Syntax)\\w*");

  /** Methods of what is asked over a network or of a disk, whatever they declare. */
  private static final Pattern REMOTE =
      Pattern.compile(
          "(?!Conversion|Executor|Expression)\\w*(Client|Repository|Dao|DAO|Gateway|RestTemplate|JdbcTemplate|EntityManager|Stub|Store"
              + "|Storage|Service|Api|Backend|Server|Directory|Fetcher|Feed|Connection|Session)");

  private static final Pattern IN_MEMORY =
      Pattern.compile(
          "(ByteArray|CharArray|String)(Input|Output)?(Stream|Reader|Writer)|StringBu\\w+|Appendable"
              + "|byte|char|DataOutputStream|ClassReader|Class|ClassLoader|JsonGenerator|\\w*Pool");

  private static final Pattern TIDYING =
      Pattern.compile("close\\w*|flush|append|write|getResource\\w*");

  private static final Pattern FUTURE =
      Pattern.compile("\\w*(Future|CompletionStage|Promise|Mono|Uni|Single|Try|Either)");

  /** What holds one value, which its own methods give back. */
  private static final Pattern HOLDER = Pattern.compile(FUTURE.pattern() + "|Optional\\w*|Stream");

  /** What a handler of everything may stand for. */
  private static final Pattern EVERYTHING =
      Pattern.compile("Exception|Throwable|RuntimeException|UncheckedIOException");

  /** By which an author says that it was not to be expected. */
  private static final Pattern WARNS =
      Pattern.compile(
          ".*(\\.(log)?(warn|error|severe|fatal)\\w*\\(|\\b(WARN(ING)?|SEVERE|ERROR)\\b).*",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final Pattern REFLECTS =
      Pattern.compile(
          "java\\.lang\\.(Class|ClassLoader|reflect\\..*|invoke\\..*)|java\\.(beans|util\\.regex|text)\\..*"
              + "|.*\\.(\\w*Reflect\\w*|BeanUtils|ClassUtils|\\w*ClassLoader\\w*|ServiceLoader)");

  private static final Pattern READS_TEXT =
      Pattern.compile(
          "(parse|valueOf|decode|compile|newInstance|loadClass|forName|instantiate|toClass)\\w*");

  private final Types types;
  private final boolean strict;
  private final Sources sources;
  private final Map<MethodSymbol, Boolean> known = new HashMap<>();

  PassingFailures(VisitorState state) {
    this.types = state.getTypes();
    this.sources = Sources.of(state);
    this.strict = Options.of(state).strict();
  }

  @Override
  boolean recovers(@Nullable Type receiver) {
    return FUTURE.matcher(Symbols.simpleName(receiver)).matches();
  }

  @Override
  boolean holds(@Nullable Type type) {
    return HOLDER.matcher(Symbols.simpleName(type)).matches();
  }

  /** A cast or a check gives the value itself, and the type of a container says what it holds. */
  @Override
  boolean isStill(ExpressionTree whole, ExpressionTree part, int parts) {
    Type made = Symbols.typeOf(whole);
    Type given = Symbols.typeOf(part);
    if (made == null || given == null) {
      return false;
    }
    boolean copies =
        made.isParameterized() && types.isSameTypes(made.allparams(), given.allparams());
    return types.isSameType(types.erasure(made), types.erasure(given))
        || (parts == 1 && (copies || isTypeArgument(given, made)));
  }

  private boolean isTypeArgument(Type given, Type container) {
    Type boxed = types.boxedTypeOrType(given);
    return container.getTypeArguments().stream()
        .anyMatch(argument -> types.isSubtype(boxed, types.wildUpperBound(argument)));
  }

  @Override
  boolean mayPass(CatchTree handler, Member member) {
    Tree caught = handler.getParameter().getType();
    List<? extends Tree> alternatives =
        caught instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(caught);
    if (!strict && (isNothingThere(alternatives, handler) || isHandedOn(handler, member))) {
      return false;
    }
    boolean everything =
        alternatives.stream()
            .anyMatch(
                type -> EVERYTHING.matcher(Symbols.simpleName(Symbols.typeOf(type))).matches());
    boolean passing =
        alternatives.stream()
            .map(Symbols::typeOf)
            .anyMatch(
                type ->
                    isPassing(type)
                        || Symbols.simpleName(type).contentEquals("IllegalStateException"));
    if ((!everything && !passing) || !(member.parent(handler) instanceof TryTree attempt)) {
      return false;
    }
    if (!readsClassPath(attempt, member) && fails(attempt, member, MAX_HELPERS)) {
      return true;
    }
    return everything
        && (strict || WARNS.matcher(handler.getBlock().toString()).matches())
        && !reflects(attempt, member);
  }

  /** A handler of {@code IOException} alone that does nothing: what is not there is empty. */
  private static boolean isNothingThere(List<? extends Tree> caught, CatchTree handler) {
    return handler.getBlock().getStatements().isEmpty()
        && caught.stream()
            .allMatch(
                type -> Symbols.qualifiedName(Symbols.typeOf(type)).equals("java.io.IOException"));
  }

  /** Whether what a handler gives holds the failure itself, for whoever asks to have it. */
  private static boolean isHandedOn(CatchTree handler, Member member) {
    VarSymbol failure = Symbols.variable(handler.getParameter());
    return failure != null
        && member.mentions(failure).stream()
            .map(member::parent)
            .anyMatch(at -> at instanceof NewClassTree && member.parent(at) instanceof ReturnTree);
  }

  /** Whether something in a {@code try} looks at code, or at text: that fails for good. */
  private boolean reflects(TryTree attempt, Member member) {
    return member.invocations().stream()
        .filter(call -> isTried(call, attempt, member))
        .map(Symbols::method)
        .anyMatch(
            method ->
                method != null
                    && (REFLECTS.matcher(method.owner.getQualifiedName()).matches()
                        || READS_TEXT.matcher(method.name).matches()));
  }

  private boolean isPassing(@Nullable Type type) {
    if (type == null || LASTING.matcher(Symbols.simpleName(type)).matches()) {
      return false;
    }
    for (Type supertype : types.closure(type)) {
      if (PASSING.matcher(Symbols.simpleName(supertype)).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Whether something in a {@code try} may fail now and not later. */
  private boolean fails(TryTree attempt, Member member, int helpers) {
    for (MethodInvocationTree call : member.invocations()) {
      if (isTried(call, attempt, member)
          && fails(Symbols.method(call), Symbols.receiver(call), call.getArguments(), helpers)) {
        return true;
      }
    }
    for (NewClassTree creation : member.creations()) {
      if (isTried(creation, attempt, member)
          && fails(Symbols.method(creation), null, creation.getArguments(), helpers)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTried(Tree node, TryTree attempt, Member member) {
    return (member.isInside(node, attempt.getBlock())
            || attempt.getResources().stream().anyMatch(r -> member.isInside(node, r)))
        && member.function(node) == member.function(attempt);
  }

  private static boolean readsClassPath(TryTree attempt, Member member) {
    return member.invocations().stream()
        .anyMatch(
            call ->
                isTried(call, attempt, member)
                    && call.getMethodSelect().toString().matches(".*getResource(s|AsStream)?"));
  }

  private boolean fails(
      @Nullable MethodSymbol method,
      @Nullable ExpressionTree receiver,
      List<? extends ExpressionTree> arguments,
      int helpers) {
    if (method == null || TIDYING.matcher(method.name).matches()) {
      return false;
    }
    boolean declared =
        method.getThrownTypes().stream().anyMatch(this::isPassing)
            && !isInMemory(receiver)
            && (arguments.isEmpty() || !arguments.stream().allMatch(PassingFailures::isInMemory));
    if (declared) {
      return true;
    }
    Type owner = receiver == null ? null : Symbols.typeOf(receiver);
    if (REMOTE.matcher(Symbols.simpleName(owner)).matches() && !method.isStatic()) {
      return !method.params().isEmpty() || !method.name.toString().startsWith("get");
    }
    return helpers > 0 && helperFails(sources.target(method), helpers);
  }

  private boolean helperFails(MethodSymbol method, int helpers) {
    Boolean found = known.get(method);
    if (found != null) {
      return found;
    }
    Tree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    if (member == null || method.isConstructor()) {
      return false;
    }
    known.put(method, false);
    boolean fails =
        member.invocations().stream()
            .anyMatch(
                call ->
                    member.function(call) == tree
                        && fails(
                            Symbols.method(call),
                            Symbols.receiver(call),
                            call.getArguments(),
                            helpers - 1));
    known.put(method, fails);
    return fails;
  }

  private static boolean isInMemory(@Nullable ExpressionTree value) {
    Type type = value == null ? null : Symbols.typeOf(value);
    Type element = type instanceof Type.ArrayType array ? array.getComponentType() : type;
    return IN_MEMORY.matcher(Symbols.simpleName(element)).matches();
  }
}
