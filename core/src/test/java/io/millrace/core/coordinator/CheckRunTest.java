package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ErrorKind;
import io.millrace.api.Loader;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.core.config.Place;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.RunReport.Status;
import io.millrace.core.run.StopSignal;
import io.millrace.core.transform.check.CheckFactory;
import io.millrace.core.transform.check.CheckOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks are judged over the whole run, failures and resumes included. */
class CheckRunTest {
    @TempDir
    Path folder;

    private final MemoryTarget target = new MemoryTarget();
    private final MemoryDirectTarget direct = new MemoryDirectTarget();
    private final MemorySource source = new MemorySource(4, 100);
    private Supplier<Loader> loader = target::loader;

    private RunReport run(Map<String, Object> rules) {
        Transform check = create(new CheckFactory(), rules);
        StepDefinition step =
                new StepDefinition.RowStep("check", "check", check, new NoSettings(), Place.named("test"));
        String json = "{\"version\":1,\"entries\":[{\"path\":\"extract.memory\",\"shown\":\"a\",\"hash\":\"a\"}]}";
        Job job = new Job(
                "pipeline",
                Optional.empty(),
                List.of(),
                () -> source,
                List.of(step),
                loader,
                new Job.Options(
                        1,
                        10,
                        0.5,
                        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)),
                        Duration.ofMinutes(1),
                        Optional.empty()),
                DefinitionFingerprint.parse(json));
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            return new Runner(ledger, folder, new LocalEngine(), event -> {}, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
        }
    }

    private static <S extends Record> Transform create(TransformFactory<S> factory, Map<String, Object> rules) {
        return factory.create(SettingsMaps.bind(factory.settings(), "check", rules));
    }

    record NoSettings() {}

    private static CheckOutcome outcome(RunReport report, String check) {
        return report.checks().stream()
                .filter(outcome -> outcome.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBrokenRuleFailsTheRunBeforeAnythingIsVisible() {
        RunReport report = run(Map.of("rows", Map.of("min", 401)));
        assertThat(report.status()).isEqualTo(Status.FAILED);
        RunReport.Failure failure = report.failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(ErrorKind.DATA);
        assertThat(failure.kind().exitCode()).isEqualTo(3);
        assertThat(failure.message())
                .startsWith("check: rows: 400 rows, but at least 401 are expected; nothing of this run is visible in");
        assertThat(target.visible).isEmpty();
        assertThat(outcome(report, "check: rows").passed()).isFalse();
        assertThat(outcome(report, "check: rows").rows()).isEqualTo(400);
    }

    @Test
    void aDirectTargetIsSaidToHoldItsRowsAlready() {
        loader = direct::loader;
        RunReport report = run(Map.of("rows", Map.of("min", 401)));
        assertThat(report.failure().orElseThrow().message())
                .contains("400 rows of this run are in direct memory target already");
        assertThat(direct.visible).hasSize(400);
    }

    @Test
    void aResumedRunCountsWhatWasFinishedBefore() {
        source.keys = number -> number % 300;
        Map<String, Object> rules = Map.of(
                "rows", Map.of("min", 300, "max", 300),
                "id", List.of("unique", Map.of("distinct", Map.of("min", 300, "max", 300))));
        source.failures.put(2, 9);
        RunReport failed = run(rules);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.checks()).isEmpty();

        source.failures.clear();
        source.opened.clear();
        RunReport resumed = run(rules);
        assertThat(resumed.failure()).isEmpty();
        assertThat(resumed.splitsSkipped()).isPositive();
        assertThat(source.opened.keySet()).doesNotContain(0);
        assertThat(outcome(resumed, "check: rows").rows()).isEqualTo(300);
        assertThat(outcome(resumed, "check: id unique").failed()).isEqualTo(100);
        assertThat(resumed.counts().rejected()).isEqualTo(100);
        assertThat(target.visible).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aFailedAttemptCountsForNothing() {
        source.failures.put(1, 2);
        RunReport report = run(Map.of("rows", Map.of("max", 400), "id", Map.of("distinct", Map.of("max", 400))));
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(source.opened.get(1)).isEqualTo(3);
        assertThat(outcome(report, "check: rows").rows()).isEqualTo(400);
    }

    @Test
    void aWarningLeavesTheRunASuccess() {
        RunReport report = run(Map.of("id", Map.of("range", Map.of("max", 389), "severity", "warn")));
        assertThat(report.status()).isEqualTo(Status.SUCCESS);
        assertThat(report.warnings()).containsExactly("check: id range: 10 of 400 rows break it");
        assertThat(target.visible).hasSize(400);
    }

    @Test
    void aRunThatIsRolledForwardStillReportsItsChecks() {
        target.failingCommits = 1;
        Map<String, Object> rules = Map.of("rows", Map.of("min", 1));
        assertThat(run(rules).status()).isEqualTo(Status.FAILED);
        RunReport rolled = run(rules);
        assertThat(rolled.status()).isEqualTo(Status.SUCCESS);
        assertThat(outcome(rolled, "check: rows").rows()).isEqualTo(400);
    }
}
