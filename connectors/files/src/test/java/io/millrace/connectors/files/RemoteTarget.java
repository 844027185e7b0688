package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.formats.parquet.ParquetCompression;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target on S3 in a test.
 *
 * @param place {@code s3://…}
 */
record RemoteTarget(String place, String endpoint, String accessKey, String secretKey, RetryPolicy retry) {
    private static final RetryPolicy RETRY = new RetryPolicy(6, Duration.ofMillis(20), Duration.ofSeconds(1));

    RemoteTarget(String place, String endpoint, String accessKey, String secretKey) {
        this(place, endpoint, accessKey, secretKey, RETRY);
    }

    /** The same place by another way, on which nothing is tried twice. */
    RemoteTarget by(String otherEndpoint) {
        return new RemoteTarget(place, otherEndpoint, accessKey, secretKey, RetryPolicy.NONE);
    }

    private S3Settings server() {
        return new S3Settings(
                Optional.of(endpoint),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new S3Credentials(accessKey, Secret.of(secretKey), Optional.empty())));
    }

    Storage storage() {
        return Storage.at(place, Path.of("."), server(), retry);
    }

    RemoteParquetLoader loader(ParquetTargetSettings.Mode mode, List<String> partitionBy) {
        ParquetTargetSettings settings = new ParquetTargetSettings(
                place,
                partitionBy,
                mode,
                ParquetCompression.ZSTD,
                Optional.empty(),
                ByteSize.parse("128MB"),
                ByteSize.parse("512MB"),
                server().endpoint(),
                server().region(),
                server().pathStyle(),
                server().credentials());
        return new RemoteParquetLoader(settings, storage());
    }

    /** What a reader of the bucket gets, read by DuckDB from a copy. */
    List<Map<String, Object>> visible(Path folder) {
        try (Storage storage = storage()) {
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

    /** Uploads that were neither completed nor aborted, and notes of commits that were not finished. */
    int leftovers() {
        try (Storage storage = storage()) {
            return count(storage.uploads("")) + count(storage.list(RemoteLayout.PENDING));
        }
    }

    private static int count(Iterator<?> found) {
        int count = 0;
        for (; found.hasNext(); found.next()) {
            count++;
        }
        return count;
    }
}
