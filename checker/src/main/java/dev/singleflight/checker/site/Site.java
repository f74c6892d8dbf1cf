package dev.singleflight.checker.site;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import org.jspecify.annotations.Nullable;

/**
 * A call that coalesces, recognised: the API it calls and its parts as they stand in the source.
 *
 * @param call the call
 * @param member the member it stands in
 */
public record Site(Api api, MethodInvocationTree call, Member member) {

  /** The group, map or cache; null where the call is unqualified. */
  public @Nullable ExpressionTree group() {
    return Symbols.receiver(call);
  }

  /** The arguments that make up the key; empty where the key is the loader's own parameter. */
  public ImmutableList<ExpressionTree> keys() {
    return api.keys().stream()
        .filter(i -> i < call.getArguments().size())
        .map(i -> (ExpressionTree) call.getArguments().get(i))
        .collect(ImmutableList.toImmutableList());
  }

  /** The loader argument; null where the API has none. */
  public @Nullable ExpressionTree loader() {
    return api.loader() == Api.NO_LOADER || api.loader() >= call.getArguments().size()
        ? null
        : call.getArguments().get(api.loader());
  }

  /** The method called, as a message names it: {@code users.execute}. */
  public String name() {
    ExpressionTree group = group();
    return group == null ? api.method() : group + "." + api.method();
  }
}
