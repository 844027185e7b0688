package io.millrace.api;

import java.io.Serializable;
import java.util.Optional;

/**
 * What a run asks of a source.
 *
 * @param window rows whose time column lies in it; empty: all rows
 * @param position where the previous increment ended; empty: from the beginning
 * @param pin the pin of an unfinished run whose splits are to be planned again under the same upper bound
 * @param batchRows the most rows of a batch
 */
public record ExtractRequest(
        Optional<TimeWindow> window, Optional<String> position, Optional<String> pin, int batchRows)
        implements Serializable {
    /** All rows, as a first full run asks. */
    public static ExtractRequest everything(int batchRows) {
        return new ExtractRequest(Optional.empty(), Optional.empty(), Optional.empty(), batchRows);
    }

    /** The rows of a window, or all rows where it is empty. */
    public static ExtractRequest of(Optional<TimeWindow> window, int batchRows) {
        return new ExtractRequest(window, Optional.empty(), Optional.empty(), batchRows);
    }
}
