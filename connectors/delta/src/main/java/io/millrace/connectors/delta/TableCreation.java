package io.millrace.connectors.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.Format;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Commits that change what a table is, and none of its rows. Made of Kernel's inner parts: its builders know no
 * {@code delta.setTransactionRetentionDuration}, and change columns only where they are mapped to other names.
 */
record TableCreation(TableFiles files) {
    /** Every reader and writer of Delta tables knows these. */
    private static final Protocol OLDEST = new Protocol(1, 2);

    /** A new table without rows. */
    Transaction create(Schema schema, List<String> partitionBy, Duration transactionRetention) {
        StructType columns = TableSchema.delta(schema);
        Metadata metadata = new Metadata(
                UUID.randomUUID().toString(),
                Optional.empty(),
                Optional.empty(),
                new Format(),
                columns.toJson(),
                columns,
                VectorUtils.buildArrayValue(partitionBy, StringType.STRING),
                Optional.of(System.currentTimeMillis()),
                VectorUtils.stringStringMapValue(Map.of(
                        "delta.setTransactionRetentionDuration",
                        "interval " + transactionRetention.toSeconds() + " seconds")));
        return new TransactionImpl(
                true,
                new Path(files.root()),
                Optional.empty(),
                DeltaLoader.WRITER,
                Operation.CREATE_TABLE,
                Optional.of(OLDEST),
                Optional.of(metadata),
                DefaultFileSystemManagedTableOnlyCommitter.INSTANCE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                System::currentTimeMillis);
    }

    /** The columns that the table lacks, behind those that it has; empty where it lacks none. */
    Optional<Transaction> addColumns(Schema schema, Snapshot table) {
        StructType columns = table.getSchema();
        for (Field field : schema) {
            if (TableSchema.column(table.getSchema(), field.name()) == null) {
                columns = columns.add(TableSchema.delta(field));
            }
        }
        if (columns.length() == table.getSchema().length()) {
            return Optional.empty();
        }
        SnapshotImpl snapshot = (SnapshotImpl) table;
        Metadata metadata = snapshot.getMetadata().withNewSchema(columns);
        TableFeatures.validateKernelCanWriteToTable(snapshot.getProtocol(), metadata, files.root());
        return Optional.of(new TransactionImpl(
                false,
                snapshot.getDataPath(),
                Optional.of(snapshot),
                DeltaLoader.WRITER,
                Operation.MANUAL_UPDATE,
                Optional.empty(),
                Optional.of(metadata),
                snapshot.getCommitter(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0),
                0,
                System::currentTimeMillis));
    }
}
