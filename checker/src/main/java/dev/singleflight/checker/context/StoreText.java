package dev.singleflight.checker.context;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.source.Symbols;

/** How the source names a store. */
final class StoreText {
  private StoreText() {}

  /** What the operation is made on, as it stands there; empty where nothing does. */
  static String of(StoreAccess access) {
    ExpressionTree receiver =
        access.origin() instanceof MethodInvocationTree call
            ? Symbols.receiver(call)
            : access.origin() instanceof MemberReferenceTree reference
                ? reference.getQualifierExpression()
                : null;
    return receiver == null ? "" : receiver.toString().replaceAll("\\s+", " ");
  }
}
