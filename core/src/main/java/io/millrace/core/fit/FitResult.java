package io.millrace.core.fit;

import io.millrace.core.learned.FitFile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code millrace fit} did.
 *
 * @param learned files that were written, by their path in the pipeline file
 * @param kept files that were there already and stay as they are
 * @param passes how often the source was read
 * @param extracted rows of the last reading
 * @param rejected of them, those that a step refused
 */
public record FitResult(
        SortedMap<String, FitFile> learned,
        SortedMap<String, FitFile> kept,
        int passes,
        long extracted,
        long rejected) {
    /** All files, written or kept. */
    public Map<String, FitFile> files() {
        Map<String, FitFile> all = new TreeMap<>(kept);
        all.putAll(learned);
        return all;
    }
}
