package org.signetmail.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Grafana's JSON of a dashboard (schema 39, Grafana 10 or later): what stands in the source, and for all panels alike what
 * does not. The data source is a variable, so that it can be imported anywhere.
 */
final class GrafanaJson {
    private static final int SCHEMA = 39;
    private static final int COLUMNS = 24;
    private static final int HEIGHT = 8;
    private static final int FILLED = 30;
    private static final int LINES_ONLY = 8;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private int id;
    private int y;

    private GrafanaJson() {}

    static String of(Dashboard dashboard) {
        try {
            return JSON.writer(PRETTY).writeValueAsString(new GrafanaJson().write(dashboard)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode write(Dashboard dashboard) {
        ObjectNode root = JSON.createObjectNode();
        root.put("title", dashboard.title());
        root.put("uid", dashboard.uid());
        root.put("description", dashboard.description());
        root.putArray("tags").add("signet");
        root.put("schemaVersion", SCHEMA);
        root.put("version", 1);
        root.put("editable", false);
        root.put("graphTooltip", 1); // one cross-hair through all panels
        root.put("refresh", "30s");
        root.putObject("time").put("from", "now-3h").put("to", "now");
        root.putObject("templating")
                .putArray("list")
                .addObject()
                .put("name", "datasource")
                .put("label", "Prometheus")
                .put("type", "datasource")
                .put("query", "prometheus");
        root.putArray("links")
                .addObject()
                .put("type", "dashboards")
                .put("title", "Signet")
                .put("asDropdown", true)
                .put("includeVars", true)
                .put("keepTime", true)
                .putArray("tags")
                .add("signet");
        ArrayNode panels = root.putArray("panels");
        dashboard.rows().forEach(row -> row(panels, row));
        return root;
    }

    private void row(ArrayNode panels, Dashboard.Row row) {
        ObjectNode heading = panels.addObject();
        heading.put("id", ++id);
        heading.put("type", "row");
        heading.put("title", row.title());
        place(heading, 0, COLUMNS, 1);
        heading.put("collapsed", false);
        heading.putArray("panels");
        y++;
        int width = COLUMNS / row.panels().size();
        int x = 0;
        for (Dashboard.Panel panel : row.panels()) {
            panel(panels.addObject(), panel, x, width);
            x += width;
        }
        y += HEIGHT;
    }

    private void place(ObjectNode panel, int x, int width, int height) {
        panel.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    }

    private void panel(ObjectNode node, Dashboard.Panel panel, int x, int width) {
        node.put("id", ++id);
        node.put("type", "timeseries");
        node.put("title", panel.title());
        node.put("description", panel.description());
        place(node, x, width, HEIGHT);
        dataSource(node);
        ArrayNode targets = node.putArray("targets");
        panel.queries().forEach((legend, expression) -> {
            ObjectNode target = targets.addObject();
            target.put("refId", Character.toString('A' + targets.size() - 1));
            dataSource(target);
            target.put("expr", expression);
            target.put("legendFormat", legend);
            target.put("exemplar", expression.contains("_bucket"));
        });
        ObjectNode fields = node.putObject("fieldConfig");
        ObjectNode defaults = fields.putObject("defaults");
        defaults.put("unit", panel.unit());
        defaults.put("min", 0);
        ObjectNode custom = defaults.putObject("custom");
        custom.put("fillOpacity", panel.stack() ? FILLED : LINES_ONLY);
        custom.put("showPoints", "never");
        custom.putObject("stacking").put("mode", panel.stack() ? "normal" : "none");
        fields.putArray("overrides");
        ObjectNode options = node.putObject("options");
        options.putObject("legend").put("displayMode", "list").put("placement", "bottom");
        options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    }

    private static void dataSource(ObjectNode node) {
        node.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }
}
