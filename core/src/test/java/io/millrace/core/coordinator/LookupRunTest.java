package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ErrorKind;
import io.millrace.api.RetryPolicy;
import io.millrace.api.WriteMode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Place;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.RunLayout;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.lookup.LookupSource;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.RunReport.Status;
import io.millrace.core.run.StopSignal;
import io.millrace.core.transform.enrich.EnrichFactory;
import io.millrace.core.transform.enrich.EnrichSettings;
import io.millrace.core.transform.enrich.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All pieces of a run look up in the same rows, whatever happens to the run and to the table. */
class LookupRunTest {
    @TempDir
    Path folder;

    private final MemoryTables tables = new MemoryTables();
    private final MemoryTarget target = new MemoryTarget();
    private final List<RunEvent> events = new ArrayList<>();
    private Missing missing = new Missing.SetNull();
    private LookupSource from = tables.whole("items");

    private void items(String version) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id = 0; id < 400; id++) {
            rows.add(Map.of("id", id, "version", version));
        }
        tables.put("items", Schema.of(Field.of("id", DataType.INT64), Field.of("version", DataType.STRING)), rows);
    }

    private RunReport run(MemorySource source) {
        EnrichSettings settings = new EnrichSettings(
                from, Map.of("id", "id"), Map.of(), missing, Optional.empty(), Optional.empty(), Optional.empty());
        target.column = 1;
        StepDefinition step = new StepDefinition.RowStep(
                        "enrich", "enrich", new EnrichFactory().create(settings), settings, Place.named("test"))
                .connected(MemoryTables.CONTEXT);
        Job job = new Job(
                "pipeline",
                Optional.empty(),
                List.of(),
                () -> source,
                List.of(step),
                target::loader,
                new Job.Options(
                        1,
                        10,
                        1,
                        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)),
                        Duration.ofMinutes(1),
                        Optional.empty()),
                DefinitionFingerprint.parse("{\"version\":1,\"entries\":[]}"));
        events.clear();
        try (SqliteLedger ledger = SqliteLedger.open(folder)) {
            return new Runner(ledger, folder, new LocalEngine(), events::add, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
        }
    }

    private Path lookups(RunReport report) {
        return new RunLayout(folder, report.run(), Optional.empty()).lookups();
    }

    private Set<Object> versions() {
        return new HashSet<>(target.visible);
    }

    /** Two of four splits are finished. */
    private RunReport interrupted(MemorySource source) {
        items("first");
        source.failures.put(2, 9);
        source.failures.put(3, 9);
        RunReport failed = run(source);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(target.visible).isEmpty();
        source.failures.clear();
        source.opened.clear();
        items("second");
        return failed;
    }

    @Test
    void aResumedRunLooksUpInWhatItsFirstAttemptHasRead() {
        MemorySource source = new MemorySource(4, 100);
        RunReport failed = interrupted(source);
        RunReport resumed = run(source);
        assertThat(resumed.status()).isEqualTo(Status.SUCCESS);
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(resumed.splitsSkipped()).isEqualTo(2);
        assertThat(target.visible).hasSize(400);
        assertThat(versions()).containsExactly("first");
        assertThat(tables.reads).isEqualTo(1);
    }

    @Test
    void aResumeNeedsTheTableNoMore() {
        MemorySource source = new MemorySource(4, 100);
        interrupted(source);
        tables.put("items", Schema.of(Field.of("other", DataType.INT64)), List.of());
        assertThat(run(source).status()).isEqualTo(Status.SUCCESS);
        assertThat(versions()).containsExactly("first");
    }

    @Test
    void aRunWhoseRowsAreDamagedBeginsAnewAndSaysWhy() throws IOException {
        MemorySource source = new MemorySource(4, 100);
        RunReport failed = interrupted(source);
        Path rows = lookups(failed).resolve("enrich.rows");
        byte[] bytes = Files.readAllBytes(rows);
        bytes[bytes.length / 2]++;
        Files.write(rows, bytes);
        beginsAnew(failed, run(source), "checksum");
    }

    @Test
    void aRunWhoseRowsAreGoneBeginsAnewAndSaysWhy() throws IOException {
        MemorySource source = new MemorySource(4, 100);
        RunReport failed = interrupted(source);
        Files.delete(lookups(failed).resolve("enrich.json"));
        beginsAnew(failed, run(source), "missing");
    }

    private void beginsAnew(RunReport failed, RunReport anew, String reason) {
        assertThat(anew.status()).isEqualTo(Status.SUCCESS);
        assertThat(anew.run()).isNotEqualTo(failed.run());
        assertThat(anew.splitsSkipped()).isZero();
        assertThat(target.visible).hasSize(400);
        assertThat(versions()).containsExactly("second");
        assertThat(((RunEvent.Started) events.get(0)).why())
                .contains("cannot be resumed", "step 'enrich'", reason, "read again");
        assertThat(lookups(failed)).doesNotExist();
    }

    @Test
    void aRunThatHasFinishedNothingReadsTheTableAgain() throws IOException {
        items("first");
        MemorySource source = new MemorySource(2, 100);
        source.failures.put(0, 9);
        source.failures.put(1, 9);
        RunReport failed = run(source);
        Files.delete(lookups(failed).resolve("enrich.rows"));
        source.failures.clear();
        items("second");
        RunReport resumed = run(source);
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(resumed.status()).isEqualTo(Status.SUCCESS);
        assertThat(versions()).containsExactly("second");
    }

    @Test
    void theTableIsReadOncePerRunAndItsRowsGoWithTheRun() throws IOException {
        items("first");
        target.mode = WriteMode.OVERWRITE;
        RunReport one = run(new MemorySource(2, 10));
        items("second");
        RunReport two = run(new MemorySource(2, 10));
        assertThat(versions()).containsExactly("second");
        assertThat(tables.reads).isEqualTo(2);
        for (RunReport report : List.of(one, two)) {
            assertThat(lookups(report).resolve("enrich.rows")).doesNotExist();
            assertThat(Files.readString(lookups(report).resolve("enrich.json")))
                    .contains("\"table\" : \"table items\"", "\"rows\" : 400", "\"taken\" : \"20");
        }
    }

    @Test
    void aTableThatCannotBeReadFailsTheRunWhichCanBeResumed() {
        items("first");
        tables.failures = 3;
        RunReport failed = run(new MemorySource(2, 10));
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.failure().orElseThrow().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failed.failure().orElseThrow().message()).contains("step 'enrich'", "on purpose");
        RunReport resumed = run(new MemorySource(2, 10));
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(versions()).containsExactly("first");
    }

    @Test
    void rowsThatFindNothingAreTold() {
        items("first");
        RunReport report = run(new MemorySource(5, 100));
        assertThat(report.warnings()).hasSize(1);
        assertThat(report.warnings().get(0))
                .startsWith("step 'enrich': 100 of 500 rows found nothing in table items, read at ");
        assertThat(versions()).containsExactlyInAnyOrder("first", null);
    }

    @Test
    void whatIsLeftOutIsAccountedFor() {
        items("first");
        missing = new Missing.DropRow();
        RunReport dropped = run(new MemorySource(5, 100));
        assertThat(dropped.counts().filtered()).isEqualTo(100);
        assertThat(dropped.counts().loaded()).isEqualTo(400);
        assertThat(dropped.counts().balanced()).isTrue();
    }

    @Test
    void aServerIsAskedForEachKeyOnceByAllWorkers() {
        items("first");
        from = tables.byKey("items");
        MemorySource source = new MemorySource(5, 100);
        source.keys = number -> number % 50;
        assertThat(run(source).status()).isEqualTo(Status.SUCCESS);
        assertThat(tables.questions.stream().mapToInt(List::size).sum()).isEqualTo(50);
        assertThat(target.visible).hasSize(500);
        assertThat(versions()).containsExactly("first");
        assertThat(tables.connections).isZero();
    }
}
