package io.millrace.engines.flink;

import java.util.List;

/**
 * A file of rows on their way to a target.
 *
 * @param file its name in the folder of what is pending
 * @param schema of its rows
 */
record Spool(String file, long rows, List<SpoolField> schema) {
    /** One column; the type as pipeline files write it. */
    record SpoolField(String name, String type, boolean nullable) {}
}
