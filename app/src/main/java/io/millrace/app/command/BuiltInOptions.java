package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import io.millrace.features.BuiltInViews;
import io.millrace.features.CarriedFeatures;
import io.millrace.features.FeatureView;
import io.millrace.features.FeaturesFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where a built-in view that is run without a file reads and writes. */
final class BuiltInOptions {
    /** Both daily aggregations, told apart by the type. */
    private static final String DAILY = "daily_aggregation";

    private static final String REMOTE = "s3://";

    enum Entity {
        USER,
        ITEM
    }

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "Of a built-in view: files, a folder, a Delta table or s3://….")
    private String input;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Of a built-in view: the folder or Delta table of its days.")
    private String output;

    @Option(
            names = "--type",
            paramLabel = "user|item",
            description = "Which one builtin:daily_aggregation is (default: user).")
    private Entity type;

    @Option(
            names = "--time-column",
            paramLabel = "COLUMN",
            description = "Of a built-in view: the events' time (default: timestamp).")
    private String timeColumn;

    String output() {
        return output;
    }

    /** Refuses them for a view that has a file. */
    void refuse() {
        if (input != null || output != null || type != null || timeColumn != null) {
            throw MillraceException.user(
                    "--input, --output, --type and --time-column are for built-in views; the file says"
                            + " where its events are and where values go");
        }
    }

    CarriedFeatures.Loaded load(String asked, List<String> sets, PluginOption plugins) {
        String name = name(asked);
        if (input == null || output == null) {
            throw MillraceException.user(
                    "a built-in view needs --input and --output; or write a features file that says" + " extends: "
                            + BuiltInViews.PREFIX + name);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(FeaturesFile.KEY, name);
        document.put("extends", BuiltInViews.PREFIX + name);
        Map<String, Object> events = new LinkedHashMap<>();
        events.put("batch", source());
        if (timeColumn != null) {
            events.put("time", timeColumn);
        }
        document.put("events", events);
        document.put("load", Map.of("batch", target()));
        return CarriedFeatures.ofMap(document, sets, Environment.ofProcess(), plugins.catalog(StateOption.here()));
    }

    private String name(String asked) {
        if (!asked.equals(DAILY)) {
            if (type != null) {
                throw MillraceException.user("--type goes with " + BuiltInViews.PREFIX + DAILY);
            }
            return asked;
        }
        return type == Entity.ITEM ? "daily_item_aggregation" : "daily_user_aggregation";
    }

    private Map<String, Object> source() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("path", input);
        settings.put("time_column", timeColumn == null ? BuiltInViews.TIME : timeColumn);
        if (isDelta(input)) {
            return Map.of("delta", settings);
        }
        settings.put("format", format());
        return Map.of(input.startsWith(REMOTE) ? "s3" : "files", settings);
    }

    /** As the names of the files say. */
    private String format() {
        if (input.startsWith(REMOTE) || !Files.isDirectory(Path.of(input))) {
            return format(input).orElse("parquet");
        }
        try (Stream<Path> files = Files.walk(Path.of(input))) {
            return files.flatMap(file -> format(file.toString()).stream())
                    .findFirst()
                    .orElse("parquet");
        } catch (IOException | UncheckedIOException failed) {
            throw MillraceException.user("--input " + input + " cannot be read (" + failed.getMessage() + ")");
        }
    }

    private static Optional<String> format(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst)$", "");
        if (plain.endsWith(".csv")) {
            return Optional.of("csv");
        }
        if (plain.matches(".*\\.(jsonl|ndjson|json)")) {
            return Optional.of("json_lines");
        }
        return plain.endsWith(".parquet") ? Optional.of("parquet") : Optional.empty();
    }

    private Map<String, Object> target() {
        return Map.of(
                isDelta(output) ? "delta" : "parquet",
                Map.of("path", output, "partition_by", List.of(FeatureView.DATE), "mode", "overwrite_partitions"));
    }

    private static boolean isDelta(String path) {
        return !path.startsWith(REMOTE) && Files.isDirectory(Path.of(path, "_delta_log"));
    }
}
