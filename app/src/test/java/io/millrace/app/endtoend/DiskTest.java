package io.millrace.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.crash.Crashes;
import io.millrace.app.crash.Events;
import io.millrace.app.crash.Layout;
import io.millrace.app.crash.Workspace;
import io.millrace.testkit.crash.ChildExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only, as mounts that only the child process sees. */
class DiskTest {
    private static Events events;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void fill() throws Exception {
        boolean permitted = mountsArePermitted();
        if (!permitted) {
            Crashes.skipped(DiskTest.class, "this user may not mount file systems (unshare -m)");
        }
        Assumptions.assumeTrue(permitted, "mounts are not permitted");
        events = Events.load(20_000, 23);
    }

    private static boolean mountsArePermitted() throws InterruptedException {
        try {
            Process probe = new ProcessBuilder("unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @BeforeEach
    void create() throws IOException {
        workspace = Workspace.create(folder, events.database(), Layout.APPEND.pipeline(2, 3_000, 1_000));
        Files.createDirectories(folder.resolve("lake"));
        Files.createDirectories(folder.resolve("small"));
    }

    private ChildExit inOwnMounts(String script, String... more) {
        return workspace
                .run(more)
                .under(List.of("unshare", "-m", "sh", "-c", script, "sh"))
                .run(Workspace.PATIENCE);
    }

    @Test
    void aFullTargetIsSaidAndTheRunGoesOnWhenThereIsSpace() {
        ChildExit exit = inOwnMounts("mount -t tmpfs -o size=400k none lake && \"$@\"; echo \"first $?\" >&2;"
                + " mount -o remount,size=100m lake && \"$@\"; code=$?; ls lake >&2; exit $code");
        assertThat(exit.code()).as("%s", exit).isZero();
        assertThat(exit.errors())
                .contains("first 1")
                .contains("the disk is full")
                .contains("_SUCCESS");
        assertThat(Workspace.report(exit).path("loaded").asLong())
                .isEqualTo(events.generator().expected().loaded());
        assertThat(Workspace.report(exit).path("rejected").asLong())
                .isEqualTo(events.generator().expected().rejected());
    }

    @Test
    void aFullDiskUnderTheStateIsSaid() {
        ChildExit exit = inOwnMounts("mount -t tmpfs -o size=64k none small && \"$@\"", "--state", "small/state");
        assertThat(exit.code()).as("%s", exit).isEqualTo(1);
        assertThat(exit.errors()).containsPattern("(?i)full|space").doesNotContain("\tat ");
        assertThat(folder.resolve("lake/_SUCCESS")).doesNotExist();
    }

    @Test
    void aReadOnlyTargetIsSaidBeforeAnythingIsRead() {
        ChildExit exit = inOwnMounts("mount --bind lake lake && mount -o remount,ro,bind lake && \"$@\"");
        assertThat(exit.code()).as("%s", exit).isEqualTo(1);
        assertThat(Workspace.report(exit).path("error").asText()).contains("not writable");
        assertThat(Workspace.events(exit, "planned")).isZero();
    }
}
