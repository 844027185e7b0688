package io.millrace.formats.parquet;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How the values of a Parquet primitive become ours. Timestamps without a zone are taken as UTC.
 *
 * @param appender appends the reader's current value, which is not null
 */
record Decoding(DataType type, Appender appender) {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

    interface Appender {
        void append(ColumnReader reader, ColumnBuilder builder);
    }

    /** IllegalArgumentException where we have no such type. */
    static Decoding of(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof TimeLogicalTypeAnnotation) {
            throw new IllegalArgumentException("a time of day has no counterpart here");
        }
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(type, DataType.decimal(decimal.getPrecision(), decimal.getScale()));
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new Decoding(
                    DataType.BOOLEAN, (in, out) -> ((BooleanColumn.Builder) out).append(in.getBoolean()));
            case INT32 -> integer(annotation);
            case INT64 -> longInteger(annotation);
            case INT96 -> new Decoding(DataType.TIMESTAMP, (in, out) -> longs(out)
                    .append(int96(in.getBinary().toByteBuffer())));
            case FLOAT -> new Decoding(
                    DataType.FLOAT64, (in, out) -> ((DoubleColumn.Builder) out).append(in.getFloat()));
            case DOUBLE -> new Decoding(
                    DataType.FLOAT64, (in, out) -> ((DoubleColumn.Builder) out).append(in.getDouble()));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(annotation);
        };
    }

    private static Decoding integer(LogicalTypeAnnotation annotation) {
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return new Decoding(DataType.DATE, (in, out) -> ((IntColumn.Builder) out).append(in.getInteger()));
        }
        if (annotation instanceof IntLogicalTypeAnnotation width && !width.isSigned() && width.getBitWidth() == 32) {
            return new Decoding(
                    DataType.INT64, (in, out) -> longs(out).append(Integer.toUnsignedLong(in.getInteger())));
        }
        return new Decoding(DataType.INT32, (in, out) -> ((IntColumn.Builder) out).append(in.getInteger()));
    }

    private static Decoding longInteger(LogicalTypeAnnotation annotation) {
        if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
            long multiplied = timestamp.getUnit() == TimeUnit.MILLIS ? 1000 : 1;
            long divided = timestamp.getUnit() == TimeUnit.NANOS ? 1000 : 1;
            return new Decoding(DataType.TIMESTAMP, (in, out) -> longs(out)
                    .append(Math.floorDiv(Math.multiplyExact(in.getLong(), multiplied), divided)));
        }
        if (annotation instanceof IntLogicalTypeAnnotation width && !width.isSigned()) {
            return new Decoding(
                    DataType.decimal(20, 0),
                    (in, out) -> appendDecimal(unsigned(in.getLong()), (DecimalColumn.Builder) out));
        }
        return new Decoding(DataType.INT64, (in, out) -> longs(out).append(in.getLong()));
    }

    private static Decoding bytes(LogicalTypeAnnotation annotation) {
        if (annotation instanceof UUIDLogicalTypeAnnotation) {
            return new Decoding(DataType.STRING, (in, out) -> ((BytesColumn.Builder) out)
                    .append(uuid(in.getBinary().toByteBuffer())));
        }
        if (annotation instanceof StringLogicalTypeAnnotation || annotation instanceof EnumLogicalTypeAnnotation) {
            return new Decoding(DataType.STRING, Decoding::text);
        }
        if (annotation instanceof JsonLogicalTypeAnnotation) {
            return new Decoding(DataType.JSON, Decoding::text);
        }
        return new Decoding(DataType.BINARY, (in, out) -> ((BytesColumn.Builder) out)
                .append(in.getBinary().getBytesUnsafe()));
    }

    private static Decoding decimal(PrimitiveType physical, DecimalType type) {
        return switch (physical.getPrimitiveTypeName()) {
            case INT32 -> new Decoding(
                    type, (in, out) -> ((DecimalColumn.Builder) out).appendUnscaled(in.getInteger()));
            case INT64 -> new Decoding(type, (in, out) -> ((DecimalColumn.Builder) out).appendUnscaled(in.getLong()));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> new Decoding(
                    type,
                    (in, out) -> appendDecimal(
                            new BigInteger(in.getBinary().getBytesUnsafe()), (DecimalColumn.Builder) out));
            case BOOLEAN, FLOAT, DOUBLE, INT96 -> throw new IllegalArgumentException(
                    "a decimal cannot be stored as " + physical.getPrimitiveTypeName());
        };
    }

    private static void appendDecimal(BigInteger unscaled, DecimalColumn.Builder out) {
        out.appendUnscaled(unscaled.shiftRight(64).longValue(), unscaled.longValue());
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(UNSIGNED) : signed;
    }

    private static void text(ColumnReader in, ColumnBuilder out) {
        byte[] bytes = in.getBinary().getBytesUnsafe();
        for (byte value : bytes) {
            if (value < 0) {
                checkUtf8(bytes);
                break;
            }
        }
        ((BytesColumn.Builder) out).append(bytes);
    }

    private static void checkUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException invalid) {
            throw new IllegalArgumentException("a text is not valid UTF-8", invalid);
        }
    }

    private static long int96(ByteBuffer bytes) {
        ByteBuffer little = bytes.order(ByteOrder.LITTLE_ENDIAN);
        long nanosOfDay = little.getLong();
        return (little.getInt() - JULIAN_DAY_OF_EPOCH) * MICROS_PER_DAY + Math.floorDiv(nanosOfDay, 1000);
    }

    private static String uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static LongColumn.Builder longs(ColumnBuilder builder) {
        return (LongColumn.Builder) builder;
    }
}
