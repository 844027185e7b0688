package io.millrace.core.coordinator;

import io.millrace.api.DirectLoader;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.PinState;
import io.millrace.api.Repeatability;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.ledger.ResultJson;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.step.StepChain;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out what of an unfinished run still counts. One thread. */
final class Resumption {
    private final RunScope scope;
    private final Ledger ledger;
    private final RunRecord run;
    private final StepChain steps;
    private final RunStages stages;

    Resumption(RunScope scope, RunRecord run, StepChain steps) {
        this.scope = scope;
        this.ledger = scope.ledger();
        this.run = run;
        this.steps = steps;
        this.stages = scope.stages(run, steps);
    }

    /** Whether finished pieces may be combined with what would be read now. */
    record Verdict(PinState state, String why) {}

    /** Those that {@link #judge} has looked at. */
    RunStages stages() {
        return stages;
    }

    /** A crash may have come between a piece's commit in the target and its entry in the ledger. */
    void adoptCommitted() {
        if (!(scope.loader() instanceof DirectLoader direct) || run.pin().isEmpty()) {
            return;
        }
        Fence fence = scope.prepare(run, steps.output());
        ledger.changeState(scope.lease(), run.id(), RunState.RUNNING, Optional.empty());
        for (RemainingSplit begun : ledger.unfinished(run.id(), stages.last())) {
            Optional<RemainingSplit> next = Optional.of(begun);
            while (next.isPresent()) {
                RemainingSplit piece = next.get();
                WriteTask task = new WriteTask(RunScope.lineage(run), run.id(), piece.nextPiece(), 0, fence);
                next = direct.find(task)
                        .map(ResultJson::ofNote)
                        .filter(this::isWhole)
                        .flatMap(result -> {
                            ledger.staged(scope.lease(), run.id(), piece.split().id(), result);
                            return piece.following(result);
                        });
            }
        }
    }

    /** Rejected rows that did not arrive come when the piece is worked off again; the target keeps what it has of it. */
    private boolean isWhole(PieceResult result) {
        return !scope.engine().carriesRejects()
                || run.pin().orElseThrow().repeatability() == Repeatability.ONCE
                || scope.folder(run).rejectFiles(List.of(result)).stream().allMatch(Files::exists);
    }

    /** True where the run cannot simply be planned again: there are pieces, or stages that this engine does not have. */
    boolean leavesAnything() {
        return !ledger.results(run.id()).isEmpty() || ledger.lastStage(run.id()) > stages.last();
    }

    /** A user error where beginning anew would double what is in the target. */
    void refuseToLeaveCommitted(Verdict verdict) {
        if (scope.loader() instanceof DirectLoader loader
                && loader.mode() == WriteMode.APPEND
                && ledger.counts(run.id()).inTarget() > 0) {
            ledger.changeState(scope.lease(), run.id(), RunState.FAILED, Optional.of(verdict.why));
            throw MillraceException.user(String.format(
                    Locale.ROOT,
                    "run %s cannot be resumed: %s. It has already appended %,d rows to %s piece by piece, and reading"
                            + " everything again would double them. Ways out: remove those rows and add --restart; add"
                            + " --restart alone to append everything knowingly; or use mode upsert, overwrite or"
                            + " replace_window, which may be repeated",
                    run.id(),
                    verdict.why,
                    ledger.counts(run.id()).inTarget(),
                    loader.describe()));
        }
    }

    Verdict judge() {
        Failpoint.DURING_RESUME.reached();
        if (run.pin().isEmpty()) {
            return restart("it had not been planned yet");
        }
        RunRecord.Pin pin = run.pin().get();
        if (!pin.schema().equals(steps.output())) {
            return restart("the columns have changed from " + pin.schema() + " to " + steps.output());
        }
        try {
            scope.artifacts().requireAll(scope.folder(run));
            stages.check(scope.engine().keepsExchanged());
        } catch (MillraceException damaged) {
            if (damaged.kind() != ErrorKind.STALE) {
                throw damaged;
            }
            return restart(damaged.getMessage());
        }
        if (scope.engine().keepsExchanged() ? stages.sourceIsRead() : stages.allDone()) {
            return new Verdict(PinState.VALID, "the source has been read to its end");
        }
        PinState state = scope.extractor().check(pin.text());
        if (state == PinState.SUBSET && steps.comparesRows()) {
            // A finished piece may have dropped a row in favour of one that has changed since and would not come.
            return restart("rows may have changed since it was planned, and others were compared with them");
        }
        boolean readsAgain = !scope.engine().keepsExchanged() && stages.last() > 0;
        if (readsAgain && (state != PinState.VALID || pin.repeatability() == Repeatability.ONCE)) {
            return restart("its source, which would have to be read again for the rows that were waiting for others of"
                    + " their key, may not give the same rows");
        }
        return new Verdict(state, "the source has changed since it was planned");
    }

    private static Verdict restart(String why) {
        return new Verdict(PinState.RESTART, why);
    }
}
