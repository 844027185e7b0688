package io.millrace.connectors.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our columns as Delta's, and Delta's as ours. */
final class TableSchema {
    private TableSchema() {}

    /** All columns nullable: what is never null today may be null in another run. */
    static StructType delta(Schema schema) {
        StructType struct = new StructType();
        for (Field field : schema) {
            struct = struct.add(delta(field));
        }
        return struct;
    }

    static StructField delta(Field field) {
        return new StructField(field.name(), delta(field.type()), true);
    }

    private static io.delta.kernel.types.DataType delta(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BooleanType.BOOLEAN;
            case INT32 -> IntegerType.INTEGER;
            case INT64 -> LongType.LONG;
            case FLOAT64 -> DoubleType.DOUBLE;
            case DECIMAL -> {
                DataType.DecimalType decimal = (DataType.DecimalType) type;
                yield new DecimalType(decimal.precision(), decimal.scale());
            }
            case STRING, JSON -> StringType.STRING;
            case BINARY -> BinaryType.BINARY;
            case DATE -> DateType.DATE;
            case TIMESTAMP -> TimestampType.TIMESTAMP;
            case LIST -> new ArrayType(delta(((ListType) type).element()), true);
        };
    }

    /** The column of this name; null where there is none. */
    static StructField column(StructType columns, String name) {
        int position = columns.indexOf(name);
        return position < 0 ? null : columns.at(position);
    }

    /** Empty for what has no counterpart: structs, maps, variants, lists of these. */
    static Optional<DataType> ours(io.delta.kernel.types.DataType type) {
        if (type instanceof DecimalType decimal) {
            return Optional.of(DataType.decimal(decimal.getPrecision(), decimal.getScale()));
        }
        if (type instanceof ArrayType array) {
            return ours(array.getElementType())
                    .filter(element -> element.kind() != DataType.Kind.LIST)
                    .map(DataType::list);
        }
        if (type instanceof StringType) {
            return Optional.of(DataType.STRING);
        }
        return Optional.ofNullable(plain(type));
    }

    private static DataType plain(io.delta.kernel.types.DataType type) {
        if (type instanceof BooleanType) {
            return DataType.BOOLEAN;
        }
        if (type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType) {
            return DataType.INT32;
        }
        if (type instanceof LongType) {
            return DataType.INT64;
        }
        if (type instanceof FloatType || type instanceof DoubleType) {
            return DataType.FLOAT64;
        }
        if (type instanceof BinaryType) {
            return DataType.BINARY;
        }
        if (type instanceof DateType) {
            return DataType.DATE;
        }
        return type instanceof TimestampType || type instanceof TimestampNTZType ? DataType.TIMESTAMP : null;
    }

    /** As it is stored: JSON is text there. */
    static DataType stored(DataType type) {
        if (type.kind() == DataType.Kind.JSON) {
            return DataType.STRING;
        }
        return type instanceof ListType list ? DataType.list(stored(list.element())) : type;
    }

    /** As it is stored, column by column. */
    static Schema stored(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema) {
            fields.add(field.withType(stored(field.type())));
        }
        return Schema.of(fields);
    }
}
