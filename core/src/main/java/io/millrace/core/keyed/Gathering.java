package io.millrace.core.keyed;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.StepLineage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Brings the rows of a key together and leaves them as they are, for a step behind it that compares them. */
public record Gathering(List<String> key) implements KeyedStep {
    @Override
    public BoundKeyedStep bind(Schema input) {
        key.forEach(input::require);
        return new Bound(input, List.copyOf(key));
    }

    @Override
    public StepLineage lineage(Schema input) {
        return StepLineage.Builder.passing(input).build();
    }

    private record Bound(Schema partial, List<String> key) implements BoundKeyedStep {
        @Override
        public Schema output() {
            return partial;
        }

        @Override
        public boolean groups() {
            return false;
        }

        @Override
        public Lift lift() {
            return Lift.UNCHANGED;
        }

        @Override
        public Fold fold(long memoryLimit) {
            return new Rows(memoryLimit);
        }
    }

    private static final class Rows implements Fold {
        private final long memoryLimit;
        private final List<Batch> rows = new ArrayList<>();
        private long held;

        Rows(long memoryLimit) {
            this.memoryLimit = memoryLimit;
        }

        @Override
        public void add(Batch partials) {
            rows.add(partials);
            held += Footprint.of(partials);
            if (held > memoryLimit) {
                throw new MillraceException(
                        ErrorKind.DATA,
                        "rows of equal key take more than " + new ByteSize(memoryLimit)
                                + " of memory at once; give the executors more memory, or fewer cores");
            }
        }

        @Override
        public Iterator<Batch> finish(int batchRows, Rejects rejects) {
            List<Batch> results = new ArrayList<>();
            for (Batch batch : rows) {
                for (int from = 0; from < batch.rowCount(); from += batchRows) {
                    results.add(batch.slice(from, (int) Math.min(batch.rowCount(), (long) from + batchRows)));
                }
            }
            return results.iterator();
        }
    }
}
