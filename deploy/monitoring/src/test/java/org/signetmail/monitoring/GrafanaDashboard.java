package org.signetmail.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dashboard as Grafana reads it from its JSON; what is drawn and tried here is what Grafana is given. */
record GrafanaDashboard(String title, String description, List<Panel> panels) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LABEL = Pattern.compile("\\{\\{ *([a-z_]+) *}}");

    /** A row's heading, or a graph; both have their place in a grid of 24 columns. */
    record Panel(String title, String description, String unit, boolean stack, Place place, List<Target> targets) {
        boolean isHeading() {
            return targets.isEmpty();
        }
    }

    record Place(int x, int y, int width, int height) {}

    /** A query, and what its lines are called. */
    record Target(String expression, String legend) {
        /** The expression as Grafana sends it, with a range of its choice in place of the variable. */
        String expression(String rateInterval) {
            return expression.replace("$__rate_interval", rateInterval);
        }

        /** Name of a line with these labels. */
        String legend(JsonNode labels) {
            Matcher label = LABEL.matcher(legend);
            return label.replaceAll(found ->
                    Matcher.quoteReplacement(labels.path(found.group(1)).asText("")));
        }
    }

    static GrafanaDashboard read(String name) {
        try {
            JsonNode root = JSON.readTree(Dashboard.json(name).toFile());
            var panels = new ArrayList<Panel>();
            root.path("panels").forEach(panel -> panels.add(panel(panel)));
            return new GrafanaDashboard(
                    root.path("title").asText(), root.path("description").asText(), panels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Panel panel(JsonNode panel) {
        JsonNode grid = panel.path("gridPos");
        JsonNode defaults = panel.at("/fieldConfig/defaults");
        var targets = new ArrayList<Target>();
        panel.path("targets")
                .forEach(target -> targets.add(new Target(
                        target.path("expr").asText(),
                        target.path("legendFormat").asText())));
        return new Panel(
                panel.path("title").asText(),
                panel.path("description").asText(),
                defaults.path("unit").asText(),
                defaults.at("/custom/stacking/mode").asText().equals("normal"),
                new Place(
                        grid.path("x").asInt(),
                        grid.path("y").asInt(),
                        grid.path("w").asInt(),
                        grid.path("h").asInt()),
                targets);
    }
}
