package io.millrace.testkit.golden;

import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must come of a case: rows, rejects and counts, or an error.
 *
 * @param columns of the result with their order and types, where the case says them
 * @param filtered rows that a filter or a {@code drop_row} leaves out
 * @param deduplicated rows left out for another one of their key
 * @param warnings that the run ends with
 * @param error a part of the message with which the steps are refused; then nothing else is expected
 */
public record GoldenExpectation(
        Optional<Schema> columns,
        List<Object> plainRows,
        List<GoldenReject> rejects,
        long filtered,
        long deduplicated,
        List<String> warnings,
        Optional<String> error) {
    public GoldenExpectation {
        plainRows = Collections.unmodifiableList(new ArrayList<>(plainRows));
        rejects = List.copyOf(rejects);
        warnings = List.copyOf(warnings);
    }

    /** The rows, in values of the types that came out. */
    public List<Map<String, Object>> rows(Schema output) {
        return Cells.records(plainRows, output);
    }
}
