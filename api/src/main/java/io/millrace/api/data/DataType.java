package io.millrace.api.data;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column: a small closed set that every engine and every format can carry.
 *
 * <table>
 * <caption>Types, their names in pipeline files, how a {@link Column} stores them, and the Java object of one value</caption>
 * <tr><th>kind</th><th>name</th><th>storage</th><th>object</th></tr>
 * <tr><td>BOOLEAN</td><td>boolean, bool</td><td>{@link BooleanColumn}</td><td>Boolean</td></tr>
 * <tr><td>INT32</td><td>int32</td><td>{@link IntColumn}</td><td>Integer</td></tr>
 * <tr><td>INT64</td><td>int64, int</td><td>{@link LongColumn}</td><td>Long</td></tr>
 * <tr><td>FLOAT64</td><td>float64, float</td><td>{@link DoubleColumn}</td><td>Double</td></tr>
 * <tr><td>DECIMAL</td><td>decimal(p,s)</td><td>{@link DecimalColumn}</td><td>BigDecimal of scale s</td></tr>
 * <tr><td>STRING</td><td>string, str</td><td>{@link BytesColumn}, UTF-8</td><td>String</td></tr>
 * <tr><td>BINARY</td><td>binary</td><td>{@link BytesColumn}</td><td>byte[]</td></tr>
 * <tr><td>DATE</td><td>date</td><td>{@link IntColumn}, days since 1970-01-01</td><td>LocalDate</td></tr>
 * <tr><td>TIMESTAMP</td><td>timestamp, datetime</td><td>{@link LongColumn}, microseconds in UTC</td><td>Instant</td></tr>
 * <tr><td>JSON</td><td>json</td><td>{@link BytesColumn}, UTF-8 text that parses</td><td>String</td></tr>
 * <tr><td>LIST</td><td>list(of)</td><td>{@link ListColumn}</td><td>List</td></tr>
 * </table>
 */
public sealed interface DataType extends Serializable {
    DataType BOOLEAN = new Plain(Kind.BOOLEAN);
    DataType INT32 = new Plain(Kind.INT32);
    DataType INT64 = new Plain(Kind.INT64);
    DataType FLOAT64 = new Plain(Kind.FLOAT64);
    DataType STRING = new Plain(Kind.STRING);
    DataType BINARY = new Plain(Kind.BINARY);
    DataType DATE = new Plain(Kind.DATE);
    DataType TIMESTAMP = new Plain(Kind.TIMESTAMP);
    DataType JSON = new Plain(Kind.JSON);

    /** The names that {@link #parse} accepts, for messages and generated schemas. */
    String NAMES = "boolean, int32, int64, float64, decimal(p,s), string, binary, date, timestamp, json, list(of)";

    /** The kind, to switch over without a default branch, so that a new kind cannot be forgotten anywhere. */
    Kind kind();

    /** The name in pipeline files, for instance {@code decimal(10,2)}; {@link #parse} reads it back. */
    @Override
    String toString();

    /** A decimal of the given total digits (1 to 38) and digits after the point (0 to precision). */
    static DecimalType decimal(int precision, int scale) {
        return new DecimalType(precision, scale);
    }

    /** A list whose elements, themselves nullable, have the given type. */
    static ListType list(DataType element) {
        return new ListType(element);
    }

    /** Reads a type's name, aliases and any letter case included; empty where it is not one. */
    static Optional<DataType> parse(String name) {
        String text = name.strip().toLowerCase(Locale.ROOT);
        Matcher decimal = DecimalType.PATTERN.matcher(text);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = decimal.group(2) == null ? 0 : Integer.parseInt(decimal.group(2));
            return precision >= 1 && precision <= DecimalType.MAX_PRECISION && scale <= precision
                    ? Optional.of(decimal(precision, scale))
                    : Optional.empty();
        }
        if (text.startsWith("list(") && text.endsWith(")")) {
            return parse(text.substring(5, text.length() - 1)).map(DataType::list);
        }
        return Optional.ofNullable(
                switch (text) {
                    case "boolean", "bool" -> BOOLEAN;
                    case "int32" -> INT32;
                    case "int64", "int" -> INT64;
                    case "float64", "float" -> FLOAT64;
                    case "string", "str" -> STRING;
                    case "binary" -> BINARY;
                    case "date" -> DATE;
                    case "timestamp", "datetime" -> TIMESTAMP;
                    case "json" -> JSON;
                    case "decimal" -> decimal(DecimalType.MAX_PRECISION, 18);
                    default -> null;
                });
    }

    /** What a type is, without its parameters. */
    enum Kind {
        BOOLEAN,
        INT32,
        INT64,
        FLOAT64,
        DECIMAL,
        STRING,
        BINARY,
        DATE,
        TIMESTAMP,
        JSON,
        LIST
    }

    /** A type without parameters; use the constants of {@link DataType}. */
    record Plain(Kind kind) implements DataType {
        public Plain {
            if (kind == Kind.DECIMAL || kind == Kind.LIST) {
                throw new IllegalArgumentException(kind + " needs parameters");
            }
        }

        /** Types are compared by identity too, also those that came from another process. */
        private Object readResolve() {
            return parse(toString()).orElseThrow();
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /** An exact number of {@code precision} digits in all, {@code scale} of them after the point. */
    record DecimalType(int precision, int scale) implements DataType {
        /** The most digits that fit the 128 bits of {@link DecimalColumn}. */
        public static final int MAX_PRECISION = 38;

        /** The most digits whose unscaled value always fits a long. */
        public static final int MAX_LONG_PRECISION = 18;

        private static final Pattern PATTERN =
                Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*(?:,\\s*(\\d{1,2})\\s*)?\\)");

        public DecimalType {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale
                        + "): precision must be 1 to 38, scale 0 to the precision");
            }
        }

        /** True where every unscaled value fits a long, so that columns keep one long a value instead of two. */
        public boolean fitsLong() {
            return precision <= MAX_LONG_PRECISION;
        }

        @Override
        public Kind kind() {
            return Kind.DECIMAL;
        }

        @Override
        public String toString() {
            return "decimal(" + precision + "," + scale + ")";
        }
    }

    /** A list of nullable elements. */
    record ListType(DataType element) implements DataType {
        public ListType {
            Objects.requireNonNull(element, "element");
        }

        @Override
        public Kind kind() {
            return Kind.LIST;
        }

        @Override
        public String toString() {
            return "list(" + element + ")";
        }
    }
}
