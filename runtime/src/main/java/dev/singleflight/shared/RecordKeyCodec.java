package dev.singleflight.shared;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records as the texts of their components, one after another, each with its length before it: so
 * no two records have the same text, whatever is in the components.
 */
final class RecordKeyCodec<R extends Record> implements KeyCodec<R> {

  private static final String NULL = "-";

  private static final Map<Class<?>, KeyCodec<?>> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, KeyCodec.strings()),
          Map.entry(UUID.class, KeyCodec.uuids()),
          Map.entry(long.class, KeyCodec.longs()),
          Map.entry(Long.class, KeyCodec.longs()),
          Map.entry(int.class, KeyCodec.integers()),
          Map.entry(Integer.class, KeyCodec.integers()),
          Map.entry(short.class, KeyCodec.of(Object::toString, Short::valueOf)),
          Map.entry(Short.class, KeyCodec.of(Object::toString, Short::valueOf)),
          Map.entry(byte.class, KeyCodec.of(Object::toString, Byte::valueOf)),
          Map.entry(Byte.class, KeyCodec.of(Object::toString, Byte::valueOf)),
          Map.entry(boolean.class, KeyCodec.of(Object::toString, Boolean::valueOf)),
          Map.entry(Boolean.class, KeyCodec.of(Object::toString, Boolean::valueOf)),
          Map.entry(char.class, KeyCodec.of(Object::toString, text -> text.charAt(0))),
          Map.entry(Character.class, KeyCodec.of(Object::toString, text -> text.charAt(0))));

  private record Component(Method accessor, KeyCodec<Object> codec) {}

  private final Class<R> type;
  private final Constructor<R> constructor;
  private final List<Component> components = new ArrayList<>();

  RecordKeyCodec(Class<R> type) {
    this.type = type;
    RecordComponent[] parts = type.getRecordComponents();
    for (RecordComponent part : parts) {
      Method accessor = part.getAccessor();
      accessor.setAccessible(true);
      components.add(new Component(accessor, codecOf(part)));
    }
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("a record has its canonical constructor", e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // by the class that the component is declared as
  private KeyCodec<Object> codecOf(RecordComponent part) {
    Class<?> of = part.getType();
    if (of.isEnum()) {
      return (KeyCodec<Object>) KeyCodec.enums((Class) of);
    }
    if (of.isRecord()) {
      return (KeyCodec<Object>) (KeyCodec<?>) new RecordKeyCodec<>((Class<? extends Record>) of);
    }
    KeyCodec<?> simple = SIMPLE.get(of);
    if (simple == null) {
      throw new IllegalArgumentException(
          "component "
              + part.getName()
              + " of "
              + type.getName()
              + " is a "
              + of.getName()
              + ", which has no text of its own: write a KeyCodec for this record");
    }
    return (KeyCodec<Object>) simple;
  }

  @Override
  public String encode(R key) {
    StringBuilder text = new StringBuilder();
    for (Component component : components) {
      Object part = get(component, key);
      if (part == null) {
        text.append(NULL);
      } else {
        String one = component.codec().encode(part);
        text.append(one.length()).append(':').append(one);
      }
    }
    return text.toString();
  }

  private static @Nullable Object get(Component component, Record key) {
    try {
      return component.accessor().invoke(key);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component.accessor(), e);
    }
  }

  @Override
  public R decode(String text) {
    @Nullable Object[] parts = new Object[components.size()];
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      if (text.startsWith(NULL, at)) {
        at += NULL.length();
        continue;
      }
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw notOne(text, null);
      }
      try {
        int end = colon + 1 + Integer.parseInt(text, at, colon, 10);
        parts[i] = components.get(i).codec().decode(text.substring(colon + 1, end));
        at = end;
      } catch (RuntimeException e) {
        throw notOne(text, e);
      }
    }
    if (at != text.length()) {
      throw notOne(text, null);
    }
    try {
      return constructor.newInstance(parts);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw notOne(text, e);
    }
  }

  private IllegalArgumentException notOne(String text, @Nullable Exception cause) {
    return new IllegalArgumentException("not the text of a " + type.getName() + ": " + text, cause);
  }
}
