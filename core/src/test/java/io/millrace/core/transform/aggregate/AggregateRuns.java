package io.millrace.core.transform.aggregate;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.Fold;
import io.millrace.core.measure.GroupTable;
import io.millrace.testkit.transform.RecordedRejects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs {@code aggregate} as an engine does, in one go or cut, shuffled and merged at random. */
final class AggregateRuns {
    static final long PLENTY = 1L << 30;

    private AggregateRuns() {}

    /** All rows through one lift and one fold. */
    static List<Map<String, Object>> whole(BoundAggregate step, List<Batch> rows, RecordedRejects rejects) {
        AggregateLift lift = new AggregateLift(step);
        Fold fold = step.fold(PLENTY);
        rows.forEach(batch -> lift.add(batch, fold::add, rejects));
        lift.flush(fold::add);
        return finish(fold, 1_000, rejects);
    }

    /** The rows in a random order, through several lifts of random memory, a random tree of merges, and a fold. */
    static List<Map<String, Object>> random(
            BoundAggregate step,
            List<Map<String, Object>> rows,
            Schema schema,
            Random random,
            RecordedRejects rejects) {
        List<Map<String, Object>> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        List<Batch> partials = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            AggregateLift lift = new AggregateLift(step, random.nextInt(3) == 0 ? 0 : PLENTY);
            for (int pieces = 1 + random.nextInt(4); pieces > 0 && from < shuffled.size(); pieces--) {
                int to = Math.min(shuffled.size(), from + 1 + random.nextInt(30));
                lift.add(Batch.ofRecords(schema, shuffled.subList(from, to)), partials::add, rejects);
                from = to;
            }
            lift.flush(partials::add);
        }
        for (int merges = random.nextInt(3); merges > 0 && partials.size() > 1; merges--) {
            Collections.shuffle(partials, random);
            int count = 1 + random.nextInt(partials.size());
            List<Batch> some = new ArrayList<>(partials.subList(0, count));
            partials.subList(0, count).clear();
            partials.add(merged(step, some));
        }
        Collections.shuffle(partials, random);
        Fold fold = step.fold(PLENTY);
        partials.forEach(fold::add);
        return finish(fold, 1 + random.nextInt(20), rejects);
    }

    /** Partial rows of equal key brought together. */
    private static Batch merged(BoundAggregate step, List<Batch> partials) {
        List<DataType> key = step.keyTypes(step.windowKeys());
        GroupTable table = new GroupTable(key, step.measures());
        for (Batch batch : partials) {
            Column[] columns = batch.columns().toArray(Column[]::new);
            table.merge(
                    Arrays.copyOf(columns, key.size()),
                    Arrays.copyOfRange(columns, key.size(), columns.length),
                    batch.rowCount());
        }
        List<Column> columns = new ArrayList<>(List.of(table.keys(0, table.groups())));
        columns.addAll(List.of(table.states(0, table.groups())));
        return Batch.of(step.partial(), table.groups(), columns, null);
    }

    static List<Map<String, Object>> finish(Fold fold, int batchRows, Rejects rejects) {
        List<Map<String, Object>> results = new ArrayList<>();
        for (Iterator<Batch> batches = fold.finish(batchRows, rejects); batches.hasNext(); ) {
            results.addAll(batches.next().records());
        }
        return results;
    }
}
