package dev.singleflight.checker.inputs;

import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.KeyFaults.FaultKind;
import dev.singleflight.checker.inputs.Uncarried.Input;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What decides a loader's result and its key cannot tell apart: inputs(loader) − inputs(key) −
 * inputs(group) − tenants − what belongs to a caller, where the key is otherwise what it should be.
 */
public final class Omissions {
  private final Inputs inputs;
  private final Decisive decisive;
  private final PerCaller perCaller;
  private final Tenants tenants;
  private final KeyFaults faults;

  public Omissions(Inputs inputs, Options options, Types types) {
    this.inputs = inputs;
    this.decisive = new Decisive(inputs);
    this.perCaller = new PerCaller(options, types);
    this.tenants = new Tenants(options);
    this.faults = new KeyFaults(inputs, options);
  }

  /**
   * By each way into a call, the variables that the key omits with how the loader reads them.
   *
   * <p>What concerns a tenant or a caller goes first: what chooses between tenants is told apart
   * with them.
   */
  public Map<Entry, Map<Symbol, Input>> in(List<Input> place) {
    Map<Entry, Map<Symbol, Input>> omitted = new LinkedHashMap<>();
    for (Input input : place) {
      if (isAnothers(input)) {
        return Map.of();
      }
      Symbol culprit =
          tenants.in(input.atom()) == null && perCaller.in(input.atom(), input.entry()) == null
              ? decisive.in(input)
              : null;
      if (culprit != null) {
        omitted
            .computeIfAbsent(input.entry(), entry -> new LinkedHashMap<>())
            .putIfAbsent(culprit, input);
      }
    }
    omitted.keySet().removeIf(entry -> isNeverEqual(entry.site()));
    // a finding in the call itself is that of all who call its helper
    Set<Entry> all = Set.copyOf(omitted.keySet());
    omitted.keySet().removeIf(entry -> entry.inner() != null && entry.inner().isBehind(all));
    return omitted;
  }

  /** Whether the checks for tenants and callers speak of a place. */
  private boolean isAnothers(Input input) {
    if (input.carried()) {
      return false;
    }
    Symbol tenant = tenants.in(input.atom());
    return tenant == null
        ? perCaller.in(input.atom(), input.entry()) != null
        : !inputs.hasGloballyUniqueKey(input.entry())
            && tenants.varies(input.atom(), tenant, inputs.group(input.entry().site()), inputs);
  }

  private boolean isNeverEqual(Site site) {
    return faults.of(site).stream().anyMatch(fault -> fault.kind() == FaultKind.NEVER_EQUAL);
  }
}
