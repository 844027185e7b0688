package io.millrace.core.run;

import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a window asks of source and target, so that repeating it replaces its rows and no others. */
final class WindowRules {
    private WindowRules() {}

    static void check(Optional<TimeWindow> window, Extractor source, Loader target, Schema output) {
        if (window.isEmpty()) {
            return;
        }
        String timeColumn = source.timeColumn()
                .orElseThrow(() -> MillraceException.user("--start and --end need a time column, and "
                        + source.describe() + " has none; name one with time_column, or run without a window"));
        if (target.mode() == WriteMode.OVERWRITE_PARTITIONS) {
            checkWholePartitions(window.get(), timeColumn, target, output);
        }
    }

    private static void checkWholePartitions(TimeWindow window, String timeColumn, Loader target, Schema output) {
        if (!target.partitionBy().contains(timeColumn)
                || output.field(output.require(timeColumn)).type() != DataType.DATE) {
            throw MillraceException.user("mode overwrite_partitions with --start/--end needs '" + timeColumn
                    + "' itself, typed as date, among partition_by: otherwise a partition may hold rows outside of the window,"
                    + " and they would be lost; partition_by is " + target.partitionBy());
        }
        window.start().ifPresent(WindowRules::checkMidnight);
        window.end().ifPresent(WindowRules::checkMidnight);
    }

    private static void checkMidnight(Instant bound) {
        if (!bound.equals(bound.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant())) {
            throw MillraceException.user("mode overwrite_partitions replaces whole days, and the window's bound "
                    + bound + " is not midnight in UTC; give --start and --end as dates");
        }
    }
}
