package org.signetmail.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYAreaRenderer2;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.RangeType;
import org.jfree.data.time.Second;
import org.jfree.data.time.TimeTableXYDataset;

/** Draws a dashboard as a picture: each panel in its place of the grid, with what Prometheus has for its queries. */
record Picture(Prometheus prometheus, Instant from, Instant to, String rateInterval) {
    private static final int COLUMN = 50;
    private static final int LINE = 26;
    private static final int COLUMNS = 24;
    private static final int HEAD = 44;
    private static final int MARGIN = 12;
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font PANEL = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
    private static final Color[] COLOURS = {
        new Color(0x3274a1), new Color(0xe1812c), new Color(0x3a923a), new Color(0xc03d3e), new Color(0x9372b2),
        new Color(0x845b53), new Color(0xd684bd), new Color(0x7f7f7f), new Color(0xa9aa35), new Color(0x2eabb8)
    };

    void draw(GrafanaDashboard dashboard, Path file) throws IOException {
        int height = dashboard.panels().stream()
                .mapToInt(panel -> panel.place().y() + panel.place().height())
                .max()
                .orElse(0);
        var image = new BufferedImage(COLUMNS * COLUMN, HEAD + height * LINE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        text(graphics, dashboard.title(), TITLE, MARGIN, HEAD - 16);
        dashboard.panels().forEach(panel -> draw(graphics, panel));
        graphics.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private void draw(Graphics2D graphics, GrafanaDashboard.Panel panel) {
        GrafanaDashboard.Place place = panel.place();
        var area = new Rectangle2D.Double(
                place.x() * COLUMN, HEAD + place.y() * LINE, place.width() * COLUMN, place.height() * LINE);
        if (panel.isHeading()) {
            text(graphics, panel.title(), HEADING, MARGIN, (int) area.getMaxY() - 6);
        } else {
            chart(panel).draw(graphics, area);
        }
    }

    private static void text(Graphics2D graphics, String text, Font font, int x, int y) {
        graphics.setFont(font);
        graphics.setColor(Color.DARK_GRAY);
        graphics.drawString(text, x, y);
    }

    private JFreeChart chart(GrafanaDashboard.Panel panel) {
        var time = new DateAxis(null);
        time.setRange(Date.from(from), Date.from(to));
        time.setDateFormatOverride(new SimpleDateFormat("HH:mm:ss", Locale.ROOT));
        time.setTickLabelFont(SMALL);
        var values = new NumberAxis(null);
        values.setNumberFormatOverride(new UnitFormat(panel.unit()));
        values.setTickLabelFont(SMALL);
        values.setAutoRangeIncludesZero(true);
        values.setRangeType(RangeType.POSITIVE);
        values.setAutoRangeMinimumSize(panel.unit().equals("percentunit") ? 0.01 : 0.001);
        TimeTableXYDataset data = data(panel);
        XYItemRenderer renderer =
                panel.stack() ? new StackedXYAreaRenderer2() : new XYLineAndShapeRenderer(true, false);
        for (int series = 0; series < data.getSeriesCount(); series++) {
            renderer.setSeriesPaint(series, COLOURS[series % COLOURS.length]);
            renderer.setSeriesStroke(series, new BasicStroke(1.6f));
        }
        var plot = new XYPlot(data, time, values, renderer);
        plot.setBackgroundPaint(new Color(0xf7f7f7));
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setOutlineVisible(false);
        var chart = new JFreeChart(panel.title(), PANEL, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getLegend().setItemFont(SMALL);
        chart.getLegend().setFrame(BlockBorder.NONE);
        return chart;
    }

    private TimeTableXYDataset data(GrafanaDashboard.Panel panel) {
        var data = new TimeTableXYDataset();
        for (GrafanaDashboard.Target target : panel.targets()) {
            for (JsonNode series : prometheus.range(target.expression(rateInterval), from, to, STEP)) {
                String legend = target.legend(series.path("metric"));
                series.path("values").forEach(value -> {
                    double figure = Double.parseDouble(value.path(1).asText().replace("+Inf", "NaN"));
                    if (Double.isFinite(figure)) {
                        var second = new Second(
                                Date.from(Instant.ofEpochSecond(value.path(0).asLong())));
                        data.add(second, figure, legend, false);
                    }
                });
            }
        }
        return data;
    }

    /** Numbers as Grafana writes them by its units. */
    private static final class UnitFormat extends NumberFormat {
        private static final long serialVersionUID = 1;
        private static final double MIB = 1024 * 1024;
        private static final double MILLI = 1000;

        private final String unit;
        private final DecimalFormat plain = new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));

        UnitFormat(String unit) {
            this.unit = unit;
        }

        @Override
        public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
            return to.append(
                    switch (unit) {
                        case "s" -> number < 1 ? plain.format(number * MILLI) + " ms" : plain.format(number) + " s";
                        case "ms" -> plain.format(number) + " ms";
                        case "bytes" -> plain.format(number / MIB) + " MiB";
                        case "percentunit" -> plain.format(number * 100) + " %";
                        case "reqps" -> plain.format(number) + "/s";
                        default -> plain.format(number);
                    });
        }

        @Override
        public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
            return format((double) number, to, position);
        }

        @Override
        public Number parse(String text, ParsePosition position) {
            throw new UnsupportedOperationException("Only written, never read");
        }
    }
}
