package io.millrace.engines.spark.features;

import static org.apache.spark.sql.functions.col;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.engines.spark.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Schemas of Spark's tables as ours, and back. */
final class SparkSchemas {
    private SparkSchemas() {}

    /**
     * The columns of a table that our types hold, each as such: narrower numbers widened, timestamps without a zone read as
     * UTC. Columns of other types (maps, structures) are left out.
     */
    static Dataset<Row> readable(Dataset<Row> table) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : table.schema().fields()) {
            type(field.dataType()).ifPresent(type -> {
                Column column = col("`" + field.name().replace("`", "``") + "`");
                org.apache.spark.sql.types.DataType wanted = spark(type);
                columns.add(
                        field.dataType().sameType(wanted)
                                ? column
                                : column.cast(wanted).as(field.name()));
            });
        }
        return table.select(columns.toArray(Column[]::new));
    }

    /** Our schema of a table that {@link #readable} has made. */
    static Schema of(StructType table) {
        List<Field> fields = new ArrayList<>();
        for (StructField field : table.fields()) {
            fields.add(new Field(field.name(), type(field.dataType()).orElseThrow(), field.nullable()));
        }
        return Schema.of(fields);
    }

    /** Spark's schema of ours. */
    static StructType of(Schema schema) {
        List<StructField> fields = new ArrayList<>();
        for (Field field : schema) {
            fields.add(DataTypes.createStructField(field.name(), spark(field.type()), field.nullable()));
        }
        return DataTypes.createStructType(fields);
    }

    static org.apache.spark.sql.types.DataType spark(DataType type) {
        return org.apache.spark.sql.types.DataType.fromDDL(SparkTypes.name(type));
    }

    /** Our type that holds all values of one of Spark's; empty where there is none. */
    private static Optional<DataType> type(org.apache.spark.sql.types.DataType type) {
        if (type instanceof BooleanType) {
            return Optional.of(DataType.BOOLEAN);
        } else if (type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType) {
            return Optional.of(DataType.INT32);
        } else if (type instanceof LongType) {
            return Optional.of(DataType.INT64);
        } else if (type instanceof FloatType || type instanceof DoubleType) {
            return Optional.of(DataType.FLOAT64);
        } else if (type instanceof DecimalType decimal) {
            return Optional.of(DataType.decimal(decimal.precision(), decimal.scale()));
        } else if (type instanceof StringType) {
            return Optional.of(DataType.STRING);
        } else if (type instanceof BinaryType) {
            return Optional.of(DataType.BINARY);
        } else if (type instanceof DateType) {
            return Optional.of(DataType.DATE);
        } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return Optional.of(DataType.TIMESTAMP);
        } else if (type instanceof ArrayType array) {
            return type(array.elementType()).map(DataType::list);
        }
        return Optional.empty();
    }
}
