package io.millrace.formats.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedFileTest {
    @TempDir
    Path folder;

    @Test
    void damageIsAnErrorThatNamesTheFile() throws Exception {
        RandomBatches batches = new RandomBatches(5);
        Schema schema = batches.schema();
        Path sound = folder.resolve("sound.parquet");
        try (ParquetBatchWriter writer = new ParquetBatchWriter(sound, schema, ParquetOptions.DEFAULT)) {
            writer.write(batches.batch(schema, 500));
            writer.finish();
        }
        byte[] bytes = Files.readAllBytes(sound);
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = bytes.clone();
            if (i % 4 == 0) {
                damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += refuses(damaged) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(150);
    }

    private boolean refuses(byte[] bytes) throws Exception {
        Path file = Files.write(folder.resolve("damaged.parquet"), bytes);
        try (ParquetBatchReader reader = ParquetBatchReader.open(file, 100)) {
            Batch batch = reader.next();
            while (batch != null) {
                batch = reader.next();
            }
            return false;
        } catch (MillraceException refused) {
            assertThat(refused.kind()).isEqualTo(ErrorKind.USER);
            assertThat(refused).hasMessageContaining(file.toString());
            return true;
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.parquet");
        assertThatThrownBy(() -> ParquetBatchReader.open(missing, 100))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(missing.toString());
    }
}
