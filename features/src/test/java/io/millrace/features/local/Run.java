package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.keyed.Lift;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Keyed steps without an engine: rows in any order in any batches, over several lifts, partial rows in any order. */
final class Run {
    private static final long MEMORY = 256L << 20;

    private final Random random;

    Run(Random random) {
        this.random = random;
    }

    /** What came out, and of what columns. */
    record Result(Schema schema, List<Map<String, Object>> rows, Counted rejects) {}

    /** Counts what does not go on. */
    static final class Counted implements Rejects {
        final List<String> reasons = new ArrayList<>();
        int filtered;

        @Override
        public void reject(Batch batch, int row, String column, String reason) {
            reasons.add(reason);
        }

        @Override
        public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
            reasons.add(reason);
        }

        @Override
        public void filtered(int rows) {
            filtered += rows;
        }

        @Override
        public void deduplicated(int rows) {
            throw new AssertionError("nothing is deduplicated here");
        }
    }

    Result of(KeyedStep step, Schema schema, List<Map<String, Object>> rows) {
        BoundKeyedStep bound = step.bind(schema);
        Counted rejects = new Counted();
        List<Batch> partials = new ArrayList<>();
        List<Lift> lifts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            lifts.add(bound.lift());
        }
        List<Map<String, Object>> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(100));
            Batch batch = Batch.ofRecords(schema, shuffled.subList(from, to));
            lifts.get(random.nextInt(lifts.size())).add(batch, partials::add, rejects);
            from = to;
        }
        lifts.forEach(lift -> lift.flush(partials::add));
        Collections.shuffle(partials, random);
        Fold fold = bound.fold(MEMORY);
        partials.forEach(fold::add);
        List<Map<String, Object>> results = new ArrayList<>();
        Iterator<Batch> batches = fold.finish(1 + random.nextInt(50), rejects);
        while (batches.hasNext()) {
            Batch batch = batches.next();
            assertSchema(batch, bound.output());
            results.addAll(batch.records());
        }
        return new Result(bound.output(), results, rejects);
    }

    private static void assertSchema(Batch batch, Schema expected) {
        if (!batch.schema().equals(expected)) {
            throw new AssertionError(batch.schema() + " instead of " + expected);
        }
        // Values are what the schema says: a builder would refuse others.
        BatchBuilder builder = new BatchBuilder(expected);
        batch.records().forEach(builder::appendRecord);
    }
}
