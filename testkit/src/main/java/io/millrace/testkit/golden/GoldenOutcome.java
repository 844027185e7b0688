package io.millrace.testkit.golden;

import io.millrace.api.Counts;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;

/**
 * What an engine made of a case.
 *
 * @param columns of the rows
 * @param rows in any order, in the objects that {@link io.millrace.api.data.DataType} names
 * @param rejects in any order
 * @param counts of the whole run
 * @param warnings that the run ends with
 */
public record GoldenOutcome(
        Schema columns,
        List<Map<String, Object>> rows,
        List<GoldenReject> rejects,
        Counts counts,
        List<String> warnings) {}
