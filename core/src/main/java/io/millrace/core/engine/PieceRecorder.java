package io.millrace.core.engine;

import io.millrace.api.PieceResult;
import io.millrace.api.Split;

/** Takes what attempts at pieces hand in. Thread-safe. */
public interface PieceRecorder {
    /** Makes sure that the files that a result names will be found; called before anything of it counts. */
    void keep(PieceResult result);

    /** Enters a piece's result; false where the piece has one already. */
    boolean record(Split split, PieceResult result);
}
