package io.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every place, local or not. */
abstract class StorageContract {
    private Storage storage;

    /** An empty place, another one for each call. */
    abstract Storage open();

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> keys(String prefix) {
        List<String> keys = new ArrayList<>();
        storage.list(prefix).forEachRemaining(object -> keys.add(object.key()));
        return keys;
    }

    @Test
    void anEmptyPlaceListsNothing() {
        assertThat(keys("")).isEmpty();
        assertThat(keys("no/such")).isEmpty();
        assertThat(storage.find("a")).isEmpty();
    }

    @Test
    void listsKeysInTheOrderOfTheirBytes() {
        List<String> keys =
                List.of("a!b/c", "a/b", "a/b.c/d", "a/b/c", "a0", "ä", "dt=2024-01-01/x y+%.csv", "\uD83D\uDE00");
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (!keys.get(i).equals("a/b")) {
                storage.put(keys.get(i), bytes("x"));
            }
        }
        assertThat(keys(""))
                .containsExactly("a!b/c", "a/b.c/d", "a/b/c", "a0", "dt=2024-01-01/x y+%.csv", "ä", "\uD83D\uDE00");
        assertThat(keys("a/b")).containsExactly("a/b.c/d", "a/b/c");
        assertThat(keys("a/b/")).containsExactly("a/b/c");
        assertThat(keys("dt=")).containsExactly("dt=2024-01-01/x y+%.csv");
    }

    @Test
    void listsAndFindsTheSame() {
        storage.put("a", bytes("one"));
        StoredObject listed = storage.list("").next();
        assertThat(storage.find("a")).contains(listed);
        assertThat(listed.size()).isEqualTo(3);
    }

    @Test
    void readsRanges() throws IOException {
        StoredObject object = storage.put("a", bytes("0123456789"));
        assertThat(storage.read(object)).isEqualTo(bytes("0123456789"));
        assertThat(storage.read(object, 3, 4)).isEqualTo(bytes("3456"));
        assertThat(storage.read(object, 10, 0)).isEmpty();
        try (InputStream in = storage.open(object, 8, 2)) {
            assertThat(in.read()).isEqualTo('8');
            assertThat(in.read()).isEqualTo('9');
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void readsAnEmptyObject() {
        assertThat(storage.read(storage.put("a", new byte[0]))).isEmpty();
    }

    @Test
    void refusesToReadWhatHasChangedOrGone() {
        StoredObject object = storage.put("a", bytes("one"));
        storage.put("a", bytes("two"));
        assertStale(() -> storage.read(object), "has changed");
        storage.delete(List.of("a"));
        assertStale(() -> storage.read(object), "is gone");
    }

    private void assertStale(Callable<?> call, String words) {
        assertThatThrownBy(call::call)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(storage.nameOf("a") + " " + words)
                .extracting(failure -> ((MillraceException) failure).kind())
                .isEqualTo(ErrorKind.STALE);
    }

    @Test
    void putsOnlyWhereNothingIs() {
        assertThat(storage.putIfAbsent("d/a", bytes("mine"))).isTrue();
        assertThat(storage.putIfAbsent("d/a", bytes("theirs"))).isFalse();
        assertThat(storage.putIfAbsent("d/a", bytes("mine")))
                .as("an answer that was lost")
                .isTrue();
        assertThat(storage.read(storage.find("d/a").orElseThrow())).isEqualTo(bytes("mine"));
    }

    @Test
    void letsOneOfManyRivalsPut() throws Exception {
        ExecutorService rivals = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 10; round++) {
                String key = "race/" + round;
                List<Callable<Boolean>> calls = new ArrayList<>();
                for (int rival = 0; rival < 8; rival++) {
                    byte[] content = bytes("rival " + rival);
                    calls.add(() -> storage.putIfAbsent(key, content));
                }
                int winners = 0;
                for (Future<Boolean> answer : rivals.invokeAll(calls)) {
                    winners += answer.get() ? 1 : 0;
                }
                assertThat(winners).as(key).isEqualTo(1);
            }
        } finally {
            rivals.shutdownNow();
        }
    }

    @Test
    void deletesManyAndNone() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            keys.add("k/" + i);
            storage.put("k/" + i, bytes("x"));
        }
        storage.put("l", bytes("x"));
        keys.add("never/there");
        storage.delete(keys);
        storage.delete(List.of());
        assertThat(keys("")).containsExactly("l");
    }

    @Test
    void showsAnUploadOnlyWhenItIsCompleted() {
        byte[] content = new byte[20 << 20];
        new Random(1).nextBytes(content);
        StagedUpload staged;
        try (Upload upload = storage.upload("d/big")) {
            for (int from = 0; from < content.length; from += 1_000_003) {
                upload.write(content, from, Math.min(1_000_003, content.length - from));
            }
            assertThat(storage.find("d/big")).isEmpty();
            staged = upload.finish();
        }
        assertThat(keys("")).isEmpty();
        assertThat(staged.bytes()).isEqualTo(content.length);
        assertThat(uploads("")).containsExactly(staged.open());
        StoredObject completed = storage.complete(staged);
        assertThat(storage.read(completed)).isEqualTo(content);
        assertThat(uploads("")).isEmpty();
        assertThat(storage.complete(staged)).as("completed again").isEqualTo(completed);
    }

    private List<OpenUpload> uploads(String prefix) {
        List<OpenUpload> uploads = new ArrayList<>();
        Iterator<OpenUpload> found = storage.uploads(prefix);
        found.forEachRemaining(uploads::add);
        return uploads;
    }

    @Test
    void completesAnEmptyUpload() {
        try (Upload upload = storage.upload("empty")) {
            assertThat(storage.complete(upload.finish()).size()).isZero();
        }
    }

    @Test
    void abandonsAnUploadThatIsNotFinished() {
        try (Upload upload = storage.upload("d/a.b")) {
            upload.write(bytes("x"), 0, 1);
            assertThat(uploads("d/")).containsExactly(upload.open());
        }
        assertThat(uploads("")).isEmpty();
    }

    @Test
    void refusesToCompleteWhatWasAborted() {
        StagedUpload staged;
        try (Upload upload = storage.upload("a")) {
            upload.write(bytes("x"), 0, 1);
            staged = upload.finish();
        }
        storage.abort(staged.open());
        storage.abort(staged.open());
        assertThat(uploads("")).isEmpty();
        assertThatThrownBy(() -> storage.complete(staged))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("is gone")
                .extracting(failure -> ((MillraceException) failure).kind())
                .isEqualTo(ErrorKind.STALE);
    }

    @Test
    void refusesKeysThatLeaveThePlace() {
        for (String key : List.of("../a", "a/../b", "/a", "a//b", "", "./a")) {
            assertThatThrownBy(() -> storage.put(key, bytes("x")))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a key");
        }
    }
}
