package io.millrace.connectors.delta;

import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.storage.StoredObject;
import io.millrace.testkit.loader.StagingLoaderContract;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class DeltaLoaderContractTest extends StagingLoaderContract {
    @TempDir
    Path folder;

    @Override
    protected StagingLoader loader(WriteMode mode, List<String> partitionBy) {
        return TestTables.loader(folder.resolve("lake"), mode(mode), partitionBy.toArray(String[]::new));
    }

    static LoadMode mode(WriteMode mode) {
        return switch (mode) {
            case APPEND -> new LoadMode.Append();
            case OVERWRITE -> new LoadMode.Overwrite();
            case OVERWRITE_PARTITIONS -> new LoadMode.OverwritePartitions();
            case UPSERT -> new LoadMode.Upsert(List.of("id"));
            case REPLACE_WINDOW -> throw new IllegalArgumentException(mode.toString());
        };
    }

    @Override
    protected List<Map<String, Object>> visible() {
        return TestTables.read(TestTables.files(folder.resolve("lake")));
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
        return leftovers(TestTables.files(folder.resolve("lake")));
    }

    /** Data files that the newest version does not name, and uploads under way. */
    static int leftovers(TableFiles files) {
        Set<String> left = new HashSet<>();
        Iterator<StoredObject> data = files.storage().list(TableFiles.DATA);
        data.forEachRemaining(object -> left.add(object.key()));
        new DeltaTable(files).latest().ifPresent(table -> ActiveFiles.of(files, table)
                .forEach(file -> left.remove(DataFile.key(file.getPath()))));
        files.storage().uploads(TableFiles.DATA).forEachRemaining(upload -> left.add(upload.id()));
        return left.size();
    }
}
