package io.millrace.core.metrics;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Samples as Prometheus's text format, version 0.0.4, has them: those of a metric together, in the order of {@link Metric}. */
final class Exposition {
    private final Map<Metric, Map<String, Double>> samples = new EnumMap<>(Metric.class);

    /**
     * Adds a sample. Counters of equal labels are summed: a pipeline may have run in batches and as a stream.
     *
     * @param labels names and values by turns
     */
    void add(Metric metric, double value, String... labels) {
        StringBuilder line = new StringBuilder(metric.text());
        for (int i = 0; i < labels.length; i += 2) {
            line.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        line.append(labels.length == 0 ? "" : "}");
        samples.computeIfAbsent(metric, none -> new LinkedHashMap<>())
                .merge(line.toString(), value, metric.type() == Metric.Type.COUNTER ? Double::sum : (old, now) -> now);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        samples.forEach((metric, lines) -> {
            text.append("# HELP ")
                    .append(metric.text())
                    .append(' ')
                    .append(metric.help())
                    .append('\n');
            text.append("# TYPE ")
                    .append(metric.text())
                    .append(' ')
                    .append(metric.type().label())
                    .append('\n');
            lines.forEach((name, value) ->
                    text.append(name).append(' ').append(number(value)).append('\n'));
        });
        return text.toString();
    }
}
