package dev.singleflight.checker.inputs;

import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Self;
import org.jspecify.annotations.Nullable;

/** Follows what an object is known by back to its first name. */
final class Aliases {
  private static final int MAX_ALIASES = 8;

  private final Inputs inputs;

  Aliases(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * An object under its first name: an alias, a field that a constructor was given, a helper's
   * field for what the helper was made with.
   */
  @Nullable Term origin(@Nullable Term object) {
    Term value = object == null ? null : Terms.value(object);
    for (int i = 0; i < MAX_ALIASES && value instanceof Field field; i++) {
      Term receiver = origin(field.receiver());
      Term holder = receiver instanceof Field held ? inputs.definition(held) : null;
      if (holder instanceof Term.New || holder instanceof Self) {
        receiver = holder;
      }
      Term known = Terms.value(Terms.field(receiver, field.symbol()));
      Term definition = known instanceof Field same ? inputs.definition(same) : null;
      if (definition != null && Terms.value(definition) instanceof Field alias) {
        value = alias;
      } else if (known.equals(value) || !(known instanceof Field)) {
        return known;
      } else {
        value = known;
      }
    }
    return value;
  }

  /** The cache that an {@code asMap()} shows: its entries are the same. */
  @Nullable Term viewed(@Nullable Term group) {
    return group != null
            && Terms.value(group) instanceof Term.Call view
            && inputs.apis().is(view.method(), Trait.VIEWS)
        ? view.receiver()
        : group;
  }
}
