package io.millrace.connectors.delta;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;

/**
 * A complete data file that waits for its commit.
 *
 * @param modified in milliseconds since 1970
 * @param partition the partition columns' values as texts; null for null
 * @param statistics as the log has them, in JSON
 */
record DataFile(String key, long bytes, long modified, long rows, Map<String, String> partition, String statistics) {
    /** The action that makes it a part of the table. */
    Row addAction() {
        Map<Integer, Object> values = new HashMap<>();
        values.put(AddFile.FULL_SCHEMA.indexOf("path"), path(key));
        values.put(AddFile.FULL_SCHEMA.indexOf("partitionValues"), VectorUtils.stringStringMapValue(partition));
        values.put(AddFile.FULL_SCHEMA.indexOf("size"), bytes);
        values.put(AddFile.FULL_SCHEMA.indexOf("modificationTime"), modified);
        values.put(AddFile.FULL_SCHEMA.indexOf("dataChange"), true);
        values.put(AddFile.FULL_SCHEMA.indexOf("stats"), statistics);
        return SingleAction.createAddFileSingleAction(new GenericRow(AddFile.FULL_SCHEMA, values));
    }

    /** The same as something to read. */
    FilePart part() {
        return new FilePart(key, bytes, partition, null, null, null);
    }

    /** A key as the log writes it: a relative URI. */
    static String path(String key) {
        try {
            return new URI(null, null, "/" + key, null).toASCIIString().substring(1);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException(key, impossible);
        }
    }

    /** The key of a path of the log; null for one that is outside of the table. */
    static String key(String path) {
        URI uri = URI.create(path);
        return uri.isAbsolute() || path.startsWith("/") ? null : uri.getPath();
    }
}
