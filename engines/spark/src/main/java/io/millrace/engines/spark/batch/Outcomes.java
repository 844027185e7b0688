package io.millrace.engines.spark.batch;

import java.util.List;

/** Outcomes of pieces that travel with rows. */
record Outcomes(List<byte[]> encoded) {
    static final Outcomes NONE = new Outcomes(List.of());
}
