package io.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContract {
    @TempDir
    private Path folder;

    private int places;

    @Override
    Storage open() {
        return Storage.at("place" + places++, folder, S3Settings.DEFAULT, RetryPolicy.NONE);
    }

    @Test
    void ordersByUtf8AlsoAboveTheBasicPlane() {
        Storage storage = open();
        storage.put("\uD83D\uDE00", bytes("x"));
        storage.put("\uFF5E", bytes("x"));
        assertThat(storage.list(""))
                .toIterable()
                .extracting(StoredObject::key)
                .containsExactly("\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void noticesThatAFileGrowsWhileItIsRead() throws IOException {
        Storage storage = open();
        StoredObject object = storage.put("a", bytes("0123456789"));
        try (InputStream in = storage.open(object, 0, 10)) {
            assertThat(in.read()).isEqualTo('0');
            Files.writeString(Path.of(storage.nameOf("a")), "x", StandardOpenOption.APPEND);
            assertThatThrownBy(in::read).isInstanceOf(MillraceException.class).hasMessageContaining("has changed");
        }
    }

    @Test
    void followsLinksAndRefusesCircles() throws IOException {
        Storage storage = open();
        storage.put("d/a", bytes("x"));
        Path root = Path.of(storage.root());
        Files.createSymbolicLink(root.resolve("e"), root.resolve("d"));
        assertThat(storage.list("")).toIterable().extracting(StoredObject::key).containsExactly("d/a", "e/a");
        Files.createSymbolicLink(root.resolve("d/up"), root);
        assertThatThrownBy(() -> storage.list("").forEachRemaining(object -> {}))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("points to a folder above itself");
    }

    @Test
    void leavesNoTemporaryFileBehind() throws IOException {
        Storage storage = open();
        storage.put("a", bytes("x"));
        storage.putIfAbsent("a", bytes("y"));
        storage.putIfAbsent("b", bytes("y"));
        try (var files = Files.list(Path.of(storage.root()))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("a", "b");
        }
    }
}
