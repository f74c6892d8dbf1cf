package dev.singleflight.samples.tasks.task09;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A panel of a Grafana dashboard.
 *
 * @param title what is written above it
 * @param queries what it shows
 */
record Panel(String title, List<Query> queries) {

  /**
   * A query of a panel.
   *
   * @param expression in PromQL, with Grafana's variables
   * @param legend how its lines are named: labels in double braces are replaced
   */
  record Query(String expression, String legend) {

    /** Returns the expression with the variables that Grafana would replace, for all groups. */
    String forPrometheus(String rateInterval) {
      return expression.replace("$__rate_interval", rateInterval).replace("$group", ".*");
    }
  }

  /** Reads the panels of a dashboard, in its order. */
  static List<Panel> of(Path dashboard) throws IOException {
    List<Panel> panels = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(dashboard.toFile()).required("panels")) {
      List<Query> queries = new ArrayList<>();
      for (JsonNode target : panel.required("targets")) {
        queries.add(
            new Query(
                target.required("expr").textValue(), target.required("legendFormat").textValue()));
      }
      panels.add(new Panel(panel.required("title").textValue(), queries));
    }
    return panels;
  }
}
