package io.millrace.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
    @TempDir
    Path folder;

    private TableManifest write(Schema schema, List<Batch> batches) throws IOException {
        TableFile file = new TableFile(folder, "enrich");
        long rows = 0;
        try (FileChannel channel = FileChannel.open(file.rows(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            TableOutput output = new TableOutput(channel);
            for (Batch batch : batches) {
                output.write(batch);
                rows += batch.rowCount();
            }
            TableManifest manifest = new TableManifest(
                    "postgres://there/items",
                    Instant.ofEpochSecond(7, 5),
                    schema,
                    rows,
                    1,
                    Collections.nCopies(schema.size(), 0L),
                    output.finish());
            file.complete(manifest);
            return manifest;
        }
    }

    @Test
    void givesBackColumnsOfEveryType() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            RandomBatches random = new RandomBatches(seed);
            Schema schema = random.schema();
            List<Batch> batches = new ArrayList<>();
            for (int i = random.random().nextInt(4); i > 0; i--) {
                Batch batch = random.batch(schema, 1 + random.random().nextInt(300));
                // A slice's offsets do not begin at 0 everywhere.
                batches.add(batch.slice(batch.rowCount() / 3, batch.rowCount()));
            }
            TableManifest written = write(schema, batches);
            TableFile file = new TableFile(folder, "enrich");
            assertThat(file.manifest()).as("seed %d", seed).isEqualTo(written);
            TableFile.Content content = file.read(file.manifest());
            Batch all = Batch.of(schema, (int) written.rows(), content.columns(), null);
            int row = 0;
            for (Batch batch : batches) {
                for (int i = 0; i < batch.rowCount(); i++, row++) {
                    assertThat(text(all, row)).as("seed %d, row %d", seed, row).isEqualTo(text(batch, i));
                }
            }
        }
    }

    private static String text(Batch batch, int row) {
        return Arrays.deepToString(batch.record(row).values().stream()
                .map(value -> value instanceof List<?> list ? list.toArray() : value)
                .toArray());
    }

    @Test
    void everyDamageIsNoticed() throws IOException {
        RandomBatches random = new RandomBatches(1);
        Schema schema = random.schema();
        write(schema, List.of(random.batch(schema, 50)));
        TableFile file = new TableFile(folder, "enrich");
        byte[] rows = Files.readAllBytes(file.rows());
        byte[] manifest = Files.readAllBytes(file.manifestFile());
        for (int i = 0; i < 200; i++) {
            byte[] damaged = rows.clone();
            damaged[random.random().nextInt(damaged.length)] ^=
                    (byte) (1 << random.random().nextInt(8));
            Files.write(file.rows(), damaged);
            assertStale(file);
            Files.write(file.rows(), Arrays.copyOf(rows, random.random().nextInt(rows.length)));
            assertStale(file);
            Files.write(file.rows(), rows);
            Files.write(
                    file.manifestFile(), Arrays.copyOf(manifest, random.random().nextInt(manifest.length - 3)));
            assertStale(file);
            Files.write(file.manifestFile(), manifest);
        }
        file.read(file.manifest());
        Files.delete(file.rows());
        assertStale(file);
        Files.write(file.rows(), rows);
        Files.delete(file.manifestFile());
        assertStale(file);
    }

    private static void assertStale(TableFile file) {
        assertThatThrownBy(() -> file.read(file.manifest()))
                .isInstanceOfSatisfying(MillraceException.class, stale -> assertThat(stale.kind())
                        .isEqualTo(ErrorKind.STALE))
                .hasMessageContaining("step 'enrich'");
    }
}
