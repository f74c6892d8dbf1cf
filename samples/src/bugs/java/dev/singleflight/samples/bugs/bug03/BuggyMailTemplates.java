package dev.singleflight.samples.bugs.bug03;

import dev.singleflight.SingleflightGroup;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the mails that a shop sends to its customers, each shop in wording of its own.
 *
 * <p>Every shop has a template called "welcome". While one shop's is being read, a mail of another
 * shop that needs "welcome" too joins that load, and goes out with a competitor's name and logo.
 */
public final class BuggyMailTemplates {
  private final SingleflightGroup<String, Template> templates = SingleflightGroup.create();
  private final TemplateTable table;

  public BuggyMailTemplates(TemplateTable table) {
    this.table = table;
  }

  public String render(String tenantId, String name, Map<String, String> values)
      throws SQLException {
    String key = name.toLowerCase(Locale.ROOT);
    // flagged: SingleflightTenantMissingFromKey
    Template template = templates.execute(key, () -> read(tenantId, key));
    return template.fill(values);
  }

  private Template read(String tenantId, String name) throws SQLException {
    return new Template(table.select(tenantId, name));
  }

  /** The templates of all shops. */
  public interface TemplateTable {
    String select(String tenantId, String name) throws SQLException;
  }

  /** Text with places to fill, such as <code>{customer}</code>. */
  public record Template(String text) {
    String fill(Map<String, String> values) {
      String filled = text;
      for (Map.Entry<String, String> value : values.entrySet()) {
        filled = filled.replace("{" + value.getKey() + "}", value.getValue());
      }
      return filled;
    }
  }
}
