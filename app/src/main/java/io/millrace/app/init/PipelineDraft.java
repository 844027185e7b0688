package io.millrace.app.init;

import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pipeline file for a source, guessed from what the source says and from its first rows. It holds no value of a row, so that
 * it may be kept where the data may not.
 */
public final class PipelineDraft {
    private final SourceAddress address;
    private final Map<String, Object> settings;
    private final SampledSource sample;
    private final Guess guess;

    private PipelineDraft(SourceAddress address, Map<String, Object> settings, SampledSource sample, Guess guess) {
        this.address = address;
        this.settings = settings;
        this.sample = sample;
        this.guess = guess;
    }

    /** Connects, samples and guesses; failures are those of the source. */
    public static PipelineDraft of(SourceAddress address, Environment environment, Catalog catalog) {
        SourceVariants.Answer answer = SourceVariants.find(address, environment, catalog);
        return new PipelineDraft(
                address,
                answer.settings(),
                answer.sample(),
                Guess.of(answer.sample(), takesEpochs(address, answer.settings()), address.subject()));
    }

    /** Sources of JSON are told by their schema which numbers are times. */
    private static boolean takesEpochs(SourceAddress address, Map<String, Object> settings) {
        return switch (address.connector()) {
            case "http" -> true;
            case "kafka" -> isJson(settings);
            default -> "json_lines".equals(format(settings));
        };
    }

    private static boolean isJson(Map<String, Object> kafka) {
        return kafka.getOrDefault("value", "json").equals("json");
    }

    private static String format(Map<String, Object> settings) {
        String path = String.valueOf(settings.get("path"));
        String ending = path.matches("(?i).*\\.(jsonl|ndjson|json)(\\.gz|\\.zst)?") ? "json_lines" : "";
        return settings.getOrDefault("format", ending).toString();
    }

