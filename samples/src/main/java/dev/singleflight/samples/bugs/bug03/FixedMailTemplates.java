package dev.singleflight.samples.bugs.bug03;

import dev.singleflight.SingleflightGroup;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the mails that a shop sends to its customers, each shop in wording of its own.
 *
 * <p>The key says whose template it is. Two shops that need "welcome" at the same moment have keys
 * that are not equal, and make two loads.
 */
public final class FixedMailTemplates {
  private final SingleflightGroup<TemplateKey, Template> templates = SingleflightGroup.create();
  private final TemplateTable table;

  public FixedMailTemplates(TemplateTable table) {
    this.table = table;
  }

  public String render(String tenantId, String name, Map<String, String> values)
      throws SQLException {
    TemplateKey key = new TemplateKey(tenantId, name.toLowerCase(Locale.ROOT));
    Template template = templates.execute(key, this::read);
    return template.fill(values);
  }

  private Template read(TemplateKey key) throws SQLException {
    return new Template(table.select(key.tenantId(), key.name()));
  }

  private record TemplateKey(String tenantId, String name) {}

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
