package dev.singleflight.samples.engines;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link Engines}, which start once for all of them; what a test runs finds the
 * same ones by their URLs.
 */
public final class EnginesExtension implements BeforeAllCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    engines(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Engines.class;
  }

  @Override
  public Engines resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return engines(context);
  }

  private static Engines engines(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(Engines.class, type -> start(), Engines.class);
  }

  private static Engines start() {
    Engines engines = new Engines(progress -> {});
    System.setProperty(Postgres.URL.property(), engines.postgres().url());
    System.setProperty(Redis.URL.property(), engines.redis().uri().toString());
    return engines;
  }
}
