package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import io.millrace.storage.StoredObject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds out whether a table can take these columns, without changing it. */
record TargetCheck(TableFiles files, DeltaTargetSettings settings) {
    private static final String FORBIDDEN = " ,;{}()\n\t=";

    /** How many objects are looked at to find out that a folder holds something else. */
    private static final int SAMPLE = 1000;

    /** What any table refuses. */
    void checkColumns(Schema schema) {
        if (schema.size() == 0) {
            throw MillraceException.user("there is no column to write to " + files.root());
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Field field : schema) {
            if (!names.add(field.name())) {
                throw MillraceException.user("two columns are called '" + field.name()
                        + "' but for case, which Delta does not tell apart; rename one");
            }
            if (field.name().isEmpty() || field.name().chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
                throw MillraceException.user("column '" + field.name()
                        + "' cannot be in a Delta table: names there are not empty and hold no blank, comma, semicolon,"
                        + " bracket, tab, line end or '='; rename it");
            }
            if (field.type() instanceof ListType list && list.element().kind() == DataType.Kind.LIST) {
                throw MillraceException.user("column '" + field.name() + "' is " + field.type()
                        + "; a list of lists cannot be written to Delta here. Flatten it, or write it as json");
            }
        }
        PartitionedWriter.dataSchema(schema, settings.partitionBy());
        settings.mode().key().forEach(name -> KeyBytes.require(schema.field(schema.require(name))));
    }

    /** What this table refuses. */
    void checkTable(Schema schema, Snapshot table) {
        if (!"none".equals(table.getTableProperties().getOrDefault("delta.columnMapping.mode", "none"))) {
            throw differs(
                    "it maps columns to other names (delta.columnMapping.mode), which this connector cannot write;"
                            + " use engine: spark");
        }
        List<String> partitions = table.getPartitionColumnNames();
        if (!partitions.equals(settings.partitionBy())) {
            throw differs(
                    "partition_by is " + settings.partitionBy() + ", but the table is partitioned by " + partitions);
        }
        StructType columns = table.getSchema();
        for (Field field : schema) {
            checkColumn(field, columns);
        }
        for (StructField column : columns.fields()) {
            if (!schema.contains(column.getName())) {
                checkLacking(column);
            }
        }
    }

    private void checkColumn(Field field, StructType columns) {
        StructField column = TableSchema.column(columns, field.name());
        if (column == null) {
            String other = columns.fieldNames().stream()
                    .filter(field.name()::equalsIgnoreCase)
                    .findFirst()
                    .orElse(null);
            if (other != null) {
                throw differs("column '" + field.name() + "' is '" + other + "' there; write it the same");
            }
            if (settings.schema() == SchemaPolicy.FREEZE) {
                throw differs("column '" + field.name() + "' is new, and schema: freeze adds none");
            }
        } else if (!column.getDataType().equivalent(TableSchema.delta(field).getDataType())) {
            throw differs("column '" + field.name() + "' is " + field.type() + ", but "
                    + column.getDataType().toString().toLowerCase(Locale.ROOT) + " there");
        }
    }

    private void checkLacking(StructField column) {
        if (settings.schema() == SchemaPolicy.FREEZE) {
            throw differs("its column '" + column.getName() + "' is missing, and schema: freeze leaves none out");
        }
        if (!column.isNullable()) {
            throw differs("its column '" + column.getName() + "' is missing, and is NOT NULL there");
        }
    }

    private MillraceException differs(String difference) {
        return MillraceException.user("the rows do not fit the Delta table " + files.root() + ": " + difference
                + ". Change the pipeline, or name another path");
    }

    /** Columns that must not be null, and what a row is rejected for where one is. */
    Map<String, String> required(Snapshot table) {
        Map<String, String> required = new LinkedHashMap<>();
        for (StructField column : table.getSchema().fields()) {
            if (!column.isNullable()) {
                required.put(column.getName(), "a value was expected: the table declares NOT NULL");
            }
        }
        settings.mode().key().forEach(name -> required.put(name, "a value was expected: it is a part of the key"));
        return required;
    }

    /** A table's first VACUUM would delete what else lies in its folder. */
    void checkFolder() {
        Iterator<StoredObject> objects = files.storage().list("");
        for (int i = 0; i < SAMPLE && objects.hasNext(); i++) {
            String key = objects.next().key();
            if (key.endsWith(".parquet") && !key.startsWith(TableFiles.DATA)) {
                throw MillraceException.user("there is no Delta table at " + files.root() + ", but other data, such as "
                        + key + "; name another path, or convert it first (CONVERT TO DELTA in Spark)");
            }
        }
    }
}
