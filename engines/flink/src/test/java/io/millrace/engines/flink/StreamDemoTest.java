package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace demo --stream}, small. */
class StreamDemoTest {
    @TempDir
    Path folder;

    @Test
    void eventsFlowAndAddUp() {
        ChildExit demo = ChildJvm.of("io.millrace.app.Millrace")
                .withArguments("demo", "--stream", "--seconds", "3", "--rate", "700", "--folder", "demo", "--json")
                .in(folder)
                .run(Duration.ofSeconds(180));

        assertThat(demo.code()).as("%s", demo).isZero();
        assertThat(demo.lastLine()).contains("\"status\":\"success\"").contains("\"different\":0");
    }
}
