package io.millrace.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.crash.Workspace;
import io.millrace.app.doctor.Check.Verdict;
import io.millrace.core.ledger.StatePlace;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path folder;

    private ChildExit doctor(String... files) {
        return ChildJvm.of("io.millrace.app.Millrace")
                .in(folder)
                .withArguments("doctor", "--json")
                .withArguments(files)
                .run(Workspace.PATIENCE);
    }

    private static JsonNode check(ChildExit exit, String name) {
        for (JsonNode check : Workspace.report(exit).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check of " + name + ": " + exit);
    }

    @Test
    void aHealthyPipelineIsSaidToBe() throws IOException {
        Files.writeString(folder.resolve("rows.csv"), "id,name\n1,a\n");
        Files.writeString(
                folder.resolve("good.yaml"),
                "pipeline: good\nextract: {files: {path: rows.csv}}\nload: {parquet: {path: lake}}\n");
        ChildExit exit = doctor("good.yaml");
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(check(exit, "source").path("found").asText()).contains("rows.csv answers: 2 columns");
        assertThat(check(exit, "first row").path("found").asText()).contains("can be read");
        assertThat(check(exit, "target").path("verdict").asText()).isEqualTo("ok");
        assertThat(folder.resolve("lake")).doesNotExist();
        assertThat(folder.resolve(".millrace")).doesNotExist();
    }

    @Test
    void aServerThatIsDownIsNamedAndFails() throws IOException {
        Files.writeString(
                folder.resolve("down.yaml"),
                """
                pipeline: down
                extract:
                  postgres: {url: "postgresql://127.0.0.1:1/shop", user: reader, table: t}
                load: {parquet: {path: lake}}
                """);
        ChildExit exit = doctor("down.yaml");
        assertThat(exit.code()).as("%s", exit).isEqualTo(1);
        assertThat(check(exit, "source").path("found").asText()).contains("127.0.0.1:1");
        assertThat(Workspace.report(exit).path("healthy").asBoolean()).isFalse();
    }

    @Test
    void aWrongFileIsWorseThanAServerThatIsDown() throws IOException {
        Files.writeString(folder.resolve("wrong.yaml"), "pipelin: x\n");
        ChildExit exit = doctor("wrong.yaml");
        assertThat(exit.code()).as("%s", exit).isEqualTo(2);
        assertThat(check(exit, "wrong.yaml").path("found").asText()).contains("did you mean 'pipeline'?");
    }

    @Test
    void aStateFolderThatCannotBeOneIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(StateChecks.folder(file.resolve(".millrace")))
                .satisfies(check -> assertThat(check.verdict()).isEqualTo(Verdict.FAILED))
                .satisfies(check -> assertThat(check.found()).contains("is no folder", "--state"));
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(StateChecks.folder(open).found()).contains("others may read it", "chmod 700");
    }

    @Test
    void aLedgerThatIsNoneIsSaid() throws IOException {
        Path state = Files.createDirectory(folder.resolve(".millrace"));
        Files.writeString(state.resolve("ledger.db"), "this is no database");
        assertThat(StateChecks.all(StatePlace.in(state)))
                .filteredOn(check -> check.name().equals("ledger"))
                .singleElement()
                .satisfies(check -> assertThat(check.verdict()).isEqualTo(Verdict.FAILED))
                .satisfies(check -> assertThat(check.found()).contains("ledger.db"));
    }

    @Test
    void littleOfSomethingIsAWarningWithItsRemedy() throws IOException {
        assertThat(MachineChecks.handles(256).found()).contains("ulimit -n");
        assertThat(MachineChecks.temporaryFolder(folder.resolve("none")).found())
                .contains("java.io.tmpdir");
        assertThat(MachineChecks.engines(folder, "").verdict()).isEqualTo(Verdict.WARNING);
        Files.createDirectories(folder.resolve("lib/spark"));
        Files.createDirectories(folder.resolve("lib/flink"));
        assertThat(MachineChecks.engines(folder, "").found()).isEqualTo("local, spark, flink");
        assertThat(MachineChecks.all())
                .allSatisfy(check -> assertThat(check.verdict()).isNotEqualTo(Verdict.FAILED));
    }
}
