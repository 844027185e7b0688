package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.CommitResult;
import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.Staged;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.storage.Storage;
import io.millrace.testkit.loader.StagingRun;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real table behind a connection that breaks around the put of the commit. */
class LostAnswerTest {
    private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64));
    private static final Set<String> REACHING = Set.of("list", "find", "read", "open", "put", "putIfAbsent");
    private static final String COMMIT = "_delta_log/00000000000000000001.json";

    @TempDir
    Path folder;

    private enum Breaks {
        BEFORE,
        AFTER,
        AFTER_FOR_EVER
    }

    private Storage breaking(Breaks when) {
        Storage real = TestTables.storage(folder.resolve("lake"));
        boolean[] broken = new boolean[1];
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    boolean commit = method.getName().equals("putIfAbsent") && arguments[0].equals(COMMIT);
                    if (broken[0] && when == Breaks.AFTER_FOR_EVER && REACHING.contains(method.getName())) {
                        throw MillraceException.unavailable("the connection is gone", null);
                    }
                    if (commit && !broken[0] && when == Breaks.BEFORE) {
                        broken[0] = true;
                        throw MillraceException.unavailable("the connection broke", null);
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (commit && !broken[0]) {
                            broken[0] = true;
                            throw MillraceException.unavailable("the answer was lost", null);
                        }
                        return answer;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private StagingRun run(Storage storage) {
        DeltaLoader loader = new DeltaLoader(TestSettings.settings(new LoadMode.Append(), List.of()), storage);
        return new StagingRun(loader, SCHEMA, new Lineage("p", "run-1"), "run-1");
    }

    private Staged stage(StagingRun run) {
        return run.stage("split-0.0", Batch.ofRecords(SCHEMA, List.of(Map.of("id", 1L))));
    }

    private void assertOneRow() {
        assertThat(TestTables.read(TestTables.files(folder.resolve("lake")))).hasSize(1);
    }

    @Test
    void aCommitWhoseAnswerWasLostIsFoundInTheLog() {
        try (StagingRun run = run(breaking(Breaks.AFTER))) {
            assertThat(run.commit(stage(run))).isEqualTo(CommitResult.COMMITTED);
        }
        assertOneRow();
    }

    @Test
    void aCommitThatNeverArrivedMayBeTriedAgain() {
        try (StagingRun run = run(breaking(Breaks.BEFORE))) {
            Staged staged = stage(run);
            assertThatThrownBy(() -> run.commit(staged))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.UNAVAILABLE));
            assertThat(run.commit(staged)).isEqualTo(CommitResult.COMMITTED);
        }
        assertOneRow();
    }

    @Test
    void whereNobodyCanLookTheCommitIsUnknownAndFoundLater() {
        Staged staged;
        try (StagingRun run = run(breaking(Breaks.AFTER_FOR_EVER))) {
            staged = stage(run);
            assertThatThrownBy(() -> run.commit(staged))
                    .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                            .isEqualTo(ErrorKind.COMMIT_UNKNOWN))
                    .hasMessageContaining("not written twice");
        }
        try (StagingRun resumed = run(TestTables.storage(folder.resolve("lake")))) {
            assertThat(resumed.commit(staged)).isEqualTo(CommitResult.ALREADY_COMMITTED);
        }
        assertOneRow();
    }
}
