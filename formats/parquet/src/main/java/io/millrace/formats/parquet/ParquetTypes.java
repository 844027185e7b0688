package io.millrace.formats.parquet;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Our schema as a Parquet schema. */
final class ParquetTypes {
    /** The most digits of a decimal that always fit 32 bits. */
    static final int MOST_INT_DIGITS = 9;

    private ParquetTypes() {}

    static MessageType message(Schema schema) {
        List<Type> types = new ArrayList<>();
        for (Field field : schema) {
            types.add(type(field.name(), field.type(), field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED));
        }
        return new MessageType("millrace", types);
    }

    private static Type type(String name, DataType type, Repetition repetition) {
        return switch (type.kind()) {
            case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition)
                    .named(name);
            case INT32 -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
            case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
            case FLOAT64 -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition)
                    .named(name);
            case DECIMAL -> decimal(name, (DecimalType) type, repetition);
            case STRING -> annotated(name, PrimitiveTypeName.BINARY, repetition, LogicalTypeAnnotation.stringType());
            case BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case DATE -> annotated(name, PrimitiveTypeName.INT32, repetition, LogicalTypeAnnotation.dateType());
            case TIMESTAMP -> annotated(
                    name,
                    PrimitiveTypeName.INT64,
                    repetition,
                    LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
            case JSON -> annotated(name, PrimitiveTypeName.BINARY, repetition, LogicalTypeAnnotation.jsonType());
            case LIST -> Types.list(repetition)
                    .element(type("element", ((ListType) type).element(), Repetition.OPTIONAL))
                    .named(name);
        };
    }

    private static Type annotated(
            String name, PrimitiveTypeName physical, Repetition repetition, LogicalTypeAnnotation annotation) {
        return Types.primitive(physical, repetition).as(annotation).named(name);
    }

    private static PrimitiveType decimal(String name, DecimalType type, Repetition repetition) {
        LogicalTypeAnnotation annotation = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        if (type.precision() <= MOST_INT_DIGITS) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition)
                    .as(annotation)
                    .named(name);
        }
        if (type.fitsLong()) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition)
                    .as(annotation)
                    .named(name);
        }
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(decimalBytes(type.precision()))
                .as(annotation)
                .named(name);
    }

    /** The fewest bytes whose two's complement holds every number of this many digits. */
    static int decimalBytes(int precision) {
        return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
    }
}
