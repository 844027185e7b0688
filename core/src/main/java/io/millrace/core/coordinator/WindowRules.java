package io.millrace.core.coordinator;

import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.plugin.GuardedTransform;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.clean.CleanSettings;
import io.millrace.core.transform.clean.Conversion;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a window asks of source and target, so that repeating it replaces its rows and no others. */
final class WindowRules {
    private WindowRules() {}

    static void check(Optional<TimeWindow> window, Extractor source, Loader target, StepChain steps) {
        if (window.isEmpty()) {
            return;
        }
        String timeColumn = source.timeColumn()
                .orElseThrow(() -> MillraceException.user("--start and --end need a time column, and "
                        + source.describe() + " has none; name one with time_column, or run without a window"));
        if (target.mode() == WriteMode.OVERWRITE_PARTITIONS) {
            checkWholePartitions(window.get(), timeColumn, target, steps);
        }
    }

    /** A target that is told by a run what is no more must be told everything. */
    static void checkWhole(Optional<TimeWindow> window, boolean increment, Loader target) {
        if (window.isEmpty() && !increment) {
            return;
        }
        target.wholeRunsOnly().ifPresent(setting -> {
            throw MillraceException.user(setting + " is for runs that read all of the source, and this run reads only "
                    + window.map(rows -> "the window " + rows + "; run without --start and --end, or remove " + setting)
                            .orElse("what is new since the previous one; remove incremental from the source, or "
                                    + setting));
        });
    }

    private static void checkWholePartitions(TimeWindow window, String timeColumn, Loader target, StepChain steps) {
        Schema output = steps.output();
        if (!target.partitionBy().contains(timeColumn)
                || output.field(output.require(timeColumn)).type() != DataType.DATE) {
            throw MillraceException.user("mode overwrite_partitions with --start/--end needs '" + timeColumn
                    + "' itself, typed as date, among partition_by: otherwise a partition may hold rows outside of the"
                    + " window, and they would be lost; partition_by is " + target.partitionBy());
        }
        ZoneId zone = zoneOfDays(timeColumn, steps);
        window.start().ifPresent(bound -> checkMidnight(bound, zone));
        window.end().ifPresent(bound -> checkMidnight(bound, zone));
    }

    /** The zone whose calendar the time column's dates follow; a step that moves dates is refused. */
    private static ZoneId zoneOfDays(String timeColumn, StepChain steps) {
        ZoneId zone = ZoneOffset.UTC;
        for (StepDefinition step : steps.steps()) {
            if (step instanceof StepDefinition.RowStep row && row.transform() instanceof GuardedTransform code) {
                throw MillraceException.user(row.place() + ": step '" + row.label() + "' is code of a plugin ("
                        + code.className()
                        + "), which may move a row to another day; with mode overwrite_partitions and"
                        + " --start/--end the days must stay as they are: use another mode, or no window");
            }
            if (step instanceof StepDefinition.KeyedStep keyed) {
                zone = keyed.step().zoneOfDays(timeColumn).orElse(zone);
            }
            if (step instanceof StepDefinition.RowStep row && row.settings() instanceof CleanSettings clean) {
                if (clean.outliers().containsKey(timeColumn)) {
                    throw MillraceException.user(row.place() + ": step '" + row.label() + "' has outliers for '"
                            + timeColumn + "', which may move a row to another day; with mode overwrite_partitions and"
                            + " --start/--end the days must stay as they are");
                }
                Conversion conversion = clean.types().get(timeColumn);
                zone = conversion == null ? zone : conversion.zone().orElse(ZoneOffset.UTC);
            }
        }
        return zone;
    }

    private static void checkMidnight(Instant bound, ZoneId zone) {
        if (!bound.equals(bound.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant())) {
            throw MillraceException.user("mode overwrite_partitions replaces whole days, and the window's bound "
                    + bound
                    + " is not the beginning of a day in " + zone
                    + "; give --start and --end as such, for instance "
                    + bound.atZone(zone).toLocalDate().atStartOfDay(zone).toOffsetDateTime());
        }
    }
}
