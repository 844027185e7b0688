package io.millrace.core.engine;

/** Runs the splits of a planned run to the end. */
public interface BatchEngine {
    /**
     * Reads, transforms and stages every split that is not finished yet; each finished piece is in the ledger before the
     * next is begun by its worker. Returns when all are; throws the first failure that could not be retried, with every
     * worker ended.
     */
    void execute(RunWork work);
}
