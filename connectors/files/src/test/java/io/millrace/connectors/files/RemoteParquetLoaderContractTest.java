package io.millrace.connectors.files;

import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.loader.StagingLoaderContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class RemoteParquetLoaderContractTest extends StagingLoaderContract {
    @TempDir
    Path folder;

    private final EmbeddedS3 server = EmbeddedS3.shared();
    private final RemoteTarget target = new RemoteTarget(
            "s3://" + server.createBucket() + "/lake/events",
            server.endpoint(),
            server.accessKey(),
            server.secretKey());

    @Override
    protected StagingLoader loader(WriteMode mode, List<String> partitionBy) {
        return target.loader(ParquetTargetSettings.Mode.valueOf(mode.name()), partitionBy);
    }

    @Override
    protected List<Map<String, Object>> visible() {
        return target.visible(folder);
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
        return target.leftovers();
    }

    @Override
    protected String secret() {
        return server.secretKey();
    }
}
