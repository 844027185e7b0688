package io.millrace.connectors.delta;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.api.Lineage;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import io.millrace.testkit.loader.StagingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables of tests, and how Delta Kernel's own reader sees them. */
final class TestTables {
    private TestTables() {}

    static DeltaExtractor extractor(Path table, DeltaSourceSettings settings) {
        return new DeltaExtractor(settings, storage(table));
    }

    /** A whole run of one piece. */
    static void load(DeltaLoader loader, String run, Batch... batches) {
        try (StagingRun staging = new StagingRun(loader, batches[0].schema(), new Lineage("p", run), run)) {
            staging.commit(staging.stage("split-0.0", batches));
            staging.cleanup();
        }
    }

    static Storage storage(Path table) {
        return Storage.at(table.toString(), Path.of("/"), S3Settings.DEFAULT, RetryPolicy.NONE);
    }

    static DeltaLoader loader(Path table, LoadMode mode, String... partitionBy) {
        return new DeltaLoader(TestSettings.settings(mode, List.of(partitionBy)), storage(table));
    }

    static TableFiles files(Path table) {
        return TableFiles.of(storage(table));
    }

    /** All rows of the newest version, by Kernel's own reader; none where there is no table. */
    static List<Map<String, Object>> read(TableFiles files) {
        Optional<Snapshot> table = new DeltaTable(files).latest();
        return table.isEmpty() ? List.of() : read(files, table.get());
    }

    static List<Map<String, Object>> read(TableFiles files, Snapshot table) {
        List<Map<String, Object>> rows = new ArrayList<>();
        DefaultEngine engine = (DefaultEngine) files.engine();
        Scan scan = table.getScanBuilder().build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
            while (batches.hasNext()) {
                CloseableIterator<Row> found = batches.next().getRows();
                while (found.hasNext()) {
                    Row file = found.next();
                    CloseableIterator<ColumnarBatch> data = engine.getParquetHandler()
                            .readParquetFiles(
                                    Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                                    physical,
                                    Optional.empty())
                            .map(FileReadResult::getData);
                    try (CloseableIterator<FilteredColumnarBatch> logical =
                            Scan.transformPhysicalData(engine, state, file, data)) {
                        while (logical.hasNext()) {
                            add(logical.next(), rows);
                        }
                    }
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return rows;
    }

    private static void add(FilteredColumnarBatch batch, List<Map<String, Object>> rows) {
        ColumnarBatch data = batch.getData();
        for (int row = 0; row < data.getSize(); row++) {
            int at = row;
            if (batch.getSelectionVector().map(kept -> kept.getBoolean(at)).orElse(true)) {
                Map<String, Object> record = new LinkedHashMap<>();
                for (int i = 0; i < data.getSchema().length(); i++) {
                    ColumnVector column = data.getColumnVector(i);
                    record.put(
                            data.getSchema().at(i).getName(),
                            column.isNullAt(row)
                                    ? null
                                    : VectorUtils.getValueAsObject(column, column.getDataType(), row));
                }
                rows.add(record);
            }
        }
    }
}
