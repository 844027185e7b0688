package io.millrace.engines.spark.batch;

import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.core.engine.PieceRecorder;
import io.millrace.core.exchange.Shuffled;
import io.millrace.core.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what a task's attempts hand in, until the task as a whole hands it to the driver. One thread. */
final class TaskRecorder implements PieceRecorder {
    private static final byte[] NOTHING = new byte[0];

    private final int stage;
    private final boolean shuffles;
    private final boolean carriesRejects;
    private final RunFolder folder;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Staged> exchanged = new ArrayList<>();
    private PieceResult own;

    /**
     * @param shuffles whether the pieces' rows go on to a shuffle
     * @param carriesRejects whether files of rejected rows stay behind with the task, so that their content must travel
     */
    TaskRecorder(int stage, boolean shuffles, boolean carriesRejects, RunFolder folder) {
        this.stage = stage;
        this.shuffles = shuffles;
        this.carriesRejects = carriesRejects;
        this.folder = folder;
    }

    /** The outcomes of the pieces so far. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    /** What the task has come across: it goes with the last of its pieces. */
    void note(TaskNotes notes) {
        if (!outcomes.isEmpty()) {
            int last = outcomes.size() - 1;
            outcomes.set(last, outcomes.get(last).with(notes));
        }
    }

    /** The exchange files of the pieces so far, for the shuffle. */
    List<Staged> exchanged() {
        return exchanged;
    }

    @Override
    public void keep(PieceResult result) {
        own = result;
    }

    @Override
    public boolean record(Split split, PieceResult result) {
        PieceResult passed = shuffles ? shuffled(result) : result;
        outcomes.add(new Outcome(stage, split.id(), passed, rejects(result), TaskNotes.NONE));
        return true;
    }

    private PieceResult shuffled(PieceResult result) {
        Staged file = result.data().orElseThrow();
        exchanged.add(file);
        return new PieceResult(
                result.task(),
                Optional.of(Shuffled.of(file.rows())),
                result.receipt(),
                result.rejects(),
                result.counts(),
                result.claims(),
                result.checks(),
                result.steps(),
                result.resumePoint());
    }

    /** Where an earlier attempt's result counts, its file is gone with it; this attempt has rejected the same rows. */
    private byte[] rejects(PieceResult counted) {
        boolean same = counted.counts().rejected() == own.counts().rejected();
        if (!carriesRejects || counted.rejects().isEmpty() || own.rejects().isEmpty() || !same) {
            return NOTHING;
        }
        Path file = folder.rejectFiles(List.of(own)).get(0);
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw MillraceException.unavailable(
                    "cannot read rejected rows again from " + file + " (" + failed + ")", failed);
        }
    }
}
