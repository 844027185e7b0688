package io.millrace.core.ledger;

import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The memory of runs. Each method is one durable transaction; those that take a lease fail as FENCED where another owner has
 * taken it meanwhile. Thread-safe.
 */
public interface Ledger extends AutoCloseable {
    /** How long an owner on another host is believed alive after its last heartbeat. */
    java.time.Duration LEASE_TIMEOUT = java.time.Duration.ofSeconds(30);

    /** Takes the lease of a key; BUSY, naming the owner, where a living process holds it. */
    Lease acquire(RunKey key);

    /** Says that the owner lives. */
    void heartbeat(Lease lease);

    /** Gives the lease back; nothing happens where it is already another's. */
    void release(Lease lease);

    /** Stores a new run in state RUNNING. */
    void begin(Lease lease, RunRecord run);

    /**
     * Changes a run's state; an error belongs to FAILED, STOPPED and DISCARDED. In the transaction that makes an increment
     * DONE, its {@code nextPosition} becomes the one that the next increment begins at.
     */
    void changeState(Lease lease, String runId, RunState state, Optional<String> error);

    /**
     * Stores the whole plan of the first stage at once: a run without one has read nothing. Its splits planned earlier and
     * not begun go.
     */
    void planned(Lease lease, String runId, RunRecord.Pin pin, Iterable<Split> splits);

    /**
     * Stores the splits of a later stage, unless it has some.
     *
     * @param stage from 1; stage 0 is the first
     * @param section how many steps before the stage make groups
     */
    void planned(Lease lease, String runId, int stage, int section, List<Split> splits);

    /** The splits of a stage that are not finished yet, in the order of the plan. */
    List<RemainingSplit> unfinished(String runId, int stage);

    /** All splits of a stage, in the order of the plan; of finished runs without what they say. */
    List<Split> splits(String runId, int stage);

    /** How many splits a stage has. */
    int splitCount(String runId, int stage);

    /**
     * Stores a piece's result; one without a resume point finishes its split. The first result of a piece wins: false where
     * there is one already.
     */
    boolean staged(Lease lease, String runId, String splitId, PieceResult result);

    /** The number of the last stage that is planned. */
    int lastStage(String runId);

    /** The results of a stage so far, in the order of the plan. */
    List<PieceResult> results(String runId, int stage);

    /** The results of all stages so far, in the order of the plan. */
    List<PieceResult> results(String runId);

    /** The sum of the results so far. */
    RunCounts counts(String runId);

    /** The run of this id. */
    Optional<RunRecord> run(String runId);

    /** The newest run of a key that was not discarded. Newest is what was stored last, whatever clocks say. */
    Optional<RunRecord> latest(RunKey key);

    /** The newest run of a key that is DONE. */
    Optional<RunRecord> latestDone(RunKey key);

    /** The newest runs first, of one pipeline or of all, in these states. */
    List<RunRecord> runs(Optional<String> pipeline, Set<RunState> states, int limit);

    /**
     * Keeps the files that a result names (claims, rejected rows) where a resume on another machine finds them. To be called
     * before the result counts: before a direct target commits it and before {@link #staged}.
     */
    void keepFiles(Lease lease, String runId, PieceResult result);

    /**
     * Keeps the tables that a run's steps look up in where a resume on another machine finds them. To be called before the
     * plan is stored.
     */
    void keepLookups(Lease lease, String runId);

    /**
     * Brings a run's tables to look up in, and the files that its results name (claims, rejected rows), to this machine's
     * state folder, where another machine has written them. Does nothing where they are there.
     */
    void fetchFiles(RunRecord run);

    /** When the run was last heard of: the heartbeat of its lease, if a process holds it. */
    Optional<Instant> lastHeartbeat(RunKey key);

    @Override
    void close();
}
