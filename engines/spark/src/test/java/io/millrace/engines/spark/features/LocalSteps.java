package io.millrace.engines.spark.features;

import io.millrace.api.BoundTransform;
import io.millrace.api.data.Batch;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same work in this thread, as the local engine does it, with one lift and one fold for each step. */
final class LocalSteps {
    private final List<Map<String, Object>> output = new ArrayList<>();
    private Tally tally = Tally.NOTHING;

    private LocalSteps() {}

    static LocalSteps run(KeyedWork work, Batch rows) {
        LocalSteps run = new LocalSteps();
        KeyedWork.Bound bound = work.bind();
        List<Batch> batches = List.of(rows);
        run.tally = new Tally(rows.rowCount(), 0, 0, 0, 0, 0, 0, List.of());
        for (int i = 0; i < bound.stages().size(); i++) {
            KeyedWork.Stage stage = bound.stages().get(i);
            TaskRejects lifted = new TaskRejects("features");
            TaskRejects folded = new TaskRejects("features");
            Lift lift = stage.step().lift();
            Fold fold = stage.step().fold(Long.MAX_VALUE);
            transformed(stage.before(), batches, lifted).forEach(batch -> lift.add(batch, fold::add, lifted));
            lift.flush(fold::add);
            List<Batch> results = new ArrayList<>();
            fold.finish(8_192, folded).forEachRemaining(results::add);
            batches = results;
            run.count(lifted.tally(bound.takesRows(i)));
            run.count(folded.tally(bound.takesRows(i + 1)));
        }
        TaskRejects last = new TaskRejects("features");
        transformed(bound.after(), batches, last).forEach(batch -> run.output.addAll(batch.records()));
        run.count(last.tally(bound.takesRows(bound.stages().size())));
        run.count(new Tally(0, 0, 0, 0, run.output.size(), 0, 0, List.of()));
        return run;
    }

    private void count(Tally more) {
        tally = tally.plus(more);
    }

    private static List<Batch> transformed(List<BoundTransform> transforms, List<Batch> batches, TaskRejects rejects) {
        return batches.stream()
                .map(batch -> {
                    Batch result = batch;
                    for (BoundTransform transform : transforms) {
                        result = transform.apply(result, rejects);
                    }
                    return result;
                })
                .filter(batch -> batch.rowCount() > 0)
                .toList();
    }

    List<Map<String, Object>> output() {
        return output;
    }

    Tally tally() {
        return tally;
    }
}
