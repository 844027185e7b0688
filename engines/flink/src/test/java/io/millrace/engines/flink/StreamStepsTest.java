package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.core.stream.StreamStart;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream refuses before it has touched anything. */
class StreamStepsTest {
    @TempDir
    Path folder;

    private void refused(String yaml, String... words) {
        Path file = Streaming.pipeline(folder, "pipeline: refused\n" + yaml);
        try (Streaming stream = Streaming.start(file, StreamStart.LATEST)) {
            assertThatThrownBy(stream::end).hasMessageContainingAll(words);
        }
    }

    private static String kafka() {
        return "extract:\n  kafka: {brokers: \"127.0.0.1:9\", topic: t, schema: {id: int64, ts: timestamp}}\n";
    }

    @Test
    void aSourceThatIsNoTopic() {
        refused(
                "extract: {files: {path: x.csv, schema: {a: string}}}\nload: {parquet: {path: lake}}\n",
                "a stream reads a topic of Kafka",
                "millrace run");
    }

    private static String transform(String... steps) {
        StringBuilder yaml = new StringBuilder("transform:\n");
        for (String step : steps) {
            yaml.append("  - ").append(step).append('\n');
        }
        return kafka() + yaml + "load: {parquet: {path: lake}}\n";
    }

    @Test
    void aStepWhoseResultIsNeverFinal() {
        refused(
                transform("deduplicate: {key: [id], order_by: [ts]}"),
                "pipeline.yaml:5:",
                "step 'deduplicate' has order_by");
        refused(transform("check: {id: unique}"), "compares rows across the whole run");
        refused(transform("aggregate: {by: [id], measures: {n: count(*)}}"), "takes aggregate with a window");
    }

    @Test
    void windowsWithoutAWatermark() {
        String windows = "aggregate: {by: [id], window: {tumbling: 1h, time: ts}, measures: {n: count(*)}}";
        refused(transform(windows), "step 'aggregate' goes by 'ts'", "set stream: {event_time: ts}");
        refused(
                transform(
                                windows,
                                "aggregate: {by: [n], window: {tumbling: 1h, time: window_start}, measures: {m: count(*)}}")
                        + "stream: {event_time: ts}\n",
                "step 'aggregate-2' is behind one that makes groups");
    }

    @Test
    void anEventTimeThatIsGoneAtAKeyedStep() {
        refused(
                transform("derive: {day: \"CAST(ts AS DATE)\"}", "deduplicate: {key: [id]}")
                                .replace("derive: {day", "derive: {ts: \"CAST(NULL AS DATE)\", day")
                        + "stream: {event_time: ts}\n",
                "step 'deduplicate' must have the column 'ts'");
    }

    @Test
    void aRuleThatIsJudgedAtTheEnd() {
        refused(
                kafka() + "transform:\n  - check: {rows: {min: 1}}\nload: {parquet: {path: lake}}\n",
                "is judged on a whole run");
    }

    @Test
    void anEventTimeThatIsNotThere() {
        refused(
                kafka() + "load: {parquet: {path: lake}}\nstream: {event_time: tz}\n",
                "there is no column 'tz' of type timestamp");
    }

    @Test
    void aModeThatReplaces() {
        refused(kafka() + "load: {parquet: {path: lake, mode: overwrite}}\n", "use append or upsert");
    }
}
