package test;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a map gives is taken only if it goes with what was asked for, or whatever it is. */
public class Checked {
  interface Source {
    Executable find(Class<?> target, Class<?> source);
  }

  private static final Map<Class<?>, Executable> FITTING = new ConcurrentHashMap<>();
  private static final Map<Class<?>, Executable> ANY = new ConcurrentHashMap<>();
  private final Source finder;

  Checked(Source finder) {
    this.finder = finder;
  }

  private static boolean fits(Executable found, Class<?> source) {
    if (found instanceof Method method) {
      return method.getParameterTypes()[0] == source;
    } else if (found instanceof Constructor<?> constructor) {
      return constructor.getParameterTypes()[0] == source;
    }
    return false;
  }

  private static Executable fitting(Class<?> target, Class<?> source) {
    Executable found = FITTING.get(target);
    if (found != null && fits(found, source)) {
      return found;
    }
    found = method(target, source);
    if (found == null) {
      found = constructor(target, source);
      if (found == null) {
        return null;
      }
    }
    FITTING.put(target, found);
    return found;
  }

  private static Executable any(Class<?> target, Class<?> source) {
    Executable found = ANY.get(target);
    if (found != null) {
      return found;
    }
    found = method(target, source);
    if (found == null) {
      found = constructor(target, source);
      if (found == null) {
        return null;
      }
    }
    // BUG: Diagnostic contains: 'source'
    ANY.put(target, found);
    return found;
  }

  public static boolean has(Class<?> target, Class<?> source) {
    return fitting(target, source) != null && any(target, source) != null;
  }

  private static Method method(Class<?> target, Class<?> source) {
    try {
      return source.getMethod("to" + target.getSimpleName());
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static Constructor<?> constructor(Class<?> target, Class<?> source) {
    try {
      return target.getConstructor(source);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
