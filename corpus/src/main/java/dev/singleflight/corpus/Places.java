package dev.singleflight.corpus;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Names the member a line of a file stands in, as in {@code Codecs.Cache.find(Class, int)}. A new
 * version of a file moves its lines and edits its statements; its members stay.
 */
final class Places {

  private record Member(String name, long start, long end) {}

  /** As they begin, so that an inner member comes after those around it. */
  private final List<Member> members = new ArrayList<>();

  private Places() {}

  /** Reads a file. */
  static Places of(Path file) throws IOException {
    Places places = new Places();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(d -> {}, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  diagnostic -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(file));
      for (CompilationUnitTree unit : task.parse()) {
        places.new Scan(unit, Trees.instance(task).getSourcePositions()).scan(unit, "");
      }
    }
    return places;
  }

  /** The innermost member that a line is part of; empty if there is none. */
  String at(int line) {
    String name = "";
    for (Member member : members) {
      if (member.start() <= line && line <= member.end()) {
        name = member.name();
      }
    }
    return name;
  }

  private final class Scan extends TreePathScanner<@Nullable Void, String> {

    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Scan(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, String around) {
      String name = tree.getSimpleName().toString();
      return super.visitClass(tree, name.isEmpty() ? around : add(tree, around, name));
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, String around) {
      String parameters =
          tree.getParameters().stream()
              .map(parameter -> type(parameter.getType()))
              .collect(Collectors.joining(", ", "(", ")"));
      return super.visitMethod(tree, add(tree, around, tree.getName() + parameters));
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, String around) {
      boolean field = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
      return super.visitVariable(
          tree, field ? add(tree, around, tree.getName().toString()) : around);
    }

    private String add(Tree tree, String around, String name) {
      String full = around.isEmpty() ? name : around + "." + name;
      long start = positions.getStartPosition(unit, tree);
      long end = positions.getEndPosition(unit, tree);
      if (start >= 0 && end >= 0) {
        members.add(
            new Member(
                full,
                unit.getLineMap().getLineNumber(start),
                unit.getLineMap().getLineNumber(end)));
      }
      return full;
    }

    private String type(@Nullable Tree tree) {
      if (tree instanceof ParameterizedTypeTree parameterized) {
        return type(parameterized.getType());
      }
      if (tree instanceof AnnotatedTypeTree annotated) {
        return type(annotated.getUnderlyingType());
      }
      if (tree instanceof ArrayTypeTree array) {
        return type(array.getType()) + "[]";
      }
      if (tree instanceof MemberSelectTree select) {
        return select.getIdentifier().toString();
      }
      return String.valueOf(tree);
    }
  }
}
