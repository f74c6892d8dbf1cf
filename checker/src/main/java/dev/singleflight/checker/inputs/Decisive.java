package dev.singleflight.checker.inputs;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Atom.Step;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether something that a loader was given decides what it returns: a value, by its type, whose
 * name does not say that it only bounds, traces or hurries the work.
 */
public final class Decisive {
  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** How long, how often, how much at a time, how urgently. */
  private static final Pattern BOUNDS_WORK =
      Pattern.compile(
          ".*time_?out.*|.*deadline.*|(.*_)?(retry|retries|attempts?|tries|backoff|back_off)(_.*)?"
              + "|(.*_)?(batch|buffer|fetch|chunk|block|pool|queue)_?size|(.*_)?cache_?size(_.*)?"
              + "|(initial_?|max_?)?capacity|(.*_)?(parallelism|concurrency"
              + "|threads?|priority|urgency|ttl|delay|jitter|patience|budget|max_?wait.*|wait_.*"
              + "|max_?age|expiry|poll_interval|interval_m(illi)?s|permits|weight|cost|nice)");

  /** At the end of a name, the unit that a number is in. */
  private static final Pattern UNIT =
      Pattern.compile("_(in_)?(ms|millis|milliseconds|secs?|seconds|nanos|minutes|hours|days)$");

  /** For whom or what it is told in logs, metrics and traces. */
  private static final Pattern TRACES =
      Pattern.compile(
          "(.*_)?(trace|span|correlation|request|invocation|call)_?(id|uuid|no|number|context|parent)"
              + "|x_request_id|(.*_)?(log|metrics?|trace|debug|thread|cache|pool|span|timer|meter|flight)"
              + "_?(name|tag|tags|label|labels|prefix|message|level|scope)|mdc|tags?_?for_?metrics"
              + "|(log_)?reason|caller(_name)?|user_?agent|verbose|debug|quiet|traced|sampled|log_.*"
              + "|(record|collect|report|track)_?(stats?|statistics|metrics?|usage|hits?)");

  /** Whether to hurry, or from where to load what is the same everywhere. */
  private static final Pattern HURRIES =
      Pattern.compile(
          "(force|forced|bypass|skip|no|use|allow)(_?(re)?(fresh|load|cache|cached|caching|stale))?.*cache.*"
              + "|force_?(refresh|reload)?|refresh|reload|fresh|async|blocking|eager|lazy|parallel"
              + "|prefetch|background|warm_?up|(.*_)?(shard|partition|replica|routing)(_?(id|key|hint|no"
              + "|number|index))?|(.*_)?hint|affinity|(prefer|use|from|read)_.*replica|sticky_.*|now");

  /** Spans of time that choose what is loaded, and not how long it may take. */
  private static final Pattern CHOOSES_TIME =
      Pattern.compile(
          "(.*_)?(window|look_?back|range|period|horizon|history|since|span|granularity|step|resolution|bucket)");

  /** Things that belong to one owner, which their own id tells. */
  private static final Pattern OWNED =
      Pattern.compile(
          "(.*_)?(order|invoice|payment|shipment|booking|reservation|ticket|parcel|delivery|refund"
              + "|subscription|charge|receipt|transfer)_?(id|uuid|no|number|ref)");

  private static final Pattern OWNER =
      Pattern.compile(
          "(.*_)?(customer|account|owner|merchant|seller|buyer|vendor|supplier|parent|shop|store)"
              + "_?(id|uuid|no|number|ref)");

  private static final Pattern ID = Pattern.compile("(.*_)?(id|uuid|guid)");

  /** Parameters whose value whoever calls has made of all that matters. */
  private static final Pattern LABEL =
      Pattern.compile("key|(.*_)?(cache|flight|lock|group|dedup|dedupe|coalescing|load)_key");

  private static final Pattern CASELESS =
      Pattern.compile(
          "(.*_)?(e?_?mail(_address)?|host(name)?|domain(_name)?|country(_code)?|currency(_code)?|iban|bic"
              + "|hex|checksum|digest|sha\\d*|md5|media_type|mime_type|content_type|header(_name)?)");

  private final Inputs inputs;
  private final Changing changing;

  public Decisive(Inputs inputs) {
    this.inputs = inputs;
    this.changing = new Changing(inputs);
  }

  /**
   * The variable by which a loader is given something that decides its result; null where that is
   * no value, does not decide, or is told by what the key is.
   */
  public @Nullable Symbol in(Input input) {
    Atom atom = input.atom();
    if (atom.isConfiguration()) {
      return copied(atom, input.entry());
    }
    if (atom.nature() != Nature.PLAIN
        || !(atom.root() instanceof VarSymbol variable)
        || Symbols.isField(variable)
        || !isValue(atom, variable)
        || isAside(input.read(), input.entry())
        || (input.carried() && isCaseless(atom))
        || names(atom).stream().anyMatch(name -> decidesNothing(name, typeOf(atom)))
        || isUnit(input.read().term(), variable)) {
      return null;
    }
    Term key = inputs.key(input.entry().site(), input.entry().scope());
    return isToldById(variable, input, key) || isLabel(key, input) ? null : variable;
  }

