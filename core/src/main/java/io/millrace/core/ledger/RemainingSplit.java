package io.millrace.core.ledger;

import io.millrace.api.Split;
import java.util.Optional;

/**
 * A split that is not finished yet.
 *
 * @param pieces how many of its pieces have been handed in
 * @param resumePoint where the next piece begins; empty: at the split's beginning
 */
public record RemainingSplit(Split split, int pieces, Optional<String> resumePoint) {
    /** The name of its next piece. */
    public String nextPiece() {
        return split.id() + "." + pieces;
    }
}
