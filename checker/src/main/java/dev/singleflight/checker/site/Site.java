package dev.singleflight.checker.site;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coalescing call, recognised: the API it calls and its parts as they stand in the source. A
 * method that is coalesced or cached by its annotation is one too: its parameters, or what the
 * annotation makes of them, are the key, its body is the loader.
 *
 * @param tree the call, or the declaration
 * @param member the member it stands in, or is
 */
public record Site(Api api, Tree tree, Member member) {

  /** The call; null for a declaration. */
  public @Nullable MethodInvocationTree call() {
    return tree instanceof MethodInvocationTree call ? call : null;
  }

  /** The declaration; null for a call. */
  public @Nullable MethodTree declaration() {
    return tree instanceof MethodTree method ? method : null;
  }

  /** What an annotation says of the method that this is; null for a call, and where none does. */
  public @Nullable Declaration declared(Apis apis) {
    MethodSymbol method =
        tree instanceof MethodTree && api.has(Trait.CACHES) ? Symbols.method(tree) : null;
    return method == null ? null : apis.caching(method);
  }

  /** The group, map or cache; null where the call is unqualified. */
  public @Nullable ExpressionTree group() {
    return tree instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
  }

  /**
   * The arguments that make up the key, or the parameters; empty where the key is the loader's own
   * parameter.
   */
  public ImmutableList<Tree> keys() {
    List<? extends Tree> all =
        tree instanceof MethodInvocationTree call
            ? call.getArguments()
            : ((MethodTree) tree).getParameters();
    return api.keys().stream()
        .filter(i -> i < all.size())
        .map(i -> (Tree) all.get(i))
        .collect(ImmutableList.toImmutableList());
  }

  /** The loader argument; null where the API has none. */
  public @Nullable ExpressionTree loader() {
    return tree instanceof MethodInvocationTree call
            && api.loader() != Api.NO_LOADER
            && api.loader() < call.getArguments().size()
        ? call.getArguments().get(api.loader())
        : null;
  }

  /** The method called, as a message names it: {@code users.execute}. */
  public String name() {
    if (api.has(Trait.KEEPS_LOADER)) {
      return api.type().substring(api.type().lastIndexOf('.') + 1) + "." + api.method();
    }
    ExpressionTree group = group();
    return group == null ? api.method() : group + "." + api.method();
  }
}