  /**
   * A call of a service, or of a collection that was captured, whose result nobody wants: it has an
   * effect, and decides nothing.
   */
  static boolean isAside(Read read, Entry entry) {
    Member member = entry.isThroughHelper() ? entry.site().member() : entry.member();
    ExpressionTree receiver =
        read.at() instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
    VarSymbol service = receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
    Tree loader = entry.site().loader();
    return service != null
        && (Symbols.isField(service)
            || (loader != null
                && member.isDeclaredOutside(service, loader)
                && Symbols.qualifiedName(service.type).startsWith("java.util.")))
        && member.parent(read.at()) instanceof ExpressionStatementTree;
  }

  /** What means the same in upper and lower case. */
  private static boolean isCaseless(Atom atom) {
    return names(atom).stream().anyMatch(name -> CASELESS.matcher(name).matches());
  }

  /** A local variable that holds what callers set a field to, before the loader began. */
  private @Nullable Symbol copied(Atom atom, Entry entry) {
    Symbol field = atom.path().isEmpty() ? atom.root() : atom.path().get(0).symbol();
    Tree loader = entry.site().loader();
    if (atom.path().size() > 1 || loader == null || !(field instanceof VarSymbol variable)) {
      return null;
    }
    MethodSymbol writer = changing.writer(variable);
    if (writer == null || !Changing.isByCallers(writer) || !Changing.holdsInput(variable)) {
      return null;
    }
    return atom.trail().stream()
        .filter(
            symbol ->
                symbol instanceof VarSymbol local
                    && entry.isAround(local)
                    && entry.member().isDeclaredOutside(local, loader))
        .findFirst()
        .orElse(null);
  }

  private static boolean isValue(Atom atom, VarSymbol root) {
    if (Values.is(root.type)) {
      return true;
    }
    if (atom.path().isEmpty() || Values.isTool(root.type) || root.type.isPrimitive()) {
      return false;
    }
    boolean accessor = atom.path().get(0).name().matches("\\.(get|is|has)[A-Z].*");
    if (root.type.tsym.isInterface() && !accessor) {
      return false;
    }
    for (Step step : atom.path()) {
      if (step.dependent() || Values.isTool(step.type())) {
        return false;
      }
    }
    return Values.is(typeOf(atom));
  }

  private static @Nullable Type typeOf(Atom atom) {
    return atom.path().isEmpty()
        ? atom.root().type
        : atom.path().get(atom.path().size() - 1).type();
  }

  /** What the value was called, from its root on. */
  private static List<String> names(Atom atom) {
    List<String> names = new ArrayList<>();
    names.add(words(atom.root()));
    atom.path().forEach(step -> names.add(words(step.symbol())));
    for (Symbol symbol : atom.trail()) {
      if (symbol instanceof VarSymbol) {
        names.add(words(symbol));
      }
    }
    return names;
  }

  /** A name as lower-case words with underscores between. */
  static String words(Symbol symbol) {
    String name = symbol.name.toString();
    String property = symbol instanceof MethodSymbol ? Symbols.property(name) : name;
    return CAMEL.matcher(property).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  /** Whether a name, of a value of a type, says that the value only bounds or traces the work. */
  static boolean decidesNothing(String name, @Nullable Type type) {
    String qualified = Symbols.qualifiedName(type);
    if (qualified.equals("java.time.Duration")) {
      return !CHOOSES_TIME.matcher(name).matches();
    }
    return BOUNDS_WORK.matcher(UNIT.matcher(name).replaceFirst("")).matches()
        || TRACES.matcher(name).matches()
        || HURRIES.matcher(name).matches();
  }

  /** A number given beside its unit of time: how long to wait. */
  private static boolean isUnit(Term read, VarSymbol variable) {
    if (!(Terms.value(read) instanceof Call call)) {
      return false;
    }
    boolean timed =
        call.method().params().stream()
            .anyMatch(
                parameter ->
                    Symbols.qualifiedName(parameter.type).equals("java.util.concurrent.TimeUnit"));
    return timed
        && call.arguments().stream()
            .anyMatch(argument -> Terms.value(argument) instanceof Var v && v.symbol() == variable);
  }

  /** Whether the key is an id that nothing else has, which tells to whom or what it belongs. */
  private boolean isToldById(VarSymbol variable, Input input, Term key) {
    String name = words(variable);
    if (inputs.hasGloballyUniqueKey(input.entry()) && ID.matcher(name).matches()) {
      return true;
    }
    return OWNER.matcher(name).matches()
        && Terms.value(key) instanceof Var id
        && OWNED.matcher(words(id.symbol())).matches();
  }

  /**
   * Whether the key is a parameter that the loader does not load by: whoever calls has put into it
   * what tells the loads apart.
   */
  private static boolean isLabel(Term key, Input input) {
    return !input.entry().site().keys().isEmpty() // where it is the loader's own, nobody names it
        && Terms.value(key) instanceof Var parameter
        && LABEL.matcher(words(parameter.symbol())).matches()
        && !input.keyed();
  }
}
