package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;

/** Calls that decide nothing about a value: they log, measure, trace or insist. */
final class Noise {
  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of(
          "Logger",
          "Log",
          "FluentLogger",
          "GoogleLogger",
          "ExtendedLogger",
          "KLogger",
          "LoggingEventBuilder",
          "PrintStream",
          "PrintWriter",
          "MeterRegistry",
          "Counter",
          "LongCounter",
          "DoubleCounter",
          "Timer",
          "Gauge",
          "Meter",
          "Histogram",
          "LongHistogram",
          "DoubleHistogram",
          "DistributionSummary",
          "LongAdder",
          "Metrics",
          "StatsDClient",
          "Span",
          "SpanBuilder",
          "Tracer",
          "Observation",
          "AuditLog",
          "AuditLogger",
          "AuditTrail",
          "Auditor",
          "AuditService",
          "Sample");

  private static final ImmutableSet<String> GUARDS =
      ImmutableSet.of("Objects", "Preconditions", "Assert", "Validate", "Verify");

  private static final Pattern NAMES =
      Pattern.compile(
          "(?i)(\\w*_)?(log|logger|metrics?|meters?|counters?|stats|statsd|telemetry|tracer|span"
              + "|audit(_?(log|trail))?)"
              + "|(?-i:\\w*(Log|Logger|Metrics?|Meters?|Counters?|Stats|Telemetry|Tracer))");

  private Noise() {}

  /** Whether a call only words a log line, a metric or a trace: it gives nothing back. */
  static boolean is(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    return method != null && (isVoid(method) || takesCode(call)) && concerns(call);
  }

  /** Whether a call is of a logger, a metric or a trace, whatever it gives back. */
  static boolean concerns(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      return false;
    }
    if (TYPES.contains(method.owner.getSimpleName().toString())
        || (method.owner.name.contentEquals("MDC") && !method.name.contentEquals("get"))) {
      return true;
    }
    ExpressionTree receiver = Symbols.receiver(call);
    Symbol symbol = receiver == null ? null : Symbols.of(receiver);
    return symbol instanceof VarSymbol && NAMES.matcher(symbol.name).matches();
  }

  private static boolean isVoid(MethodSymbol method) {
    return method.getReturnType().hasTag(TypeTag.VOID);
  }

  /** {@code timer.record(() -> …)}: what it gives back comes from the code it is given. */
  private static boolean takesCode(MethodInvocationTree call) {
    return call.getArguments().stream()
        .map(Symbols::strip)
        .anyMatch(
            argument ->
                argument instanceof LambdaExpressionTree
                    || argument instanceof MemberReferenceTree);
  }

  /** Whether a call that stands as a statement only insists on what it is given. */
  static boolean isGuard(ExpressionTree statement) {
    MethodSymbol method =
        statement instanceof MethodInvocationTree call ? Symbols.method(call) : null;
    return method != null
        && method.isStatic()
        && GUARDS.contains(method.owner.getSimpleName().toString());
  }
}
