package io.millrace.core.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    @TempDir
    Path folder;

    private final MemoryConnector connector = new MemoryConnector();
    private PipelineOptions options;

    @BeforeEach
    void fill() {
        options = PipelineOptions.defaults()
                .withDirectory(folder)
                .withBatchSize(4)
                .withErrorThreshold(0.5);
        Schema schema = Schema.of(Field.of("id", DataType.INT64), Field.of("name", DataType.STRING));
        List<Map<String, Object>> rows = IntStream.range(0, 100)
                .mapToObj(i -> Map.<String, Object>of("id", (long) i % 80, "name", " n  " + i))
                .toList();
        connector.tables.put("events", new MemoryConnector.Table(schema, rows));
    }

    private Pipeline pipeline() {
        return new Pipeline(
                Source.of(connector.catalog(), "memory", Map.of("host", "h", "password", "a${b}$${")),
                Target.of(connector.catalog(), "memory", Map.of()),
                options);
    }

    private static MillraceException failure(ThrowingCallable call) {
        return catchThrowableOfType(MillraceException.class, call);
    }

    @Test
    void runsStepsAndCodeOnTheRunMachineryAndAccountsForEveryRecord() {
        Transformer clean = Transformer.of("clean", Map.of());
        Transformer code = Transformer.named("odd-out", record -> {
            long id = (Long) record.get("id");
            if (id % 10 == 7) {
                throw new IllegalArgumentException("seven is not wanted");
            }
            return id % 2 == 1 ? null : record;
        });
        Pipeline pipeline = pipeline();
        assertThat(pipeline.status()).isEqualTo(new PipelineStatus(PipelineStatus.State.IDLE, Optional.empty()));
        Statistics statistics = pipeline.run("events", "out", List.of(clean, Transformer.deduplicate("id"), code));
        assertThat(statistics.status()).isEqualTo(RunReport.Status.SUCCESS);
        assertThat(statistics.source()).isEqualTo("events");
        assertThat(statistics.target()).isEqualTo("out");
        assertThat(statistics.extracted()).isEqualTo(100);
        assertThat(statistics.deduplicated()).isEqualTo(20);
        assertThat(statistics.failed()).isEqualTo(8);
        assertThat(statistics.filtered()).isEqualTo(32);
        assertThat(statistics.transformed()).isEqualTo(40);
        assertThat(statistics.loaded()).isEqualTo(40);
        assertThat(statistics.errors()).hasSize(8).allMatch(line -> line.contains("odd-out: seven is not wanted"));
        assertThat(statistics.duration()).isPositive();
        assertThat(pipeline.status().statistics()).contains(statistics);
        assertThat(connector.folders.get("out"))
                .hasSize(40)
                .allSatisfy(record -> assertThat((String) record.get("name")).matches("n \\d+"));
        assertThat(connector.passwords).contains("a${b}$${").doesNotContain("a${b}${");
        assertThat(connector.openExtractors).isZero();
    }

    @Test
    void aStepLooksUpInATableOfAnotherConnector() throws IOException {
        Path items = folder.resolve("items.jsonl");
        Files.writeString(items, "{\"id\": 3, \"title\": \"three\"}\n");
        pipeline().run("events", "out", List.of(Transformer.of("enrich", TransformerTest.enrich(items, "id"))));
        assertThat(connector.folders.get("out")).hasSize(100).allSatisfy(record -> assertThat(record.get("title"))
                .isEqualTo(record.get("id").equals(3L) ? "three" : null));
    }

    @Test
    void aKeyedStepSeesAllRecordsOfTheRun() {
        Transformer code = Transformer.named("tens", record -> {
            record.put("name", "n" + (Long) record.get("id") % 10);
            return record;
        });
        Transformer last = Transformer.keyed("deduplicate", Map.of("key", List.of("name"), "order_by", List.of("id")));
        Statistics statistics = pipeline().run("events", "out", List.of(code, last));
        assertThat(statistics.status()).isEqualTo(RunReport.Status.SUCCESS);
        assertThat(statistics.deduplicated()).isEqualTo(90);
        assertThat(statistics.loaded()).isEqualTo(10);
        assertThat(connector.folders.get("out")).hasSize(10);
    }

    @Test
    void codeMayAddColumnsThatItDeclares() {
        Transformer code = Transformer.named(
                "length",
                input -> {
                    List<Field> fields = new ArrayList<>(input.fields());
                    fields.add(Field.of("length", DataType.INT32));
                    return Schema.of(fields);
                },
                record -> {
                    record.put("length", ((String) record.get("name")).length());
                    return record;
                });
        assertThat(pipeline().run("events", "out", List.of(code)).loaded()).isEqualTo(100);
        assertThat(connector.folders.get("out")).contains(Map.of("id", 0L, "name", " n  0", "length", 5));
    }

    @Test
    void undeclaredColumnsFailTheRecords() {
        Transformer code = record -> {
            record.put("length", 1);
            return record;
        };
        Pipeline pipeline = pipeline();
        MillraceException failed = failure(() -> pipeline.run("events", "out", List.of(code)));
        assertThat(failed.kind()).isEqualTo(ErrorKind.DATA);
        Statistics statistics = pipeline.status().statistics().orElseThrow();
        assertThat(statistics.status()).isEqualTo(RunReport.Status.FAILED);
        assertThat(statistics.errors().get(0)).contains("code: there is no column 'length' in");
        assertThat(statistics.error().orElseThrow()).contains("too many rejected rows");
        assertThat(connector.folders.get("out")).isEmpty();
    }

    @Test
    void aFailedRunIsFinishedByRunningAgain() {
        options = options.withParallelism(1);
        List<Transformer> transformers = List.of(Transformer.deduplicate("id"), record -> record, record -> record);
        MemoryConnector.Table events = connector.tables.get("events");
        int[] batches = {0};
        options = options.withListener(event -> {
            if (event instanceof RunEvent.Staged && ++batches[0] == 3) {
                events.broken = 1;
            }
        });
        MillraceException failed = failure(() -> pipeline().run("events", "out", transformers));
        assertThat(failed.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(failed).hasMessageStartingWith("pipeline 'events-to-out', run ");
        assertThat(connector.folders.get("out")).isEmpty();

        int finished = batches[0];
        events.opened = 0;
        Statistics resumed = pipeline().run("events", "out", transformers);
        assertThat(events.opened).isEqualTo(10 - finished);
        assertThat(resumed.extracted()).isEqualTo(100);
        assertThat(resumed.loaded()).isEqualTo(80);
        assertThat(connector.folders.get("out")).hasSize(80);
    }

    @Test
    void aFinishedAppendIsNotDoneAgainUnlessAsked() {
        pipeline().run("events", "out", List.of());
        Statistics again = pipeline().run("events", "out", List.of());
        assertThat(again.status()).isEqualTo(RunReport.Status.ALREADY_DONE);
        assertThat(again.loaded()).isEqualTo(100);
        assertThat(connector.folders.get("out")).hasSize(100);
        assertThatThrownBy(() -> pipeline().run("events", "out", List.of(Transformer.named("v2", record -> record))))
                .hasMessageContaining("the pipeline has changed since")
                .hasMessageContaining("v2");
        options = options.withRerun(Rerun.AGAIN);
        pipeline().run("events", "out", List.of());
        assertThat(connector.folders.get("out")).hasSize(200);
    }

    @Test
    void isRunningWhileItRunsAndStopsOnRequest() {
        Pipeline[] self = new Pipeline[1];
        List<Object> seen = new ArrayList<>();
        options = options.withParallelism(1).withListener(event -> {
            if (event instanceof RunEvent.SplitStarted && seen.isEmpty()) {
                seen.add(self[0].status().state());
                seen.add(failure(() -> self[0].run("events", "out", List.of())).kind());
                self[0].stop();
            }
        });
        self[0] = pipeline();
        assertThat(failure(() -> self[0].run("events", "out", List.of())).kind())
                .isEqualTo(ErrorKind.STOPPED);
        assertThat(seen).containsExactly(PipelineStatus.State.RUNNING, ErrorKind.BUSY);
        assertThat(self[0].status().state()).isEqualTo(PipelineStatus.State.IDLE);
        assertThat(self[0].run("events", "out", List.of()).loaded()).isEqualTo(100);
    }

    @Test
    void wrongOptionsAndNamesAreToldAtOnce() {
        options = options.withBatchSize(0);
        assertThatThrownBy(() -> pipeline().run("events", "out", List.of()))
                .hasMessage("run.batch_rows: must be from 1 to 65536; found 0");
        assertThatThrownBy(() -> Transformer.named("a b", record -> record)).hasMessageContaining("'a b'");
    }

    @Test
    void defaultNamesAreNamesWhateverTheSource() {
        assertThat(DefaultName.of("user_behaviors", "clean_behaviors.parquet"))
                .isEqualTo("user_behaviors-to-clean_behaviors.parquet");
        String query = DefaultName.of("SELECT * FROM \"events\" WHERE kind = 'view' AND " + "x".repeat(200), "/tmp/ö");
        assertThat(query).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}").isNotEqualTo(DefaultName.of("SELECT 1", "/tmp/ö"));
        assertThat(DefaultName.of("", "")).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    }

    @Test
    void schedulesItselfAsTheFileOfItsNameWouldBe() {
        options = options.withName("clean-events");
        String dag = pipeline().schedule("0 2 * * *");
        assertThat(dag)
                .contains("dag_id=\"clean-events\"")
                .contains("CronDataIntervalTimetable(\"0 2 * * *\", timezone=ZONE)")
                .contains("os.path.join(HERE, \"clean-events.yaml\")");
        String scheduled = pipeline().schedule("0 2 * * *", "java", "-jar", "reco.jar");
        assertThat(scheduled)
                .contains("_text(\"exec 'java' '-jar' 'reco.jar'\")")
                .doesNotContain("task_id=\"validate\"");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAScheduleWithoutANameOrThatIsNoSchedule() {
        MillraceException unnamed = failure(() -> pipeline().schedule("0 2 * * *"));
        assertThat(unnamed.kind()).isEqualTo(ErrorKind.USER);
        assertThat(unnamed).hasMessageContaining("withName");
        options = options.withName("clean-events");
        assertThat(failure(() -> pipeline().schedule("0 25 * * *"))).hasMessageContaining("25");
    }
}
