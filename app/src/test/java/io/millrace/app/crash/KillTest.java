package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at every failpoint; running the same again finishes the run, with each row once, each finished split read
 * once and nothing left behind.
 *
 * <p>A seeded part runs in every build; {@code -Dmillrace.crash.seed=…} repeats it. The whole, which takes about an hour:
 * {@code mvn -q verify -pl app -am -Dmillrace.crash=all}
 */
class KillTest {
    private static final int ROWS = 20_000;

    @TempDir
    static Path folder;

    private static Verdict verdict;
    private static Prefilled prefilled;

    @BeforeAll
    static void fill() throws Exception {
        verdict = new Verdict(Events.load(ROWS, 7));
        prefilled = new Prefilled(folder.resolve("prefilled"), verdict.events().database());
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

    private void survives(KillCase kill, Path place) {
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
                accept(workspace, kill, exit, finished);
                return;
            }
            assertThat(exit.killed()).as("%s", exit).isTrue();
            assertThat(workspace.finishedSplits()).isGreaterThanOrEqualTo(finished);
            finished = workspace.finishedSplits();
        }
        accept(workspace, kill, workspace.run().run(Workspace.PATIENCE), finished);
    }

    private void accept(Workspace workspace, KillCase kill, ChildExit exit, int finished) {
        verdict.accept(workspace, kill.layout(), exit);
        JsonNode report = Workspace.report(exit);
        int splits = report.path("splits").asInt();
        assertThat(splits).isGreaterThanOrEqualTo(6);
        assertThat(report.path("splits_skipped").asInt()).as("%s", exit).isEqualTo(finished);
        assertThat(Workspace.events(exit, "split_started")).isEqualTo(splits - finished);
    }
}
