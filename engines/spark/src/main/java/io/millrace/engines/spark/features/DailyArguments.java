package io.millrace.engines.spark.features;

import io.millrace.api.MillraceException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link DailyAggregation} is told.
 *
 * @param type {@code user} or {@code item}
 * @param inputFormat parquet, delta, csv or json; {@code outputFormat} parquet or delta
 * @param inputOptions of Spark's reader
 */
record DailyArguments(
        LocalDate date,
        String input,
        String output,
        String type,
        String timeColumn,
        ZoneId zone,
        String inputFormat,
        String outputFormat,
        Map<String, String> inputOptions) {
    private static final String USAGE =
            """
            usage: --date YYYY-MM-DD --input PATH --output PATH [--type user|item] [--time-column NAME] [--zone ZONE]
                   [--format parquet|delta|csv|json] [--output-format parquet|delta] [--option NAME=VALUE]…""";

    private static final List<String> NAMES = List.of(
            "--date",
            "--input",
            "--output",
            "--type",
            "--time-column",
            "--zone",
            "--format",
            "--output-format",
            "--option");

    DailyArguments {
        inputOptions = Map.copyOf(inputOptions);
    }

    /** Reads them; a user error with the usage where they are wrong. */
    static DailyArguments parse(String[] words) {
        Map<String, String> given = new HashMap<>();
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < words.length; i += 2) {
            String name = words[i];
            if (!NAMES.contains(name)) {
                throw wrong("there is no option " + name);
            } else if (i + 1 == words.length) {
                throw wrong(name + " needs a value");
            }
            if (name.equals("--option")) {
                int equals = words[i + 1].indexOf('=');
                if (equals < 1) {
                    throw wrong("--option takes NAME=VALUE, and is " + words[i + 1]);
                }
                options.put(words[i + 1].substring(0, equals), words[i + 1].substring(equals + 1));
            } else if (given.put(name, words[i + 1]) != null) {
                throw wrong(name + " is given twice");
            }
        }
        String format = choice(given, "--format", List.of("parquet", "delta", "csv", "json"));
        if (format.equals("csv")) {
            // Columns are found by name, and times are no text.
            options.putIfAbsent("header", "true");
            options.putIfAbsent("inferSchema", "true");
        }
        return new DailyArguments(
                date(required(given, "--date")),
                required(given, "--input"),
                required(given, "--output"),
                choice(given, "--type", List.of("user", "item")),
                given.getOrDefault("--time-column", "timestamp"),
                zone(given.getOrDefault("--zone", "UTC")),
                format,
                choice(given, "--output-format", List.of("parquet", "delta")),
                options);
    }

    private static String required(Map<String, String> given, String name) {
        if (!given.containsKey(name)) {
            throw wrong(name + " is missing");
        }
        return given.get(name);
    }

    /** One of some words, the first of them where there is none. */
    private static String choice(Map<String, String> given, String name, List<String> words) {
        String word = given.getOrDefault(name, words.get(0));
        if (!words.contains(word)) {
            throw wrong(name + " is one of " + String.join(", ", words) + ", and is " + word);
        }
        return word;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw wrong("--date " + text + " is no date; write 2026-01-31");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw wrong("--zone " + text + " is no zone; write Asia/Shanghai or UTC");
        }
    }

    private static MillraceException wrong(String problem) {
        return MillraceException.user(problem + "\n" + USAGE);
    }
}
