package io.millrace.connectors.http;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of requests in a stretch of time, spread evenly: {@code 10/s}, {@code 100/m}, {@code 5000/h}. */
record RateLimit(int requests, Duration per) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})/(s|m|h)");

    /** The time between two requests. */
    Duration interval() {
        return per.dividedBy(requests);
    }

    /** Reads the written form; for the binder of pipeline files. */
    static RateLimit fromYaml(Object value) {
        Matcher matcher = TEXT.matcher(value.toString().replace(" ", ""));
        if (!(value instanceof String) || !matcher.matches()) {
            throw new IllegalArgumentException("must be a rate such as 10/s, 100/m or 5000/h; found '" + value + "'");
        }
        Duration per =
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(1);
                    case "m" -> Duration.ofMinutes(1);
                    default -> Duration.ofHours(1);
                };
        return new RateLimit(Integer.parseInt(matcher.group(1)), per);
    }

    /** The JSON Schema of the written form; for the schema of pipeline files. */
    static Map<String, Object> yamlSchema() {
        return Map.of("type", "string", "pattern", "^[1-9][0-9]{0,6} ?/ ?(s|m|h)$");
    }

    @Override
    public String toString() {
        return requests + "/" + (per.toSeconds() == 1 ? "s" : per.toSeconds() == 60 ? "m" : "h");
    }
}
