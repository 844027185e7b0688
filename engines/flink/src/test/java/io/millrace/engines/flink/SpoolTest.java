package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    private final List<Map<String, Object>> written = new ArrayList<>();

    private Spool spool() {
        long seed = System.nanoTime();
        System.err.println("seed " + seed);
        RandomBatches random = new RandomBatches(seed);
        Schema schema = random.schema();
        try (SpoolWriter writer = new SpoolWriter(folder, schema)) {
            for (int i = 0; i < 5; i++) {
                Batch batch = random.batch(schema, 1 + i * 40);
                written.addAll(batch.records());
                writer.add(batch);
            }
            return writer.finish();
        }
    }

    private List<Map<String, Object>> read(Spool spool) {
        List<Map<String, Object>> rows = new ArrayList<>();
        new SpoolReader(folder, spool).read(batch -> rows.addAll(batch.records()));
        return rows;
    }

    @Test
    void rowsComeBackAsTheyWere() {
        Spool spool = spool();

        assertThat(spool.rows()).isEqualTo(written.size());
        // Binary values are arrays, which are equal by what they hold; numbers are equal to the bit, NaN and -0.0 too.
        assertThat(read(spool))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(written);
    }

    @Test
    void aDamagedOrShortenedFileIsNotTakenForRows() throws IOException {
        Spool spool = spool();
        Path file = folder.resolve(spool.file());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertStale(spool);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        assertStale(spool);
        Files.delete(file);
        assertStale(spool);
    }

    private void assertStale(Spool spool) {
        assertThatThrownBy(() -> read(spool))
                .isInstanceOfSatisfying(MillraceException.class, stale -> assertThat(stale.kind())
                        .isEqualTo(ErrorKind.STALE));
    }

    @Test
    void aFileThatWasNotFinishedIsRemoved() {
        try (SpoolWriter writer = new SpoolWriter(folder, Schema.of())) {
            assertThat(folder).isNotEmptyDirectory();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
