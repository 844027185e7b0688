package io.millrace.core.coordinator;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.keyed.Lift;
import io.millrace.core.lineage.StepLineage;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups ids and makes of each group one number: {@code 1000 * id + rows}. */
record CountRows() implements KeyedStep {
    @Override
    public BoundKeyedStep bind(Schema input) {
        return new Bound(input);
    }

    @Override
    public StepLineage lineage(Schema input) {
        return StepLineage.opaque(input, bind(input).output());
    }

    private record Bound(Schema partial) implements BoundKeyedStep {
        @Override
        public List<String> key() {
            return List.of("id");
        }

        @Override
        public Schema output() {
            return Schema.of(Field.of("id", DataType.INT64));
        }

        @Override
        public boolean groups() {
            return true;
        }

        @Override
        public Lift lift() {
            return Lift.UNCHANGED;
        }

        @Override
        public Fold fold(long memoryLimit) {
            Map<Long, Long> counts = new TreeMap<>();
            return new Fold() {
                @Override
                public void add(Batch partials) {
                    LongColumn ids = (LongColumn) partials.column("id");
                    for (int row = 0; row < partials.rowCount(); row++) {
                        counts.merge(ids.get(row), 1L, Long::sum);
                    }
                }

                @Override
                public Iterator<Batch> finish(int batchRows, Rejects rejects) {
                    return counts.entrySet().stream()
                            .map(group -> Batch.ofRecords(
                                    output(), List.of(Map.of("id", 1000 * group.getKey() + group.getValue()))))
                            .iterator();
                }
            };
        }
    }
}
