package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.formats.parquet.ParquetCompression;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.storage.OpenUpload;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import io.millrace.testkit.loader.StagingLoaderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RemoteParquetLoaderContractTest extends StagingLoaderContract {
    static final RetryPolicy RETRY = new RetryPolicy(4, Duration.ofMillis(10), Duration.ofMillis(200));

    @TempDir
    Path folder;

    private final EmbeddedS3 server = EmbeddedS3.shared();
    private String place;
    private Storage storage;

    @BeforeEach
    void openStorage() {
        place = "s3://" + server.createBucket() + "/lake/events";
        storage = Storage.at(place, folder, s3(), RETRY);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    private S3Settings s3() {
        return new S3Settings(
                Optional.of(server.endpoint()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new S3Credentials(server.accessKey(), Secret.of(server.secretKey()), Optional.empty())));
    }

    @Override
    protected StagingLoader loader(WriteMode mode, List<String> partitionBy) {
        ParquetTargetSettings settings = new ParquetTargetSettings(
                place,
                partitionBy,
                ParquetTargetSettings.Mode.valueOf(mode.name()),
                ParquetCompression.ZSTD,
                Optional.empty(),
                ByteSize.parse("128MB"),
                ByteSize.parse("512MB"),
                s3().endpoint(),
                s3().region(),
                s3().pathStyle(),
                s3().credentials());
        return new RemoteParquetLoader(settings, Storage.at(place, folder, s3(), RETRY));
    }

    /** What a reader of the bucket gets, read by DuckDB from a copy. */
    @Override
    protected List<Map<String, Object>> visible() {
        try {
            Path copy = Files.createTempDirectory(folder, "copy");
            for (Iterator<StoredObject> objects = storage.list(""); objects.hasNext(); ) {
                StoredObject object = objects.next();
                Path file = copy.resolve(object.key());
                Files.createDirectories(file.getParent());
                Files.write(file, storage.read(object));
            }
            return DuckDb.read(copy);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    protected List<WriteMode> modes() {
        return List.of(WriteMode.APPEND, WriteMode.OVERWRITE, WriteMode.OVERWRITE_PARTITIONS);
    }

    @Override
    protected boolean partitions() {
        return true;
    }

    @Override
    protected int leftovers() {
        int count = 0;
        for (Iterator<OpenUpload> uploads = storage.uploads(""); uploads.hasNext(); uploads.next()) {
            count++;
        }
        return count;
    }

    @Override
    protected String secret() {
        return server.secretKey();
    }
}
