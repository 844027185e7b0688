package io.millrace.api;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A folder of files that an engine may read or write with its own code.
 *
 * @param location a path or URI without secrets
 * @param key for {@link WriteMode#UPSERT}
 * @param options of the format, by the engine's names
 */
public record LakeTable(
        Format format,
        String location,
        List<String> partitionBy,
        WriteMode mode,
        List<String> key,
        Map<String, String> options)
        implements Serializable {
    /** How the folder is laid out. */
    public enum Format {
        PARQUET,
        DELTA
    }
}
