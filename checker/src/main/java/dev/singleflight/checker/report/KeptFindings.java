package dev.singleflight.checker.report;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.context.CachedFailures.Kept;
import dev.singleflight.checker.context.RequestState.Found;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.inputs.MutableState.Reread;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;

/** What is said of failures that caches and maps of others keep. */
public final class KeptFindings {
  private KeptFindings() {}

  /**
   * Where the fallback is given, if that is in the call, or in the loader of this file that the
   * cache was made with; otherwise the call.
   */
  private static Tree place(Kept kept) {
    Tree at = kept.fallback().at();
    Site site = kept.site();
    boolean inLoader =
        site.api().has(Trait.KEEPS_LOADER)
            && Symbols.outermostClass(kept.fallback().member().type())
                == Symbols.outermostClass(site.member().type());
    boolean here =
        kept.fallback().member() == site.member() && site.member().isInside(at, site.tree());
    return here || inLoader ? at : site.tree();
  }

  private static String called(Site site) {
    MethodInvocationTree call = site.call();
    return call == null || site.api().has(Trait.KEEPS_LOADER)
        ? site.name()
        : Words.line(call.getMethodSelect().toString());
  }

  /** A failed future that stays. */
  public static Finding stuck(Site site) {
    return Finding.of(
            site.tree(),
            "'"
                + called(site)
                + "' keeps the load's future for good, and nothing removes it when it has failed:"
                + " after one timeout every later caller gets the same failure. Attach a"
                + " whenComplete to what is returned, behind the call, that removes the entry"
                + " (remove(key, future)) on failure.")
        .because("the map holds futures of what was started, and this file never drops an entry");
  }

  /** What plays back its failure to all who ask later. */
  public static Finding replayed(Site site, ExpressionTree replay) {
    return Finding.of(
            replay,
            "'"
                + called(site)
                + "' keeps what plays back whatever came of the load, its error too, and nothing"
                + " removes it: after one timeout every later caller gets the same error. Cache the"
                + " value alone (of a Mono by cache(value -> …, error -> Duration.ZERO, …)), or"
                + " remove the entry on failure.")
        .because("what is kept was told to cache all signals, and this file never drops an entry");
  }

  /** What stands in for a failure, kept. */
  public static Finding kept(Kept kept) {
    List<String> way = new ArrayList<>(List.of("'" + kept.fallback().words() + "'"));
    way.addAll(kept.fallback().way());
    return Finding.of(
            place(kept),
            "'"
                + called(kept.site())
                + "' keeps what stands in for a failed load ("
                + String.join(" → ", way)
                + ") as if it were a value: after one timeout every later caller gets it, long after"
                + " the source has recovered. Let the failure pass, or give null where that is not"
                + " kept, and make up the fallback outside the cache.")
        .because(
            "the handler is for what may work when it is tried again, its value is kept as long as"
                + (kept.expires() ? " the cache's expiry lets it" : " the cache is"));
  }

  /** What a loader reads that others write meanwhile. */
  public static Finding reread(Found found) {
    Reread reread = found.reread();
    return Finding.of(
            found.at(),
            "The loader of "
                + called(found.site())
                + " reads '"
                + reread.words()
                + "', which the key does not carry, and "
                + reread.change()
                + ": what was loaded with one caller's '"
                + reread.words()
                + "' is then given to all who ask for the key. Put it into the key, or give it to"
                + " what is made of the cached value, outside the cache.")
        .because(
            "a method writes the field with what it is given, and the loader's value needs it");
  }

  /** What is invalidated before the write that makes it stale. */
  public static Finding tooEarly(StoreAccess invalidation, StoreAccess write) {
    return Finding.of(
            invalidation.place(),
            "'"
                + Words.source(invalidation.at())
                + "' comes before the write that it is meant for, '"
                + Words.source(write.at())
                + "'"
                + Words.way(write.way())
                + ": a load between the two reads the old value and caches it, and nothing drops"
                + " that any more. Write first, then invalidate.")
        .because("what is written is what the cache's loads read, and nothing is dropped after");
  }

  /** A removal that is cleaned up after later, beside a new load. */
  public static Finding overtaken(MethodInvocationTree removal, Site load) {
    return Finding.of(
            removal,
            "'"
                + Words.source(removal)
                + "' drops the entry at once, but the removal listener moves or deletes its files"
                + " later, on another thread: a new load of the same key ('"
                + called(load)
                + "') may have written or opened them by then, and loses them. Clean up while the"
                + " entry is held: an evictionListener, and asMap().computeIfPresent for what is"
                + " removed by hand.")
        .because("the listener changes files, the loader uses files that it does not name afresh");
  }
}
