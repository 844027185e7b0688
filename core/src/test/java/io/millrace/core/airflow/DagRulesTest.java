package io.millrace.core.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.ScheduledWindow;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would not do what is meant is told before a DAG is written. */
class DagRulesTest {
    private static void refused(String message, Scheduled... pipelines) {
        assertThatThrownBy(() -> Dags.each(list(pipelines), Workers.DEFAULT, Scheduled.DAGS))
                .isInstanceOf(MillraceException.class)
                .satisfies(
                        refusal -> assertThat(MillraceException.kindOf(refusal)).isEqualTo(ErrorKind.USER))
                .hasMessageContaining(message);
    }

    private static void together(String message, Scheduled... pipelines) {
        assertThatThrownBy(() -> Dags.together("all", list(pipelines), Workers.DEFAULT, Scheduled.DAGS))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(message);
    }

    private static List<ScheduledPipeline> list(Scheduled... pipelines) {
        return Stream.of(pipelines).map(Scheduled::pipeline).toList();
    }

    private static void accepted(Scheduled... pipelines) {
        assertThat(Dags.each(list(pipelines), Workers.DEFAULT, Scheduled.DAGS)).hasSize(pipelines.length);
    }

    private static final Scheduled P = Scheduled.pipeline("p");

    @ParameterizedTest
    @ValueSource(strings = {"+08:00", "UTC+8", "GMT+08:00"})
    void anOffsetIsNoZoneForAirflow(String offset) {
        refused("name a region", P.with(Scheduled.in(ZoneId.of(offset), false, Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Z", "UTC", "GMT", "Etc/UTC"})
    void allNamesOfUtcAreUtc(String name) {
        assertThat(ScheduleRules.zone(ZoneId.of(name))).contains("UTC");
    }

    @Test
    void catchingUpNeedsABeginning() {
        refused("add schedule.start", P.with(Scheduled.in(ZoneOffset.UTC, true, Optional.empty())));
        accepted(P.with(Scheduled.in(ZoneOffset.UTC, true, Optional.of(LocalDate.EPOCH))));
    }

    @Test
    void windowsThatWouldBeEmptyAreRefused() {
        refused("rounds to whole days", P.at("0 * * * *").writing(WriteMode.UPSERT, ScheduledWindow.DAY, false));
        refused("rounds to whole hours", P.at("*/5 2 * * *").writing(WriteMode.UPSERT, ScheduledWindow.HOUR, false));
        accepted(P.at("5 * * * *").writing(WriteMode.UPSERT, ScheduledWindow.HOUR, false));
    }

    @Test
    void wholeDaysAreReplacedByWholeDays() {
        refused(
                "add schedule.window: day",
                P.at("0 2 * * *").writing(WriteMode.OVERWRITE_PARTITIONS, ScheduledWindow.INTERVAL, false));
        accepted(P.at("0 0 * * *").writing(WriteMode.OVERWRITE_PARTITIONS, ScheduledWindow.INTERVAL, false));
        accepted(P.at("0 2 * * *").writing(WriteMode.OVERWRITE_PARTITIONS, ScheduledWindow.DAY, false));
    }

    @Test
    void whatWouldGoWellOnceIsRefused() {
        refused("would load all rows once", P.at("0 2 * * *").writing(WriteMode.APPEND, ScheduledWindow.NONE, false));
        refused(
                "replace_window needs",
                P.at("0 2 * * *").writing(WriteMode.REPLACE_WINDOW, ScheduledWindow.NONE, false));
        refused(
                "would load all rows once",
                P.at("0 2 * * *").moving("in", "lake"),
                Scheduled.pipeline("q")
                        .writing(WriteMode.APPEND, ScheduledWindow.NONE, false)
                        .moving("lake", "out"));
        accepted(P.at("0 2 * * *").writing(WriteMode.APPEND, ScheduledWindow.NONE, true));
        // By hand, it is the user who says how often.
        accepted(P.writing(WriteMode.APPEND, ScheduledWindow.NONE, false));
    }

    @Test
    void aFileThatRefersToTheWindowNeedsOne() {
        refused(
                "${window.start}",
                P.at("0 2 * * *")
                        .writing(WriteMode.UPSERT, ScheduledWindow.NONE, false)
                        .mentioningWindow());
        accepted(P.at("0 2 * * *").mentioningWindow());
        accepted(P.mentioningWindow());
    }

    @Test
    void dependenciesMustBeKnownAndHaveTheSameIntervals() {
        refused("is not among the pipelines", P.with(Scheduled.waitingFor("q")));
        refused("is itself", P.with(Scheduled.waitingFor("p")));
        refused("has no schedule", P.with(Scheduled.waitingFor("q")), Scheduled.pipeline("q"));
        refused(
                "has other intervals",
                P.with(Scheduled.waitingFor("q")),
                Scheduled.pipeline("q").at("0 3 * * *"));
        refused(
                "has other intervals",
                P.with(Scheduled.in(ZoneId.of("Asia/Shanghai"), false, Optional.empty(), "q")),
                Scheduled.pipeline("q").at("0 2 * * *"));
        refused(
                "waited for",
                P.with(Scheduled.in(ZoneOffset.UTC, true, Optional.of(LocalDate.EPOCH), "q")),
                Scheduled.pipeline("q").at("0 2 * * *"));
        accepted(
                P.with(Scheduled.in(ZoneOffset.UTC, true, Optional.of(LocalDate.EPOCH), "q")),
                Scheduled.pipeline("q").with(Scheduled.in(ZoneOffset.UTC, true, Optional.of(LocalDate.EPOCH))));
    }

    @Test
    void circlesAreRefused() {
        refused(
                "wait for each other in a circle, by depends_on or by reading what another one writes: a, b",
                Scheduled.pipeline("a").with(Scheduled.waitingFor("b")),
                Scheduled.pipeline("b").with(Scheduled.waitingFor("a")));
        refused("circle", P.moving("one", "two"), Scheduled.pipeline("q").moving("two", "one"));
        accepted(P.at("0 1 * * *").moving("one", "two"), Scheduled.pipeline("q").moving("two", "one"));
        together(
                "circle",
                P.at("0 1 * * *").moving("one", "two"),
                Scheduled.pipeline("q").at("0 1 * * *").moving("two", "one"));
    }

    @Test
    void aProjectHasOneSchedule() {
        together(
                "different schedules",
                P.at("0 1 * * *"),
                Scheduled.pipeline("q").at("0 2 * * *"));
        together("has no place in a common DAG", P.at("0 1 * * *"), Scheduled.pipeline("q"));
    }

    @Test
    void namesAreKeptApart() {
        refused("two pipelines are called 'a.b' and 'a_b'", Scheduled.pipeline("a.b"), Scheduled.pipeline("a_b"));
        refused("two pipelines are called 'P' and 'p'", Scheduled.pipeline("P"), P);
        assertThatThrownBy(() -> Dags.together("../x", list(P.at("0 1 * * *")), Workers.DEFAULT, Path.of("dags")))
                .hasMessageContaining("is not a name for a DAG");
    }

    @Test
    void whatWorkersHaveIsChecked() {
        for (Workers wrong : List.of(
                new Workers("millrace", Optional.of("pipelines"), Optional.empty(), Optional.empty()),
                new Workers("millrace", Optional.empty(), Optional.empty(), Optional.of("os.system('x')")))) {
            assertThatThrownBy(() -> Dags.each(list(P), wrong, Scheduled.DAGS))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("'");
        }
    }

    @Test
    void allIsToldAtOnce() {
        assertThatThrownBy(
                        () -> Dags.each(list(P.with(Scheduled.waitingFor("q", "r"))), Workers.DEFAULT, Scheduled.DAGS))
                .hasMessageContaining("'q'")
                .hasMessageContaining("'r'");
    }
}
