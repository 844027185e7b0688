package io.millrace.core.expression.kernel;

import io.millrace.api.data.DataType;
import io.millrace.api.text.ZoneOffsets;
import java.time.ZoneId;
import java.util.List;

/** Between instants and what the clocks of a zone show, the latter as if it were in UTC. */
public final class ZoneShift {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private ZoneShift() {}

    /** What the clocks show at an instant. */
    public static Kernel toZone(Kernel instant, ZoneId zone) {
        ZoneOffsets offsets = new ZoneOffsets(zone);
        return RowKernel.strict(DataType.TIMESTAMP, List.of(instant), (arguments, row, out) -> {
            long micros = arguments[0].whole(row);
            long second = Math.floorDiv(micros, MICROS_PER_SECOND);
            put(micros, offsets.offset(second), out);
        });
    }

    /** The instant at which the clocks show a time, the first of two; one that they skip fails. */
    public static Kernel fromZone(Kernel shown, ZoneId zone) {
        ZoneOffsets offsets = new ZoneOffsets(zone);
        return RowKernel.strict(DataType.TIMESTAMP, List.of(shown), (arguments, row, out) -> {
            long micros = arguments[0].whole(row);
            long local = Math.floorDiv(micros, MICROS_PER_SECOND);
            long second = offsets.toEpochSecond(local);
            if (second == ZoneOffsets.SKIPPED) {
                out.fail("does not exist in " + zone + " (clocks were put forward)");
            } else {
                put(micros, second - local, out);
            }
        });
    }

    private static void put(long micros, long shift, Output out) {
        long moved = micros + shift * MICROS_PER_SECOND;
        if (((micros ^ moved) & (shift ^ moved)) < 0) {
            out.fail("is beyond the range of timestamp");
        } else {
            out.put(moved);
        }
    }
}
