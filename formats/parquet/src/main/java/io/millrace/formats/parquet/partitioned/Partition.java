package io.millrace.formats.parquet.partitioned;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One combination of values of the partition columns.
 *
 * @param folder such as {@code date=2024-01-01/country=de}, in Hive's escaping; empty where the target has no partitions
 * @param values the values' texts in the order of the columns, unescaped; null for a null. An empty text is as it came,
 *     though its folder is that of null
 */
public record Partition(String folder, List<String> values) {
    /** All rows, where the target has no partitions. */
    public static final Partition NONE = new Partition("", List.of());

    public Partition {
        // List.copyOf refuses nulls.
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
