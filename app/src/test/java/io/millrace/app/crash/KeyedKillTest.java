package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} on either side of an exchange, several times in one run; running the same again finishes it, and the source
 * is not read again once it has been read.
 */
class KeyedKillTest {
    private static final int ROWS = 20_000;
    private static final int CASES = 6;

    @TempDir
    static Path folder;

    private static Verdict verdict;

    @BeforeAll
    static void fill() throws Exception {
        verdict = new Verdict(Events.load(ROWS, 8));
    }

    @TestFactory
    Stream<DynamicTest> finishesAfterEveryKill() {
        Random random = Crashes.random(KeyedKillTest.class);
        return IntStream.range(0, CASES).mapToObj(number -> {
            List<Crash> crashes = crashes(random);
            return DynamicTest.dynamicTest(
                    crashes.toString(), () -> survives(crashes, folder.resolve("case" + number)));
        });
    }

    /** About 16 splits of 3 batches and 8 buckets of 3: the later counts fall into the second stage. */
    private static List<Crash> crashes(Random random) {
        List<Failpoint> places = List.of(
                Failpoint.AFTER_SPLIT_OPEN,
                Failpoint.MID_READ,
                Failpoint.BEFORE_WRITE,
                Failpoint.BEFORE_STAGE,
                Failpoint.AFTER_STAGE);
        List<Crash> crashes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Failpoint place = places.get(random.nextInt(places.size()));
            boolean perBatch = place == Failpoint.MID_READ || place == Failpoint.BEFORE_WRITE;
            crashes.add(new Crash(place, 1 + random.nextInt(perBatch ? 60 : 20)));
        }
        return crashes;
    }

    private static void survives(List<Crash> crashes, Path place) {
        String pipeline = Layout.APPEND
                .pipeline(2, 1_300, 500)
                .replace(
                        "deduplicate: {key: [event_id]}",
                        "deduplicate: {key: [event_id], keep: first, order_by: [ts]}");
        assertThat(pipeline).contains("order_by");
        Workspace workspace = Workspace.create(place, verdict.events().database(), pipeline);
        for (Crash crash : crashes) {
            ChildExit exit = workspace
                    .run()
                    .withFailpoint(crash.place(), crash.count(), ChildJvm.Action.KILL)
                    .run(Workspace.PATIENCE);
            if (exit.code() == 0) {
                // The place is not reached as often any more.
                verdict.accept(workspace, Layout.APPEND, exit);
                return;
            }
            assertThat(exit.killed()).as("%s", exit).isTrue();
        }
        int finished = workspace.finishedSourceSplits();
        ChildExit exit = workspace.run().run(Workspace.PATIENCE);
        verdict.accept(workspace, Layout.APPEND, exit);
        assertThat(Workspace.report(exit).path("splits_skipped").asInt())
                .as("%s", exit)
                .isEqualTo(finished);
        assertThat(Workspace.events(exit, "split_started"))
                .isEqualTo(Workspace.report(exit).path("splits").asInt() - finished);
    }
}
