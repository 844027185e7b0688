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

    /** Remembers that this process begins an attempt at a run, and who asked for it. */
    void attempted(Lease lease, String runId, Optional<String> scheduledBy);

    /** The attempts at a run in their order; empty for runs of earlier versions. */
    List<Attempt> attempts(String runId);

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

    /** How many of them are finished. */
    int finishedCount(String runId, int stage);

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
    default List<RunRecord> runs(Optional<String> pipeline, Set<RunState> states, int limit) {
        return runs(new RunFilter(pipeline, states, Optional.empty(), limit));
    }

    /** The runs that a filter lets through, the newest first. */
    List<RunRecord> runs(RunFilter filter);

    /** The names of all pipelines that have run, in alphabetical order. */
    List<String> pipelines();

    /** Stores the steps of a run; those stored already stay as they are. */
    void describe(Lease lease, String runId, List<RunStep> steps);

    /** The steps of a run in the order in which rows pass them; empty until they are known. */
    List<RunStep> steps(String runId);

    /** How far each split of a stage is, in the order of the plan. */
    List<SplitProgress> progress(String runId, int stage);

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

    /**
     * True where nothing depends on the memory of a run any more. False for an unfinished run; for the newest finished one of
     * its key where it appended or was an increment, because it says what has been appended and where the next increment
     * begins; and for one that was given up, as long as nobody came after it who has removed what it left in the target.
     */
    boolean forgettable(String runId);

    /** Removes a run with all that is stored about it; false, and nothing is done, where it is not {@link #forgettable}. */
    boolean forget(String runId);

    /** When the run was last heard of: the heartbeat of its lease, if a process holds it. */
    Optional<Instant> lastHeartbeat(RunKey key);

    @Override
    void close();
}
