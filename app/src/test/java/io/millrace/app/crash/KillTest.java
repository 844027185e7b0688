package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code kill -9} at every failpoint; running the same again finishes the run, with each row once, each finished split read
 * once and nothing left behind.
 *
 * <p>A seeded part runs in every build; {@code -Dmillrace.crash.seed=…} repeats it. The whole, which takes about an hour:
 * {@code mvn -q verify -pl app -am -Dmillrace.crash=all}
 */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
    private static final int ROWS = 20_000;

    @TempDir
    static Path folder;

    /** What cases use, each by one at a time: in a database with other sessions, a resume waits for them. */
    private static final BlockingQueue<Verdict> LANES = new LinkedBlockingQueue<>();

    private static Prefilled prefilled;

    @BeforeAll
    static void fill() throws Exception {
        for (int lane = 0; lane < 2; lane++) {
            LANES.add(new Verdict(Events.load(ROWS, 7)));
        }
        prefilled = new Prefilled(
                folder.resolve("prefilled"), LANES.element().events().database());
        for (Layout layout : Layout.values()) {
            if (layout.overwrites()) {
                prefilled.make(layout);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> finishesAfterEveryKill() {
        Random random = Crashes.random(KillTest.class);
        List<KillCase> cases = Crashes.all() ? KillCase.all(random) : KillCase.seeded(random);
        return IntStream.range(0, cases.size())
                .mapToObj(number -> DynamicTest.dynamicTest(
                        cases.get(number).toString(),
                        () -> survives(cases.get(number), folder.resolve("case" + number))));
    }

    private void survives(KillCase kill, Path place) throws InterruptedException {
        Verdict lane = LANES.take();
        try {
            survives(kill, place, lane);
        } finally {
            LANES.add(lane);
        }
    }

    private void survives(KillCase kill, Path place, Verdict verdict) {
        Workspace workspace = Workspace.create(
                place,
                verdict.events().database(),
                kill.layout().pipeline(kill.workers(), kill.splitRows(), kill.batchRows()));
        if (kill.layout().overwrites()) {
            prefilled.copyTo(workspace.target(), kill.layout());
        }
        int finished = 0;
        for (Crash crash : kill.crashes()) {
            ChildExit exit = workspace
                    .run()
                    .withFailpoint(crash.place(), crash.count(), ChildJvm.Action.KILL)
                    .run(Workspace.PATIENCE);
            if (exit.code() == 0) {
                // The place is not reached as often.
                accept(verdict, workspace, kill, exit, finished);
                return;
            }
            assertThat(exit.killed()).as("%s", exit).isTrue();
            assertThat(workspace.finishedSplits()).isGreaterThanOrEqualTo(finished);
            finished = workspace.finishedSplits();
        }
        accept(verdict, workspace, kill, workspace.run().run(Workspace.PATIENCE), finished);
    }

    private void accept(Verdict verdict, Workspace workspace, KillCase kill, ChildExit exit, int finished) {
        verdict.accept(workspace, kill.layout(), exit);
        JsonNode report = Workspace.report(exit);
        int splits = report.path("splits").asInt();
        assertThat(splits).isGreaterThanOrEqualTo(6);
        assertThat(report.path("splits_skipped").asInt()).as("%s", exit).isEqualTo(finished);
        assertThat(Workspace.events(exit, "split_started")).isEqualTo(splits - finished);
    }
}