    /** What was found, a line each, for people. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        findings.add(sample.description() + ": " + guess.columns().size() + " columns, " + guess.sampled()
                + " rows looked at");
        findings.add(
                guess.key().isEmpty()
                        ? "key          none found; name one under deduplicate where rows may come twice"
                        : "key          " + String.join(", ", guess.key())
                                + (guess.keyKnown() ? ", the primary key" : ", by its name and values"));
        findings.add("time column  " + guess.timeColumn().orElse("none found; --start and --end need one"));
        long converted = guess.columns().stream()
                .filter(column -> column.conversion().isPresent())
                .count();
        if (converted > 0) {
            findings.add("types        " + converted + " of the text columns hold something else, and are converted");
        }
        if (guess.unreadable() > 0) {
            findings.add("unreadable   " + guess.unreadable() + " rows, which a run would reject");
        }
        return findings;
    }

    /**
     * The pipeline file.
     *
     * @param declared whether columns whose types were inferred are written as declared; without, every run infers them anew
     */
    public String text(boolean declared) {
        YamlLines lines = new YamlLines();
        lines.comment(
                0,
                "A first guess of 'millrace init', from " + count(guess.sampled(), "row")
                        + " of the source. Read it, change it, then:");
        lines.comment(0, "  millrace preview FILE      what the first rows become, step by step");
        lines.comment(0, "  millrace run FILE          again and again: what was finished is not doubled");
        lines.entry(0, "pipeline", address.pipelineName(), "");
        lines.blank();
        lines.add(0, "extract:").add(2, address.connector() + ":");
        settings.forEach((key, value) -> lines.entry(4, key, value, ""));
        columns(lines, declared);
        time(lines);
        steps(lines);
        load(lines);
        return lines.text();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private boolean declaresSchema() {
        return switch (address.connector()) {
            case "http" -> true;
            case "kafka" -> isJson(settings);
            case "files", "s3" -> !settings.containsKey("schema") && !isParquet();
            default -> false;
        };
    }

    private boolean isParquet() {
        String path = String.valueOf(settings.get("path"));
        return settings.getOrDefault("format", "").equals("parquet") || path.endsWith(".parquet");
    }

    private void columns(YamlLines lines, boolean declared) {
        if (settings.containsKey("schema") || settings.containsKey("columns")) {
            return;
        }
        if (declared && declaresSchema()) {
            lines.add(4, "schema:");
            for (ColumnGuess column : guess.columns()) {
                Object type = column.epoch().isPresent()
                        ? "{type: timestamp, epoch: " + column.epoch().get() + "}"
                        : column.type().toString();
                lines.add(6, YamlLines.name(column.name()) + ": " + type, remark(column));
            }
        } else if (!List.of("kafka", "http").contains(address.connector())) {
            lines.add(4, "columns:");
            for (ColumnGuess column : guess.columns()) {
                String remark = column.type() + (column.nullable() ? "" : " not null");
                String nulls = remark(column);
                lines.add(6, "- " + YamlLines.name(column.name()), nulls.isEmpty() ? remark : remark + "; " + nulls);
            }
        }
    }

    private String remark(ColumnGuess column) {
        List<String> parts = new ArrayList<>();
        if (guess.keyKnown() && guess.key().contains(column.name())) {
            parts.add("primary key");
        }
        if (column.nulls() > 0 && column.nulls() == guess.sampled()) {
            parts.add("always null in the sample");
        } else if (column.nulls() > 0) {
            parts.add(Math.max(1, Math.round(100.0 * column.nulls() / guess.sampled())) + " % null");
        }
        return String.join("; ", parts);
    }

    private void time(YamlLines lines) {
        if (address.connector().equals("kafka")) {
            lines.comment(4, "from: position          takes only what has come since the previous run");
            return;
        }
        if (settings.containsKey("time_column")) {
            return;
        }
        if (guess.timeColumn().isPresent()) {
            lines.entry(4, "time_column", guess.timeColumn().get(), "--start and --end act on it");
        }
        switch (address.connector()) {
            case "postgres" -> lines.comment(
                    4, "incremental: snapshot   takes only what is new since the previous run; with load.mode append");
            case "http" -> lines.comment(
                    4, "pagination: {cursor: {path: next, param: cursor}}   where one answer does not hold everything");
            default -> lines.comment(
                    4, "incremental: true       takes only what is new since the previous run; with load.mode append");
        }
    }

    private void steps(YamlLines lines) {
        Map<String, Object> types = new LinkedHashMap<>();
        for (ColumnGuess column : guess.columns()) {
            column.conversion().ifPresent(type -> types.put(column.name(), type));
        }
        boolean twice = !guess.key().isEmpty() && !guess.keyKnown();
        lines.blank().add(0, "transform:");
        lines.add(2, "- clean:", "text is trimmed; a value that does not convert is a reject, never a null");
        if (types.isEmpty()) {
            lines.add(6, "strings: {trim: true}");
        } else {
            lines.add(6, "types:", "as all sampled values could be converted; zone: UTC unless one is named");
            types.forEach((name, type) -> lines.add(8, YamlLines.name(name) + ": " + type(type)));
        }
        guess.columns().stream()
                .filter(column -> column.nulls() > 0 && column.nulls() < guess.sampled())
                .findFirst()
                .ifPresent(column -> lines.comment(
                        6,
                        "nulls: {" + YamlLines.name(column.name())
                                + ": reject}   keep (the default), drop_row, reject, {default: …}"));
        if (twice) {
            lines.add(
                    2,
                    "- deduplicate: {key: ["
                            + String.join(
                                    ", ",
                                    guess.key().stream().map(YamlLines::name).toList()) + "]}",
                    "the key was guessed");
        }
    }

    private static String type(Object type) {
        return type instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> "{" + entry.getKey() + ": \"" + entry.getValue() + "\"}")
                        .findFirst()
                        .orElseThrow()
                : type.toString();
    }

    private void load(YamlLines lines) {
        lines.blank().add(0, "load:").add(2, "parquet:");
        lines.entry(4, "path", "lake/" + address.pipelineName(), "beside this file; or s3://bucket/prefix");
        lines.entry(4, "mode", "overwrite", "or append, overwrite_partitions with partition_by");
        guess.timeColumn().filter(time -> time.matches("[a-z_][a-z0-9_]*")).ifPresent(time -> lines.comment(
                        0, "Day by day, with --start and --end: add the step")
                .comment(0, "  - derive: {day: CAST(" + time + " AS DATE)}")
                .comment(0, "and load with partition_by: [day], mode: overwrite_partitions"));
    }
}
