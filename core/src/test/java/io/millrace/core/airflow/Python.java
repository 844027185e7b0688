package io.millrace.core.airflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The machine's python3, where it has one. */
final class Python {
    private static final Path EXECUTE = Path.of("src/test/resources/airflow/execute.py");

    private Python() {}

    /** Skips the test, and prints why, where there is no python3 that knows time zones. */
    static void require() throws IOException, InterruptedException {
        String missing = "";
        try {
            Process process = new ProcessBuilder("python3", "-c", "import zoneinfo; zoneinfo.ZoneInfo('Asia/Shanghai')")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                missing = "python3 has no time zones: " + said.lines().reduce("", (first, last) -> last);
            }
        } catch (IOException absent) {
            missing = "there is no python3 here: " + absent.getMessage();
        }
        if (!missing.isEmpty()) {
            System.out.println("SKIP the DAG files are not executed; " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    /** What DAG files declare to a generation of Airflow, 2 or 3. */
    static JsonNode execute(String generation, List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B", EXECUTE.toString(), generation));
        files.forEach(file -> command.add(file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONUTF8", "1");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("Airflow " + generation + " would not load the files; see above");
        }
        return new ObjectMapper().readTree(printed);
    }
}
