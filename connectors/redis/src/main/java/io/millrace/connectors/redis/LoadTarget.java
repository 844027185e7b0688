package io.millrace.connectors.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What every call of one writer says besides its rows.
 *
 * @param keys the pipeline's, in the script's order
 * @param arguments lineage, epoch, version, expiry
 */
record LoadTarget(List<byte[]> keys, List<byte[]> arguments) {
    /** Where {@code noted}, the names of written keys are added to the pipeline's set. */
    static LoadTarget of(
            PipelineKeys pipeline, boolean noted, String lineage, long epoch, Version version, String expiry) {
        return new LoadTarget(
                noted
                        ? List.of(pipeline.counter(), pipeline.runs(), pipeline.written())
                        : List.of(pipeline.counter(), pipeline.runs()),
                List.of(ascii(lineage), ascii(Long.toString(epoch)), version.bytes(), ascii(expiry)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
