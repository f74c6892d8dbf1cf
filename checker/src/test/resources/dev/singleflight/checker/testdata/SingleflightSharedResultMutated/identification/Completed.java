package test;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is cached is completed on demand, or told what changes nothing of it. */
class Completed {
  interface Schema {
    Map<String, String> columns(String table);

    String column(String table, String name);

    List<Field> fields(Class<?> type);
  }

  private final Map<String, Map<String, String>> columns = new ConcurrentHashMap<>();
  private final Map<Class<?>, List<Field>> fields = new HashMap<>();
  private final Schema schema;

  Completed(Schema schema) {
    this.schema = schema;
  }

  private void fill(String table) {
    if (!columns.containsKey(table)) {
      columns.put(table, schema.columns(table));
    }
  }

  String column(String table, String name) {
    fill(table);
    Map<String, String> known = columns.get(table);
    String column = known.get(name);
    if (column == null) {
      column = schema.column(table, name);
      known.put(name, column);
    }
    return column;
  }

  Map<String, String> columnsWith(String table, String name, String type) {
    fill(table);
    Map<String, String> all = columns.get(table);
    // BUG: Diagnostic contains: changes what 'columns.get' gave
    all.put(name, type);
    return all;
  }

  Object valueBy(Object object) throws IllegalAccessException {
    List<Field> known = fields.computeIfAbsent(object.getClass(), schema::fields);
    for (Field field : known) {
      accessible(field);
    }
    return known.get(0).get(object);
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    if (!member.isAccessible()) {
      member.setAccessible(true);
    }
    return member;
  }

  Object value(Object object) throws IllegalAccessException {
    List<Field> known = fields.get(object.getClass());
    if (known == null) {
      known = schema.fields(object.getClass());
      fields.put(object.getClass(), known);
    }
    for (Field field : known) {
      field.setAccessible(true);
      if (field.get(object) != null) {
        return field.get(object);
      }
    }
    return null;
  }

  interface Values {
    void setNextDocument(int document);

    void setText(String text);

    void setShown(boolean shown);
  }

  interface Source {
    Values values(String name);
  }

  static final class Lookup {
    private final Map<String, Values> valueCache = new HashMap<>();
    private final Source source;

    Lookup(Source source) {
      this.source = source;
    }

    Values at(String name, int document) {
      Values values = valueCache.get(name);
      if (values == null) {
        values = source.values(name);
        valueCache.put(name, values);
      }
      values.setNextDocument(document);
      return values;
    }

    Values shown(String name) {
      Values values = valueCache.get(name);
      values.setShown(true);
      return values;
    }

    Values with(String name, String text) {
      Values values = valueCache.get(name);
      // BUG: Diagnostic contains: changes what 'valueCache.get' gave
      values.setText(text);
      return values;
    }
  }

  /** Puts one plan together, and takes from the candidates what it has used. */
  static final class PlanBuilder {
    private final Map<String, List<String>> candidates = new HashMap<>();
    private final Schemas schemas;

    PlanBuilder(Schemas schemas) {
      this.schemas = schemas;
    }

    String next(String table) {
      List<String> all = candidates.computeIfAbsent(table, schemas::names);
      return all.remove(0);
    }
  }

  static final class Plans {
    private final Map<String, List<String>> candidates = new HashMap<>();
    private final Schemas schemas;

    Plans(Schemas schemas) {
      this.schemas = schemas;
    }

    String next(String table) {
      List<String> all = candidates.computeIfAbsent(table, schemas::names);
      // BUG: Diagnostic contains: changes what 'candidates.computeIfAbsent' gave
      return all.remove(0);
    }
  }

  interface Schemas {
    List<String> names(String table);
  }
}
