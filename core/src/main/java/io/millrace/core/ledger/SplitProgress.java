package io.millrace.core.ledger;

/**
 * How far a split is.
 *
 * @param finished true where all of it is handed in
 * @param pieces how many of its pieces are
 * @param estimatedRows -1 where the source does not know
 * @param extracted rows of its finished pieces
 * @param rejected of them
 */
public record SplitProgress(
        String id, boolean finished, int pieces, long estimatedRows, long extracted, long rejected) {}
