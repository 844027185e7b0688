package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.crash.Strace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} before every rename, fsync, unlink and the like of the commit, and full or broken disks there. A run is
 * brought to where only its commit is left, so that one thread makes all the calls; copies of it are then completed under
 * strace.
 *
 * <p>A seeded handful runs in every build; {@code -Dmillrace.crash.seed=…} repeats it, {@code -Dmillrace.crash=all} sweeps
 * all calls.
 */
class CommitSweepTest {
    private static final int HANDFUL = 8;

    @TempDir
    static Path folder;

    private static Verdict verdict;
    private static Prefilled prefilled;

    @BeforeAll
    static void fill() throws Exception {
        Optional<String> missing = Strace.missing();
        missing.ifPresent(reason -> Crashes.skipped(CommitSweepTest.class, reason));
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        verdict = new Verdict(Events.load(6_000, 11));
        prefilled = new Prefilled(folder.resolve("prefilled"), verdict.events().database());
    }

    @TestFactory
    Stream<DynamicTest> finishesAfterAKillAtAnyCall() {
        return sweep(Strace.FILE_CHANGES, "kill", (layout, place) -> {
            Workspace workspace = interrupted(layout, "kill-" + place);
            ChildExit killed = workspace.run().under(Strace.killingAt(place)).run(Workspace.PATIENCE);
            assertThat(killed.killed()).as("%s", killed).isTrue();
            verdict.accept(workspace, layout, workspace.run().run(Workspace.PATIENCE));
        });
    }

    @TestFactory
    Stream<DynamicTest> saysWhatIsWrongWithADiskAndFinishesLater() {
        List<String> calls = List.of("fsync", "fdatasync", "write", "pwrite64", "?rename", "?unlink", "?rmdir");
        return sweep(calls, "fail", (layout, place) -> {
            for (String error : List.of("ENOSPC", "EIO")) {
                Workspace workspace = interrupted(layout, error + "-" + place);
                ChildExit failed =
                        workspace.run().under(Strace.failingAt(place, error)).run(Workspace.PATIENCE);
                // A call may not matter: of a log line, of what is only tidied away.
                assertThat(failed.code()).as("%s", failed).isIn(0, 1);
                if (failed.code() == 1) {
                    assertThat(failed.errors())
                            .containsIgnoringCase("error")
                            .containsPattern("(?i)space|disk|full|input/output|i/o")
                            .doesNotContain("\tat ")
                            .doesNotContain("defect of Millrace");
                }
                verdict.accept(workspace, layout, workspace.run().run(Workspace.PATIENCE));
            }
        });
    }

    private interface Check {
        void at(Layout layout, Strace.Call place) throws Exception;
    }

    private Stream<DynamicTest> sweep(List<String> calls, String name, Check check) {
        Random random = Crashes.random(CommitSweepTest.class);
        List<Layout> layouts =
                Crashes.all() ? List.of(Layout.values()) : List.of(Layout.any(random), Layout.OVERWRITE_PARTITIONS);
        return layouts.stream().distinct().flatMap(layout -> {
            List<Strace.Call> places = places(layout, calls, name);
            assertThat(places).hasSizeGreaterThan(HANDFUL);
            if (!Crashes.all()) {
                Collections.shuffle(places, random);
                places = places.subList(0, HANDFUL / 2);
            }
            return places.stream()
                    .map(place -> DynamicTest.dynamicTest(layout + " " + place, () -> check.at(layout, place)));
        });
    }

    /** Every call that completing the commit makes, by one run that is only watched. */
    private List<Strace.Call> places(Layout layout, List<String> calls, String name) {
        Workspace workspace = interrupted(layout, name + "-dry");
        Path log = workspace.folder().resolve("strace.log");
        verdict.accept(
                workspace,
                layout,
                workspace.run().under(Strace.recording(log, calls)).run(Workspace.PATIENCE));
        try {
            return new ArrayList<>(Strace.calls(log, workspace.folder()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A workspace whose run was killed when only its commit was left. */
    private Workspace interrupted(Layout layout, String name) {
        String pipeline = layout.pipeline(2, 2_000, 1_000);
        Path original = folder.resolve(layout.name());
        if (!original.toFile().exists()) {
            Workspace first = Workspace.create(original, verdict.events().database(), pipeline);
            if (layout.overwrites()) {
                prefilled.copyTo(first.target(), layout);
            }
            ChildExit killed = first.run()
                    .withFailpoint(Failpoint.BEFORE_COMMIT, 1, ChildJvm.Action.KILL)
                    .run(Workspace.PATIENCE);
            assertThat(killed.killed()).as("%s", killed).isTrue();
        }
        Path copy = folder.resolve(layout + "-" + name.replaceAll("[^A-Za-z0-9]+", "-"));
        Prefilled.copyTree(original, copy);
        return Workspace.create(copy, verdict.events().database(), pipeline);
    }
}
