package io.millrace.core.embedded;

import java.util.List;
import java.util.Map;

/**
 * What became of a batch of records. Those in neither list were left out on purpose.
 *
 * @param records that go on, in their order
 * @param rejected that the transformer cannot accept, with their reasons
 */
public record TransformResult(List<Map<String, Object>> records, List<RejectedRecord> rejected) {
    public TransformResult {
        records = List.copyOf(records);
        rejected = List.copyOf(rejected);
    }
}
