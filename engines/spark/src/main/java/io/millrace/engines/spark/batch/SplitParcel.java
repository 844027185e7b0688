package io.millrace.engines.spark.batch;

import io.millrace.api.Split;
import io.millrace.core.ledger.RemainingSplit;
import java.io.Serializable;
import java.util.Optional;

/** A split on its way to a task. */
record SplitParcel(Split split, int pieces, String resumePoint) implements Serializable {
    static SplitParcel of(RemainingSplit split) {
        return new SplitParcel(
                split.split(), split.pieces(), split.resumePoint().orElse(null));
    }

    RemainingSplit open() {
        return new RemainingSplit(split, pieces, Optional.ofNullable(resumePoint));
    }
}
