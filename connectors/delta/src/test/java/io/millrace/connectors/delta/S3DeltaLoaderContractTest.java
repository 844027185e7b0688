package io.millrace.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ExtractRequest;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.api.data.Batch;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import io.millrace.testkit.loader.StagingLoaderContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The same promises on a real S3 server, whose conditional puts are what the log is written with. */
class S3DeltaLoaderContractTest extends StagingLoaderContract {
    private final EmbeddedS3 server = EmbeddedS3.shared();
    private final String table = "s3://" + server.createBucket() + "/lake/events";

    private Storage storage() {
        S3Credentials credentials =
                new S3Credentials(server.accessKey(), Secret.of(server.secretKey()), Optional.empty());
        S3Settings settings = new S3Settings(
                Optional.of(server.endpoint()), Optional.empty(), Optional.empty(), Optional.of(credentials));
        return Storage.at(
                table, Path.of("/"), settings, new RetryPolicy(8, Duration.ofMillis(20), Duration.ofSeconds(1)));
    }

    @Override
    protected StagingLoader loader(WriteMode mode, List<String> partitionBy) {
        return new DeltaLoader(TestSettings.settings(DeltaLoaderContractTest.mode(mode), partitionBy), storage());
    }

    @Override
    protected List<Map<String, Object>> visible() {
        return TestTables.read(TableFiles.of(storage()));
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
        return DeltaLoaderContractTest.leftovers(TableFiles.of(storage()));
    }

    @Override
    protected String secret() {
        return server.secretKey();
    }

    @Test
    void racingWritersAllComeInAndAreRead() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                futures.add(threads.submit(() -> {
                    for (int i = 0; i < 3; i++) {
                        String run = "run-" + number + "-" + i;
                        Batch batch = batch(rows(number * 10 + i));
                        TestTables.load((DeltaLoader) loader(WriteMode.APPEND, List.of("p")), run, batch);
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (DeltaExtractor extractor = new DeltaExtractor(TestSettings.source("128MB"), storage())) {
            assertThat(Reading.rows(extractor, Reading.splits(extractor.plan(ExtractRequest.everything(10)))))
                    .extracting(row -> row.get("id"))
                    .hasSize(12)
                    .doesNotHaveDuplicates();
        }
    }
}
