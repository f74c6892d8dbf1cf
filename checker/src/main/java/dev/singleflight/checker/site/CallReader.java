package dev.singleflight.checker.site;

import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCClassDecl;
import com.sun.tools.javac.tree.JCTree.JCFieldAccess;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import com.sun.tools.javac.tree.JCTree.JCMethodDecl;
import com.sun.tools.javac.tree.JCTree.JCMethodInvocation;
import com.sun.tools.javac.tree.JCTree.JCNewClass;
import com.sun.tools.javac.tree.JCTree.JCVariableDecl;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import dev.singleflight.checker.site.Calls.Called;
import dev.singleflight.checker.site.Interests.Interest;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file for calls only. By javac's own scanner: it costs half of what the tree API's does,
 * and this reads everything.
 */
final class CallReader extends TreeScanner {
  private final ClassSymbol file;
  private final Calls calls;
  private final Interests interests;
  private final Accessors accessors;
  private final Notes notes;
  private Symbol member;

  /** What has been seen of what memoizers do. */
  private final Set<MemoMethods.Part> parts = EnumSet.noneOf(MemoMethods.Part.class);

  /** The fields in whose maps {@link #member} has been seen to look for an entry. */
  private final Set<VarSymbol> looked = new HashSet<>();

  /** What is of interest besides who calls whom. */
  interface Notes {
    /** A member names something. */
    void names(Symbol member, Interest interest);

    /** A member looks for an entry of a field's map, and then puts one. */
    void memoizes(Symbol member);
  }

  CallReader(ClassSymbol file, Calls calls, Interests interests, Accessors accessors, Notes notes) {
    this.file = file;
    this.calls = calls;
    this.interests = interests;
    this.accessors = accessors;
    this.notes = notes;
    this.member = file;
  }

  /** What the file does of what memoizers do. */
  Set<MemoMethods.Part> read(JCTree tree) {
    scan(tree);
    return parts;
  }

  @Override
  public void visitClassDef(JCClassDecl node) {
    Symbol around = member;
    ClassSymbol type = node.sym;
    if (type != null) {
      if (around instanceof ClassSymbol) {
        member = type;
      }
      notes.names(member, interests.of(type));
      notes.names(member, interests.of(type.getSuperclass().tsym));
      for (Type parent : type.getInterfaces()) {
        notes.names(member, interests.of(parent.tsym));
      }
    }
    scan(node.defs);
    member = around;
  }

  @Override
  public void visitMethodDef(JCMethodDecl node) {
    Symbol around = member;
    MethodSymbol method = node.sym;
    if (method != null) {
      if (around instanceof ClassSymbol) {
        member = method;
        looked.clear();
      }
      notes.names(member, interests.ofDeclared(method));
      if ((method.flags() & Flags.SYNCHRONIZED) != 0) {
        parts.add(MemoMethods.Part.LOCK);
      }
      accessors.see(node);
    }
    scan(node.params);
    scan(node.body);
    member = around;
  }

  @Override
  public void visitVarDef(JCVariableDecl node) {
    VarSymbol variable = node.sym;
    if (variable != null) {
      notes.names(member, interests.of(variable.type.tsym));
      notes.names(member, interests.annotated(variable));
    }
    scan(node.init);
  }

  @Override
  public void visitApply(JCMethodInvocation node) {
    Called called = add(TreeInfo.symbol(node.meth));
    if (called != null && called.isOfStore()) {
      store(node.meth, called);
    }
    super.visitApply(node);
  }

  @Override
  public void visitSynchronized(JCTree.JCSynchronized node) {
    parts.add(MemoMethods.Part.LOCK);
    super.visitSynchronized(node);
  }

  @Override
  public void visitReference(JCMemberReference node) {
    add(node.sym);
    super.visitReference(node);
  }

  @Override
  public void visitNewClass(JCNewClass node) {
    add(node.constructor);
    super.visitNewClass(node);
  }

  @Override
  public void visitSelect(JCFieldAccess node) {
    if (node.sym instanceof VarSymbol field
        && field.owner instanceof ClassSymbol owner
        && owner != file
        && Sources.isSource(owner)) {
      calls.addReader(owner.outermostClass(), file);
    }
    super.visitSelect(node);
  }

  @Override
  public void visitTypeApply(JCTree.JCTypeApply node) {}

  @Override
  public void visitAnnotation(JCTree.JCAnnotation node) {}

  private @Nullable Called add(@Nullable Symbol symbol) {
    Called called = symbol instanceof MethodSymbol method ? calls.called(method) : null;
    if (called != null && called.add(member)) {
      notes.names(member, called.interest());
      parts.addAll(called.parts());
    }
    return called;
  }

  private void store(JCTree callee, Called called) {
    if (!(callee instanceof JCFieldAccess select)
        || !(TreeInfo.symbol(select.selected) instanceof VarSymbol field)
        || !Symbols.isField(field)) {
      return;
    }
    if (called.interest() == Interest.CACHES) {
      calls.addAsker(member);
      calls.addFilled(field);
    }
    if (called.parts().contains(MemoMethods.Part.LOOK)) {
      looked.add(field);
      calls.addLooker(field, member);
    } else if (looked.contains(field)) {
      calls.addFilled(field);
      notes.memoizes(member); // no cache that a loader would write
    }
  }
}
