package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Act;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.StoreKinds;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions that wait for another thread or process while a map holds a bin's lock for them. */
public final class LockedWaits {
  /** Further away, too many conditions that are not known decide whether anything waits. */
  private static final int MAX_WAY = 7;

  private LockedWaits() {}

  /**
   * A function that waits.
   *
   * @param at where it does, or goes to what does, in the file that is looked at
   */
  public record LockedWait(Site site, Act act, Tree at) {}

  /** Those of a file: the first wait of each function. */
  public static List<LockedWait> of(Unit unit, VisitorState state) {
    Inputs inputs = Inputs.of(state);
    StoreKinds kinds = StoreKinds.of(state);
    List<LockedWait> found = new ArrayList<>();
    Set<Tree> functions = new HashSet<>();
    for (Site site : unit.caches()) {
      if (site.api().has(Trait.VALUE) || site.api().has(Trait.DECLARED)) {
        continue;
      }
      for (Entry entry : inputs.entries(site)) {
        if (kinds.of(inputs.group(entry)) != StoreKinds.Kind.CONCURRENT) {
          continue;
        }
        for (Body body : inputs.loader(entry)) {
          Act act = functions.add(body.function()) ? wait(body, state) : null;
          if (act != null) {
            boolean inPlace = body.function() instanceof LambdaExpressionTree;
            Tree loader = site.loader();
            Tree at = inPlace || loader == null ? place(entry, body, act) : loader;
            found.add(new LockedWait(site, act, at));
          }
        }
      }
    }
    return found;
  }

  private static @Nullable Act wait(Body body, VisitorState state) {
    for (Act act : Effects.of(state).acts().of(body)) {
      if (act.kind() != Act.Kind.UPDATE && !act.attached() && act.way().size() <= MAX_WAY) {
        return act;
      }
    }
    return null;
  }

  /** Where the function waits, or where it is handed over if its code is in another file. */
  static Tree place(Entry entry, Body body, Act act) {
    Member member = body.scope().member();
    boolean here =
        member != null && member.type().outermostClass() == entry.member().type().outermostClass();
    Tree loader = entry.site().loader();
    return here || loader == null ? act.at() : loader;
  }
}
