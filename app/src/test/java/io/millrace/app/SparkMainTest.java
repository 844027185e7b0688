package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.airflow.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The class that DAG files name is the one that the jar for spark-submit begins with. */
class SparkMainTest {
    @Test
    void isWhatDagsAndTheJarName() throws Exception {
        assertThat(Class.forName(Workers.SparkSubmit.MAIN_CLASS).getMethod("main", String[].class))
                .isEqualTo(SparkMain.class.getMethod("main", String[].class));
        assertThat(Files.readString(Path.of("..", "engines", "spark-submit", "pom.xml")))
                .contains("<mainClass>" + Workers.SparkSubmit.MAIN_CLASS + "</mainClass>");
    }
}
