package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a table, as it is read.
 *
 * @param columns what batches hold
 * @param time the column that windows act on, which need not be among the columns
 */
record SourceTable(Snapshot snapshot, List<SourceColumn> columns, Optional<SourceColumn> time) {
    private static final String USUAL_TIME_COLUMN = "created_at";
    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";

    static SourceTable of(Snapshot snapshot, DeltaSourceSettings settings) {
        if ("id".equals(snapshot.getTableProperties().get("delta.columnMapping.mode"))) {
            throw MillraceException.user(
                    "the Delta table " + snapshot.getPath()
                            + " finds its columns by id (delta.columnMapping.mode), which this connector cannot; use engine: spark");
        }
        List<String> names = settings.columns().isEmpty() ? snapshot.getSchema().fieldNames() : settings.columns();
        return new SourceTable(snapshot, columns(snapshot, names), time(snapshot, settings));
    }

    /** These columns, without a time. */
    static SourceTable of(Snapshot snapshot, List<String> columns) {
        return new SourceTable(snapshot, columns(snapshot, columns), Optional.empty());
    }

    private static List<SourceColumn> columns(Snapshot snapshot, List<String> names) {
        return names.stream().map(name -> column(snapshot, name)).toList();
    }

    private static SourceColumn column(Snapshot snapshot, String name) {
        StructType all = snapshot.getSchema();
        StructField column = TableSchema.column(all, name);
        if (column == null) {
            throw MillraceException.user("the Delta table " + snapshot.getPath() + " has no column '" + name + "'"
                    + Suggestion.didYouMean(name, all.fieldNames()) + "; its columns are "
                    + String.join(", ", all.fieldNames()));
        }
        DataType type = TableSchema.ours(column.getDataType()).orElseThrow(() -> unreadable(all, column));
        Set<String> partitions = new HashSet<>(snapshot.getPartitionColumnNames());
        return new SourceColumn(Field.of(name, type), stored(column), partitions.contains(name));
    }

    private static String stored(StructField column) {
        String mapped = column.getMetadata().getString(PHYSICAL_NAME);
        return mapped == null ? column.getName() : mapped;
    }

    private static MillraceException unreadable(StructType all, StructField column) {
        String others = all.fields().stream()
                .filter(other -> TableSchema.ours(other.getDataType()).isPresent())
                .map(StructField::getName)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return MillraceException.user("column '" + column.getName() + "' is "
                + column.getDataType().toString().toLowerCase(Locale.ROOT)
                + ", which has no counterpart here; read the others: columns: [" + others + "]");
    }

    private static Optional<SourceColumn> time(Snapshot snapshot, DeltaSourceSettings settings) {
        if (settings.timeColumn().isEmpty()) {
            StructField usual = TableSchema.column(snapshot.getSchema(), USUAL_TIME_COLUMN);
            boolean usable = usual != null
                    && TableSchema.ours(usual.getDataType())
                            .filter(SourceTable::isTime)
                            .isPresent();
            return usable ? Optional.of(column(snapshot, USUAL_TIME_COLUMN)) : Optional.empty();
        }
        SourceColumn column = column(snapshot, settings.timeColumn().get());
        if (!isTime(column.field().type())) {
            throw MillraceException.user("time_column: '" + column.field().name() + "' is "
                    + column.field().type() + "; a timestamp or a date was expected");
        }
        return Optional.of(column);
    }

    private static boolean isTime(DataType type) {
        return type.kind() == DataType.Kind.TIMESTAMP || type.kind() == DataType.Kind.DATE;
    }

    Schema schema() {
        return Schema.of(columns.stream().map(SourceColumn::field).toList());
    }

    /** Tells this table from another that took its place. */
    String id() {
        return ((SnapshotImpl) snapshot).getMetadata().getId();
    }
}
