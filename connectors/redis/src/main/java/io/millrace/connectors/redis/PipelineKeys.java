package io.millrace.connectors.redis;

import java.nio.charset.StandardCharsets;

/**
 * Where the server keeps what it must know of a pipeline.
 *
 * @param counter the last epoch handed out, a number
 * @param runs the present epoch of each lineage, a hash: what holds another one may not write any more
 * @param written the names of the keys that the pipeline has written, a set: kept for {@code delete_vanished} only
 * @param mark written at the end of a piece, to wait for replicas that have it
 */
record PipelineKeys(byte[] counter, byte[] runs, byte[] written, byte[] mark) {
    static final String PREFIX = "millrace:";

    static PipelineKeys of(String pipeline) {
        return new PipelineKeys(
                key("fence", pipeline), key("runs", pipeline), key("keys", pipeline), key("mark", pipeline));
    }

    private static byte[] key(String kind, String pipeline) {
        return (PREFIX + kind + ":" + pipeline).getBytes(StandardCharsets.UTF_8);
    }
}
