package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.MutableState;
import dev.singleflight.checker.inputs.MutableState.Reread;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.FieldWrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State that requests write beside each other and that loaders of others' caches read: not how an
 * object was set up, unless that is asked for.
 */
public final class RequestState {
  private final Inputs inputs;
  private final MutableState mutable;
  private final CacheLives lives;
  private final Sources sources;
  private final boolean strict;

  public RequestState(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.mutable = new MutableState(inputs);
    this.lives = CacheLives.of(state);
    this.sources = Sources.of(state);
    this.strict = Options.of(state).strict();
  }

  /** State that a loader reads, and where: in the call, if the read stands there. */
  public record Found(Site site, Tree at, Reread reread) {}

  /** What the loader of a cache reads of it; null for nothing. */
  public @Nullable Found of(Site site) {
    if (!lives.outlivesCall(site)
        || !(strict || MutableState.mayHoldRequests(site.member().type()))) {
      return null;
    }
    for (Entry entry : inputs.entries(site)) {
      for (Reread reread : mutable.of(entry)) {
        if (strict || (reread.byRequests() && !isDroppedWith(reread, site))) {
          return new Found(site, place(entry, reread), reread);
        }
      }
    }
    return null;
  }

  /** Whether whoever writes the state drops what was loaded with what it held. */
  private boolean isDroppedWith(Reread reread, Site site) {
    VarSymbol store = lives.field(site);
    List<FieldWrite> writes =
        reread.atoms().stream()
            .map(atom -> atom.path().isEmpty() ? atom.root() : atom.path().get(0).symbol())
            .filter(VarSymbol.class::isInstance)
            .flatMap(field -> sources.writes((VarSymbol) field).stream())
            .filter(write -> !write.inConstructor())
            .toList();
    return store != null
        && !writes.isEmpty()
        && writes.stream()
            .allMatch(
                write -> {
                  Member writer = sources.member(write.root(), store);
                  return writer != null && !CacheUses.drops(store, writer).isEmpty();
                });
  }

  private static Tree place(Entry entry, Reread reread) {
    Tree loader = entry.site().loader();
    if (entry.isThroughHelper() || loader == null) {
      return entry.at();
    }
    return entry.site().member().isInside(reread.at(), loader) ? reread.at() : loader;
  }
}
