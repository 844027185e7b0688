package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.core.window.SessionRule;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code session_count} and {@code session_seconds}: the stretches between pauses. Stretches of parts are merged where less
 * than the gap lies between them, so that neither the order of times nor how they are split ever shows.
 */
final class SessionsAccumulator extends HeldAccumulator<SessionsAccumulator.Stretches> {
    private static final double MICROS_PER_SECOND = 1e6;

    private final SessionRule rule;

    /** @param gap seconds */
    SessionsAccumulator(Operands operands, int gap) {
        super(operands, "sessions1");
        this.rule = SessionRule.of(Duration.ofSeconds(gap), Optional.empty());
    }

    @Override
    Stretches create() {
        return new Stretches();
    }

    @Override
    void add(Stretches state, Column argument, int row, RowInput input) {
        long time = ((LongColumn) argument).get(row);
        state.stretches.add(time, time);
    }

    /** The stretches of one group. */
    final class Stretches implements Held {
        private final TimeStretches stretches = new TimeStretches(rule);

        @Override
        public void write(OrderedBytes into) {
            stretches.join();
            for (int i = 0; i < stretches.size(); i++) {
                into.appendSigned(stretches.first(i));
                into.appendSigned(stretches.last(i));
            }
        }

        @Override
        public void merge(byte[] data, int from, int to) {
            OrderedBytesReader reader = new OrderedBytesReader().over(data, from, to);
            while (reader.hasMore()) {
                stretches.add(reader.signed(), reader.signed());
            }
        }

        @Override
        public void finish(Measure.Basic measure, ColumnBuilder into) {
            stretches.join();
            if (((Measure.Sessions) measure).seconds()) {
                ((DoubleColumn.Builder) into).append(stretches.micros() / MICROS_PER_SECOND);
            } else {
                ((LongColumn.Builder) into).append(stretches.size());
            }
        }

        @Override
        public long bytes() {
            return stretches.bytes();
        }
    }
}
