package io.millrace.core.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.ScheduledWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The DAG files beside the tests are those that are generated. {@code -Dmillrace.dags.update} writes them anew: read the
 * difference.
 */
class DagGoldenTest {
    static final Path FOLDER = Path.of("src/test/resources/airflow/golden");

    @Test
    void dagsAreThoseKeptHere() throws IOException {
        List<DagFile> dags = GoldenDags.all();
        if (System.getProperty("millrace.dags.update") != null) {
            Files.createDirectories(FOLDER);
            for (DagFile dag : dags) {
                Files.writeString(FOLDER.resolve(dag.name()), dag.text());
            }
        }
        for (DagFile dag : dags) {
            assertThat(FOLDER.resolve(dag.name())).as(dag.name()).hasContent(dag.text());
        }
        try (Stream<Path> kept = Files.list(FOLDER)) {
            assertThat(kept.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            dags.stream().map(DagFile::name).toList());
        }
    }

    @Test
    void theOrderOfThePipelinesDoesNotMatter() {
        List<ScheduledPipeline> pipelines = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            pipelines.add(Scheduled.pipeline(name)
                    .with(Scheduled.waitingFor())
                    .moving("in", "lake/" + name)
                    .pipeline());
        }
        pipelines.add(Scheduled.pipeline("d")
                .with(Scheduled.waitingFor("c", "a", "a"))
                .pipeline());
        pipelines.add(Scheduled.pipeline("e")
                .writing(WriteMode.UPSERT, ScheduledWindow.NONE, false)
                .moving("lake/b/x", "out")
                .pipeline());
        List<DagFile> once = Dags.each(pipelines, Workers.DEFAULT, Scheduled.DAGS);
        Collections.reverse(pipelines);
        assertThat(Dags.each(pipelines, Workers.DEFAULT, Scheduled.DAGS)).isEqualTo(once);
    }

    @Test
    void nothingOfAUserIsOutsideOfALiteral() {
        for (DagFile dag : GoldenDags.all()) {
            String code = dag.text().replaceAll("\"(?:[^\"\\\\\\n]|\\\\.)*\"", "\"\"");
            assertThat(code).as(dag.name()).doesNotContain("import os .sh", "7 * 7", "touch", "用户");
            assertThat(dag.text().codePoints())
                    .as(dag.name())
                    .allMatch(c -> c == '\n' || c >= ' ' && !Character.isISOControl(c) && c != 0x202e);
        }
    }
}
