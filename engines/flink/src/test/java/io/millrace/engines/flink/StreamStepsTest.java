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

    @Test
    void aStepThatNeedsAllRowsOfAKey() {
        refused(
                kafka() + "transform:\n  - deduplicate: {key: [id]}\nload: {parquet: {path: lake}}\n",
                "pipeline.yaml:5:",
                "step 'deduplicate'");
        refused(
                kafka() + "transform:\n  - check: {id: unique}\nload: {parquet: {path: lake}}\n",
                "compares rows across the whole run");
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
