package io.millrace.testkit.golden;

import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;

/**
 * Rows, the steps they pass, and what must come of them. Immutable.
 *
 * @param file the file it stands in, below {@code golden}
 * @param columns of the source, in this order
 * @param splits the source's rows; a case that does not say {@code splits} has one
 * @param steps the pipeline file's {@code transform} list as YAML text
 * @param files what lies beside the pipeline file: relative paths and their texts
 */
public record GoldenCase(
        String file,
        String name,
        Schema columns,
        List<List<Map<String, Object>>> splits,
        String steps,
        Map<String, String> files,
        GoldenExpectation expect) {
    public GoldenCase {
        splits = List.copyOf(splits);
        files = Map.copyOf(files);
    }

    public int rowCount() {
        return splits.stream().mapToInt(List::size).sum();
    }

    /** The number by which expectations call a row: its place among all rows of the case, from 0, split after split. */
    public long rowNumber(int split, long ordinal) {
        return splits.stream().limit(split).mapToInt(List::size).sum() + ordinal;
    }

    /** A pipeline that passes these rows through the steps; its connector under both ends is called {@code golden}. */
    public String pipeline() {
        return "pipeline: golden\nextract:\n  golden: {}\ntransform:\n" + steps.indent(2)
                + "load:\n  golden: {}\nrun: {max_error_rate: 1, parallelism: 2, batch_rows: 3}\n";
    }

    @Override
    public String toString() {
        return file + ": " + name;
    }
}
