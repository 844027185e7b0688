package io.millrace.connectors.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.internal.actions.AddFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Between which borders the keys of some files lie, by their statistics: files outside of all of them need not be read. */
record KeyRanges(List<String> key, List<JsonNode> statistics) {
    static KeyRanges of(List<String> key, List<DataFile> files) {
        return new KeyRanges(
                key,
                files.stream()
                        .map(file -> LogStatistics.parse(file.statistics()))
                        .toList());
    }

    /** False where the file has no row with one of the keys for certain. */
    boolean mayTouch(AddFile file) {
        JsonNode other = LogStatistics.of(file);
        return statistics.stream().anyMatch(own -> key.stream().allMatch(column -> overlap(column, own, other)));
    }

    private static boolean overlap(String column, JsonNode own, JsonNode other) {
        return !isBelow(
                        own.path("maxValues").path(column),
                        other.path("minValues").path(column))
                && !isBelow(
                        other.path("maxValues").path(column),
                        own.path("minValues").path(column));
    }

    /** False where that is not known: times, for instance, are written in more than one way. */
    private static boolean isBelow(JsonNode largest, JsonNode smallest) {
        if (largest.isNumber() && smallest.isNumber()) {
            return largest.decimalValue().compareTo(smallest.decimalValue()) < 0;
        }
        return largest.isTextual()
                && smallest.isTextual()
                && Optional.of(largest.textValue())
                        .filter(text -> !text.contains("T") || !text.contains(":"))
                        .map(text -> compareBytes(text, smallest.textValue()) < 0)
                        .orElse(false);
    }

    /** In the order of UTF-8 bytes, which is that of code points. */
    private static int compareBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
