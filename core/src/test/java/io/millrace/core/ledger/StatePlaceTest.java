package io.millrace.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatePlaceTest {
    private static final StateServer SERVER = StateServer.parse("postgresql://db/team", Map.of());

    @TempDir
    Path folder;

    @Test
    void aFolderHasALedgerOnceOneWasOpened() {
        StatePlace place = StatePlace.in(folder.resolve("state"));
        assertThat(place.exists()).isFalse();
        place.open().close();
        assertThat(place.exists()).isTrue();
    }

    @Test
    void workingCopiesLieBesideThePipelineFile() {
        assertThat(StatePlace.on(SERVER, folder).folder()).isEqualTo(folder.resolve(".millrace"));
        assertThat(StatePlace.on(SERVER, folder).exists()).isTrue();
    }

    @Test
    void whereThereIsNoWritableFolderTheyLieInATemporaryOneOfOnesOwn() throws IOException {
        StatePlace place = StatePlace.on(SERVER, folder.resolve("not there"));
        assertThat(place.folder()).isNotEqualTo(folder.resolve("not there").resolve(".millrace"));
        assertThat(Files.getPosixFilePermissions(place.folder())).hasSize(3);
        Files.delete(place.folder());
    }
}
