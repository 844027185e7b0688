package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;

/** Our types as Spark's: each holds all values of the other. */
public final class SparkTypes {
    private SparkTypes() {}

    /** The name in Spark's DDL. JSON is text there. */
    public static String name(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case INT32 -> "INT";
            case INT64 -> "BIGINT";
            case FLOAT64 -> "DOUBLE";
            case DECIMAL -> "DECIMAL(" + ((DecimalType) type).precision() + "," + ((DecimalType) type).scale() + ")";
            case STRING, JSON -> "STRING";
            case BINARY -> "BINARY";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP";
            case LIST -> "ARRAY<" + name(((ListType) type).element()) + ">";
        };
    }
}
