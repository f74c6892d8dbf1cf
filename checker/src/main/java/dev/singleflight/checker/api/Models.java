package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.processing.JavacProcessingEnvironment;
import com.sun.tools.javac.util.Context;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The rows that libraries bring. A model that fails, or says what cannot be, is told of once and
 * left out: it is not the compilation's fault.
 */
final class Models {
  private static final Context.Key<ImmutableList<Api>> KEY = new Context.Key<>();

  /** A service file that cannot be read fails each time that it is asked. */
  private static final int MAX_MODELS = 100;

  private static final Pattern TYPE = Pattern.compile("(\\w+\\.)*[\\w$]+");
  private static final Pattern METHOD = Pattern.compile("[A-Za-z_$][\\w$]*");

  private Models() {}

  static ImmutableList<Api> of(VisitorState state) {
    ImmutableList<Api> known = state.context.get(KEY);
    if (known == null) {
      known = load(state.context);
      state.context.put(KEY, known);
    }
    return known;
  }

  private static ImmutableList<Api> load(Context context) {
    ImmutableList.Builder<Api> all = ImmutableList.builder();
    Iterator<ServiceLoader.Provider<ApiModel>> models =
        ServiceLoader.load(ApiModel.class, ApiModel.class.getClassLoader()).stream().iterator();
    for (int asked = 0; asked < MAX_MODELS; asked++) {
      String name = "a model of META-INF/services/" + ApiModel.class.getName();
      try {
        if (!models.hasNext()) {
          break;
        }
        ServiceLoader.Provider<ApiModel> model = models.next();
        name = model.type().getName();
        all.addAll(rows(name, model.get(), context));
      } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
        tell(context, name + " cannot be used: " + e);
      }
    }
    return all.build();
  }

  private static ImmutableList<Api> rows(String name, ApiModel model, Context context) {
    ImmutableList.Builder<Api> rows = ImmutableList.builder();
    for (Api row : model.apis()) {
      String fault = fault(row);
      if (fault == null) {
        rows.add(row);
      } else {
        tell(context, name + " is not used for " + row.type() + "#" + row.method() + ": " + fault);
      }
    }
    return rows.build();
  }

  private static @Nullable String fault(Api row) {
    if (!TYPE.matcher(row.type()).matches()) {
      return "that is no type's name";
    }
    if (!METHOD.matcher(row.method()).matches()) {
      return "that is no method's name";
    }
    if (row.loader() < Api.NO_LOADER || row.keys().stream().anyMatch(key -> key < 0)) {
      return "a parameter's position is 0 or more";
    }
    if (row.keys().contains(row.loader())) {
      return "one parameter cannot be both key and loader";
    }
    if (row.has(Trait.KEEPS_LOADER) && row.loader() == Api.NO_LOADER) {
      return "what keeps its loader is given one";
    }
    return row.has(Trait.DECLARED) || row.has(Trait.VALUE)
        ? "DECLARED and VALUE are not for methods that are called with a key"
        : null;
  }

  private static void tell(Context context, String what) {
    JavacProcessingEnvironment.instance(context)
        .getMessager()
        .printMessage(
            Diagnostic.Kind.WARNING,
            "Singleflight for Java: "
                + what
                + ". (This is about a library on the checker's path, not about this code.)");
  }
}
