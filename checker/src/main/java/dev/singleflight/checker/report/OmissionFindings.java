package dev.singleflight.checker.report;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.inputs.CacheOmissions;
import dev.singleflight.checker.inputs.CacheOmissions.Kind;
import dev.singleflight.checker.inputs.CacheOmissions.Omission;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what the keys of caches and maps omit that are somebody else's. */
public final class OmissionFindings {
  private OmissionFindings() {}

  /** What the keys of a file's caches omit, of these kinds. */
  public static List<Finding> of(Unit unit, Set<Kind> kinds, VisitorState state) {
    CacheOmissions omissions = CacheOmissions.of(state);
    boolean strict = Options.of(state).strict();
    List<Finding> findings = new ArrayList<>();
    for (Site site : unit.caches()) {
      for (Omission omission : omissions.in(site)) {
        if (kinds.contains(omission.kind()) && (strict || omission.strong())) {
          findings.add(finding(site, omission));
        }
      }
    }
    return findings;
  }

  private static Finding finding(Site site, Omission omission) {
    // no fix: the other uses of the cache would have to be changed with it
    return Finding.of(place(site, omission), message(site, omission)).because(omission.evidence());
  }

  private static Tree place(Site site, Omission omission) {
    if (omission.input().entry().isThroughHelper()) {
      return omission.input().entry().at();
    }
    boolean ofKey =
        omission.kind() == Kind.ARGUMENT
            || omission.kind() == Kind.TENANT
            || omission.kind() == Kind.CONFIGURATION;
    if (ofKey) {
      return site.keys().isEmpty() ? site.tree() : site.keys().get(0);
    }
    Tree loader = site.loader();
    Tree read = omission.input().read().at();
    return loader == null || site.member().isInside(read, loader) ? read : loader;
  }

  private static String message(Site site, Omission omission) {
    String name = "'" + Words.name(omission.culprit()) + "'";
    String path = " (" + Words.path(omission.input().atom()) + ")";
    String key =
        site.keys().isEmpty() ? "its key" : "the key '" + Words.source(site.keys().get(0)) + "'";
    return switch (omission.kind()) {
      case ARGUMENT, TENANT ->
          "What "
              + site.name()
              + " keeps depends on "
              + (omission.kind() == Kind.TENANT ? "the tenant " : "")
              + name
              + path
              + (omission.input().carried()
                  ? ", of which " + key + " holds only a part"
                  : ", but " + key + " does not carry it")
              + ": whoever asks for the same key with another value is given what was made for the"
              + " first. Put "
              + name
              + " into the key"
              + (omission.kind() == Kind.TENANT ? ", or keep one cache for each tenant." : ".");
      case CONFIGURATION ->
          "What "
              + site.name()
              + " keeps is made with "
              + name
              + path
              + " of the object that asks first, but all objects of its class share this static"
              + " cache, and "
              + key
              + " does not tell them apart. Put "
              + name
              + " into the key, or give each object a cache of its own.";
      case CALLER ->
          "What "
              + site.name()
              + " keeps is made from "
              + name
              + path
              + " of the caller that asks first, and is then given to every caller that asks for"
              + " the same key. Load only from what the key carries, or put what matters of "
              + name
              + " into the key.";
      case PROMISE ->
          "The load of "
              + site.name()
              + " completes "
              + name
              + " of the caller that asks first; others that ask for the same key share the load,"
              + " which knows nothing of theirs. Complete each caller's own from what "
              + site.name()
              + " returns.";
    };
  }
}
