package io.millrace.testkit;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Seeded random schemas, values and batches that lean towards what breaks code: nulls, borders, odd Unicode. */
public final class RandomBatches {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "view",
            "  two  words ",
            "\u00a0nbsp\u2003",
            "\u0001\u0007bell\u007f",
            "naïve",
            "日本語",
            "😀👩‍👩‍👧",
            "e\u0301",
            "\ufeff",
            "null",
            "\\N",
            "a\tb\nc",
            "'quoted\"",
            "İıßſ",
            "\u200b",
            "\ud7ff",
            "\uffff");
    private static final List<Long> LONGS =
            List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, 1L << 53, 1_000_000L);
    private static final List<Double> DOUBLES = List.of(
            0.0, -0.0, 1.5, -1e300, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY, 0.1);

    private final Random random;

    public RandomBatches(long seed) {
        this.random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    /** One to twelve columns of any types, some of them not nullable. */
    public Schema schema() {
        int columns = 1 + random.nextInt(12);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            fields.add(new Field("c" + i, type(), random.nextInt(4) > 0));
        }
        return Schema.of(fields);
    }

    /** Any type; lists are of scalars. */
    public DataType type() {
        return random.nextInt(8) == 0 ? DataType.list(scalar()) : scalar();
    }

    private DataType scalar() {
        List<DataType> plain = List.of(
                DataType.BOOLEAN,
                DataType.INT32,
                DataType.INT64,
                DataType.FLOAT64,
                DataType.STRING,
                DataType.BINARY,
                DataType.DATE,
                DataType.TIMESTAMP,
                DataType.JSON);
        int choice = random.nextInt(plain.size() + 2);
        if (choice < plain.size()) {
            return plain.get(choice);
        }
        int precision = 1 + random.nextInt(DecimalType.MAX_PRECISION);
        return DataType.decimal(precision, random.nextInt(precision + 1));
    }

    /** A batch of this schema, its rows numbered from 0 in the split "random". */
    public Batch batch(Schema schema, int rows) {
        BatchBuilder builder = new BatchBuilder(schema);
        records(schema, rows).forEach(builder::appendRecord);
        return builder.build(Origin.of("random", 0));
    }

    /** Records of this schema as {@link Batch#records()} would return them. */
    public List<Map<String, Object>> records(Schema schema, int rows) {
        List<Map<String, Object>> records = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Map<String, Object> record = new LinkedHashMap<>();
            for (Field field : schema) {
                boolean isNull = field.nullable() && random.nextInt(5) == 0;
                record.put(field.name(), isNull ? null : value(field.type()));
            }
            records.add(record);
        }
        return records;
    }

    /** A value of this type, never null; elements of a list may be. */
    public Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> (int) integer();
            case INT64 -> integer();
            case FLOAT64 -> random.nextInt(3) == 0
                    ? DOUBLES.get(random.nextInt(DOUBLES.size()))
                    : random.nextGaussian();
            case DECIMAL -> decimal((DecimalType) type);
            case STRING -> text();
            case BINARY -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case DATE -> LocalDate.ofEpochDay(random.nextInt(80_000) - 30_000);
            case TIMESTAMP -> Instant.ofEpochSecond(
                    random.nextInt(2_000_000_000) - 500_000_000L, random.nextInt(1_000_000) * 1000L);
            case JSON -> "{\"n\": " + random.nextInt(100) + "}";
            case LIST -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(random.nextInt(5) == 0 ? null : value(((ListType) type).element()));
                }
                yield list;
            }
        };
    }

    private long integer() {
        return random.nextInt(3) == 0 ? LONGS.get(random.nextInt(LONGS.size())) : random.nextInt(10_000) - 5_000;
    }

    private BigDecimal decimal(DecimalType type) {
        int digits = 1 + random.nextInt(type.precision());
        BigInteger unscaled = new BigInteger(128, random)
                .mod(BigInteger.TEN.pow(digits))
                .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
        return new BigDecimal(unscaled, type.scale());
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(TEXTS.get(random.nextInt(TEXTS.size())));
        }
        return text.toString();
    }
}
