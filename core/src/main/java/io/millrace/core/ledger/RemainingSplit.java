package io.millrace.core.ledger;

import io.millrace.api.PieceResult;
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

    /** What is left when its next piece has come out so; empty where that was the last. */
    public Optional<RemainingSplit> following(PieceResult result) {
        return result.resumePoint().map(point -> new RemainingSplit(split, pieces + 1, Optional.of(point)));
    }

    /** A split of which nothing has been read. */
    public static RemainingSplit whole(Split split) {
        return new RemainingSplit(split, 0, Optional.empty());
    }
}
