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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code kill -9} before every rename, fsync, unlink and the like of the commit, and full or broken disks there. A run is
 * brought to where only its commit is left, so that one thread makes all the calls; copies of it are then completed under
 * strace.
 *
 * <p>A seeded handful runs in every build; {@code -Dmillrace.crash.seed=…} repeats it, {@code -Dmillrace.crash=all} sweeps
 * all calls.
 */
@Execution(ExecutionMode.CONCURRENT)
class CommitSweepTest {
    private static final Map<Layout, Path> ORIGINALS = new ConcurrentHashMap<>();
    private static final Map<Layout, List<Strace.Call>> CALLS = new ConcurrentHashMap<>();

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
        return sweep(call -> !call.name().contains("write"), 4, (layout, call) -> {
            Workspace workspace = interrupted(layout, "kill-" + call);
            ChildExit killed = workspace.run().under(Strace.killingAt(call)).run(Workspace.PATIENCE);
            assertThat(killed.killed()).as("%s", killed).isTrue();
            verdict.accept(workspace, layout, workspace.run().run(Workspace.PATIENCE));
        });
    }

    @TestFactory
    Stream<DynamicTest> saysThatADiskIsFullAndFinishesLater() {
        return sweep(call -> !call.name().startsWith("unlink"), 2, (layout, call) -> fails(layout, call, "ENOSPC"));
    }

    @TestFactory
    Stream<DynamicTest> saysThatADiskIsBrokenAndFinishesLater() {
        return sweep(call -> true, 2, (layout, call) -> fails(layout, call, "EIO"));
    }

    private void fails(Layout layout, Strace.Call call, String error) {
        Workspace workspace = interrupted(layout, error + "-" + call);
        ChildExit failed = workspace.run().under(Strace.failingAt(call, error)).run(Workspace.PATIENCE);
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

    private interface Check {
        void at(Layout layout, Strace.Call call);
    }

    private Stream<DynamicTest> sweep(Predicate<Strace.Call> chosen, int handful, Check check) {
        Random random = Crashes.random(CommitSweepTest.class);
        List<Layout> layouts = Crashes.all() ? List.of(Layout.values()) : List.of(Layout.any(random));
        return layouts.stream().flatMap(layout -> {
            List<Strace.Call> calls = new ArrayList<>(CALLS.computeIfAbsent(layout, this::calls).stream()
                    .filter(chosen)
                    .toList());
            assertThat(calls).hasSizeGreaterThan(handful);
            if (!Crashes.all()) {
                Collections.shuffle(calls, random);
                calls = calls.subList(0, handful);
            }
            return calls.stream()
                    .map(call -> DynamicTest.dynamicTest(layout + " " + call, () -> check.at(layout, call)));
        });
    }

    /** Every call that completing the commit makes, by one run that is only watched. */
    private List<Strace.Call> calls(Layout layout) {
        Workspace workspace = interrupted(layout, "watched");
        Path log = workspace.folder().resolve("strace.log");
        List<String> names = new ArrayList<>(Strace.FILE_CHANGES);
        names.addAll(List.of("write", "pwrite64"));
        verdict.accept(
                workspace,
                layout,
                workspace.run().under(Strace.recording(log, names)).run(Workspace.PATIENCE));
        try {
            return Strace.calls(log, workspace.folder());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** A workspace whose run was killed when only its commit was left. */
    private Workspace interrupted(Layout layout, String name) {
        String pipeline = layout.pipeline(2, 2_000, 1_000);
        Path original = ORIGINALS.computeIfAbsent(layout, missing -> interrupt(missing, pipeline));
        Path copy = folder.resolve(layout + "-" + name.replaceAll("[^A-Za-z0-9]+", "-"));
        Prefilled.copyTree(original, copy);
        return Workspace.create(copy, verdict.events().database(), pipeline);
    }

    private static Path interrupt(Layout layout, String pipeline) {
        Workspace first =
                Workspace.create(folder.resolve(layout.name()), verdict.events().database(), pipeline);
        if (layout.overwrites()) {
            prefilled.copyTo(first.target(), layout);
        }
        ChildExit killed = first.run()
                .withFailpoint(Failpoint.BEFORE_COMMIT, 1, ChildJvm.Action.KILL)
                .run(Workspace.PATIENCE);
        assertThat(killed.killed()).as("%s", killed).isTrue();
        return first.folder();
    }
}
