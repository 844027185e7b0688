package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why an increment begins where it does, and whether it resumes, is one line of its log. */
class IncrementWhyTest {
    @TempDir
    Path folder;

    private ChildJvm run(String... more) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments("run", "new.yaml", "--json")
                .withArguments(more);
    }

    private static String id(ChildExit exit) {
        return Workspace.report(exit).path("run").asText();
    }

    @Test
    void eachRunSaysWhyItTakesWhatItTakes() throws IOException {
        Files.createDirectory(folder.resolve("in"));
        Files.writeString(folder.resolve("in/1.csv"), "id\n1\n");
        Files.writeString(
                folder.resolve("new.yaml"),
                """
                pipeline: new
                extract:
                  files: {path: in, format: csv, schema: {id: int64}, incremental: true}
                load:
                  parquet: {path: out}
                """);
        ChildExit first = run().run(Workspace.PATIENCE);
        assertThat(first.code()).as("%s", first).isZero();
        assertThat(first.errors().lines())
                .containsOnlyOnce("no increment has been finished before, so this one takes all rows");

        Files.writeString(folder.resolve("in/2.csv"), "id\n2\n");
        ChildExit broken = run().withFailpoint(Failpoint.BEFORE_STAGE, 1, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(broken.killed()).as("%s", broken).isTrue();
        assertThat(broken.errors().lines())
                .anyMatch(line -> line.startsWith("takes what is new since run " + id(first) + ", which began at "));

        ChildExit resumed = run("--log", "json").run(Workspace.PATIENCE);
        assertThat(resumed.code()).as("%s", resumed).isZero();
        assertThat(resumed.errors().lines())
                .filteredOn(line -> line.contains("is an unfinished increment and is resumed"))
                .singleElement()
                .asString()
                .contains("\"why\":\"run " + id(resumed));

        Files.writeString(
                folder.resolve("new.yaml"),
                Files.readString(folder.resolve("new.yaml")).replace("int64", "string"));
        ChildExit refused = run().run(Workspace.PATIENCE);
        assertThat(refused.code()).as("%s", refused).isEqualTo(2);
        assertThat(refused.errors()).contains("the pipeline has changed since run " + id(resumed));
    }
}
