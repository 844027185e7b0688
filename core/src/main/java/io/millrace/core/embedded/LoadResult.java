package io.millrace.core.embedded;

import java.util.List;

/**
 * What became of a batch of records.
 *
 * @param loaded written, and visible when the target says so
 * @param failed refused
 * @param rejected the refused records with their reasons, as many as {@code failed}
 */
public record LoadResult(long loaded, long failed, List<RejectedRecord> rejected) {
    public LoadResult {
        rejected = List.copyOf(rejected);
    }
}
