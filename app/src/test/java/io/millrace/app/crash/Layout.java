package io.millrace.app.crash;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** How the target of a test's pipeline is written. */
public enum Layout {
    APPEND("append", ""),
    APPEND_PARTITIONED("append", "event_type"),
    OVERWRITE("overwrite", ""),
    OVERWRITE_PARTITIONS("overwrite_partitions", "event_type");

    private final String mode;
    private final String partitionBy;

    Layout(String mode, String partitionBy) {
        this.mode = mode;
        this.partitionBy = partitionBy;
    }

    static Layout any(RandomGenerator random) {
        return values()[random.nextInt(values().length)];
    }

    /** True where rows that were there before are replaced. */
    boolean overwrites() {
        return this == OVERWRITE || this == OVERWRITE_PARTITIONS;
    }

    /** The example pipeline, cut into small splits and batches. */
    public String pipeline(int workers, int splitRows, int batchRows) {
        return String.format(
                Locale.ROOT,
                """
                pipeline: crash
                extract:
                  postgres:
                    url: ${env:PGURL}
                    user: ${env:PGUSER}
                    password: ${env:PGPASSWORD}
                    table: public.user_behaviors
                    split_rows: %d
                transform:
                  - clean:
                      nulls: {rating: {default: 0.0}, category: {default: unknown}, user_id: reject}
                      types: {ts: {timestamp: "yyyy-MM-dd HH:mm:ss", zone: Asia/Shanghai}}
                      outliers: {rating: {min: 0, max: 5, action: reject}}
                  - deduplicate: {key: [event_id]}
                load:
                  parquet: {path: lake, mode: %s, partition_by: [%s], row_group_size: 64KB, file_size: 64KB}
                run: {parallelism: %d, batch_rows: %d, retry: {attempts: 3, initial: 10ms, max: 50ms}}
                """,
                splitRows,
                mode,
                partitionBy,
                workers,
                batchRows);
    }
}
