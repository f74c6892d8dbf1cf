package dev.singleflight.checker.options;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.processing.JavacProcessingEnvironment;
import com.sun.tools.javac.util.Context;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;

/**
 * The {@code -XepOpt:Singleflight:…} options of one compilation, parsed and validated.
 *
 * <p>A name that is not known, or a value that cannot be what it should be, is reported as a
 * compilation error: a misspelt option that silently does nothing would leave a build unchecked.
 */
public final class Options {
  private static final String PREFIX = "Singleflight:";

  private static final Pattern METHOD = Pattern.compile("(\\w+\\.)*[\\w$]+#\\w+");
  private static final Pattern TYPE = Pattern.compile("(\\w+\\.)*[\\w$]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");

  private static final ImmutableMap<String, Kind> KINDS =
      ImmutableMap.of(
          "CoalescingMethods",
              new Kind(METHOD, "a comma-separated list of methods, each as com.acme.Memo#get"),
          "TenantNames",
              new Kind(NAME, "a comma-separated list of identifiers, such as shopId,regionCode"),
          "PerCallerTypes",
              new Kind(TYPE, "a comma-separated list of types, each as com.acme.CallContext"),
          "ImmutableTypes",
              new Kind(TYPE, "a comma-separated list of types, each as com.acme.Money"),
          "Evidence",
              new Kind(
                  Pattern.compile("default|strict"),
                  "default, or strict to be told also what is less sure of caches and maps"),
          "Explain", new Kind(Pattern.compile("true|false"), "true or false"));

  private static final Context.Key<Options> KEY = new Context.Key<>();

  private final ImmutableMap<String, ImmutableSet<String>> values;

  private Options(ImmutableMap<String, ImmutableSet<String>> values) {
    this.values = values;
  }

  /** Returns the options of the compilation that {@code state} belongs to. */
  public static Options of(VisitorState state) {
    Options options = state.context.get(KEY);
    if (options == null) {
      options = parse(state);
      state.context.put(KEY, options);
    }
    return options;
  }

  /** Methods, as {@code com.acme.Memo#get}, whose overlapping calls share one run. */
  public ImmutableSet<String> coalescingMethods() {
    return of("CoalescingMethods");
  }

  /** Identifiers that name a tenant, besides the built-in ones. */
  public ImmutableSet<String> tenantNames() {
    return of("TenantNames");
  }

  /** Types whose values belong to one caller, besides the built-in ones. */
  public ImmutableSet<String> perCallerTypes() {
    return of("PerCallerTypes");
  }

  /** Types whose values never change, besides the built-in ones. */
  public ImmutableSet<String> immutableTypes() {
    return of("ImmutableTypes");
  }

  /** Whether what is less sure is reported too, of caches and maps that are not ours. */
  public boolean strict() {
    return of("Evidence").contains("strict");
  }

  /** Whether a finding says why it was believed. */
  public boolean explain() {
    return of("Explain").contains("true");
  }

  private ImmutableSet<String> of(String option) {
    ImmutableSet<String> value = values.get(option);
    return value == null ? ImmutableSet.of() : value;
  }

  private static Options parse(VisitorState state) {
    ImmutableMap.Builder<String, ImmutableSet<String>> values = ImmutableMap.builder();
    for (Map.Entry<String, String> flag :
        state.errorProneOptions().getFlags().getFlagsMap().entrySet()) {
      if (!flag.getKey().startsWith(PREFIX)) {
        continue;
      }
      String name = flag.getKey().substring(PREFIX.length());
      Kind kind = KINDS.get(name);
      if (kind == null) {
        reject(
            state,
            flag.getKey(),
            "is unknown. Known options: Singleflight:"
                + String.join(", Singleflight:", KINDS.keySet()));
        continue;
      }
      Set<String> entries = new LinkedHashSet<>();
      for (String entry : Splitter.on(',').trimResults().split(flag.getValue())) {
        if (kind.form.matcher(entry).matches()) {
          entries.add(entry);
        } else {
          reject(
              state,
              flag.getKey(),
              "takes " + kind.takes + ", but was given '" + flag.getValue() + "'");
          break;
        }
      }
      values.put(name, ImmutableSet.copyOf(entries));
    }
    return new Options(values.buildOrThrow());
  }

  private static void reject(VisitorState state, String option, String why) {
    JavacProcessingEnvironment.instance(state.context)
        .getMessager()
        .printMessage(
            Diagnostic.Kind.ERROR,
            "Singleflight for Java: the option -XepOpt:"
                + option
                + " "
                + why
                + ". (This is about the singleflight-checker plugin, not about Error Prone.)");
  }

  private record Kind(Pattern form, String takes) {}
}
