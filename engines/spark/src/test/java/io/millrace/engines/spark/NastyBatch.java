package io.millrace.engines.spark;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows in which half of the values are ordinary and the other half are those at which engines part. */
public final class NastyBatch {
    public static final Schema SCHEMA = Schema.of(
            new Field("b1", DataType.BOOLEAN, true),
            new Field("b2", DataType.BOOLEAN, true),
            new Field("i1", DataType.INT32, true),
            new Field("i2", DataType.INT32, true),
            new Field("l1", DataType.INT64, true),
            new Field("l2", DataType.INT64, true),
            new Field("l3", DataType.INT64, true),
            new Field("f1", DataType.FLOAT64, true),
            new Field("f2", DataType.FLOAT64, true),
            new Field("f3", DataType.FLOAT64, true),
            new Field("m1", DataType.decimal(10, 2), true),
            new Field("m2", DataType.decimal(38, 18), true),
            new Field("m3", DataType.decimal(18, 0), true),
            new Field("m4", DataType.decimal(5, 5), true),
            new Field("m5", DataType.decimal(38, 0), true),
            new Field("m6", DataType.decimal(19, 4), true),
            new Field("s1", DataType.STRING, true),
            new Field("s2", DataType.STRING, true),
            new Field("Mixed `Case`.1", DataType.STRING, true),
            new Field("x1", DataType.BINARY, true),
            new Field("x2", DataType.BINARY, true),
            new Field("d1", DataType.DATE, true),
            new Field("d2", DataType.DATE, true),
            new Field("t1", DataType.TIMESTAMP, true),
            new Field("t2", DataType.TIMESTAMP, true),
            new Field("j1", DataType.JSON, true),
            new Field("ll", DataType.list(DataType.INT64), true),
            new Field("lf", DataType.list(DataType.FLOAT64), true),
            new Field("ls", DataType.list(DataType.STRING), true));

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "view",
            "  two  words ",
            "\u00a0nbsp\u2003",
            "naïve",
            "日本語",
            "😀👩‍👧",
            "e\u0301",
            "a\tb\nc",
            "it's \"quoted\"",
            "100%_\\",
            "\\",
            "İıßſ",
            "ΑΣ",
            "ﬁ",
            "\u0000x",
            "a,b,,c",
            "xaXAx",
            "${x}",
            "\uffff😀",
            "line\r\n",
            "K",
            "𝒳y",
            "aaa");
    static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "+7",
            "12.0",
            "12.7",
            "-12.50",
            ".5",
            "5.",
            ".",
            "1e3",
            "1E-3",
            "1e400",
            "-1e400",
            "1e-400",
            "0e99999",
            "1e99999",
            "1e-99999999999",
            "0.00000000000000000001",
            "123456789012345678901234567890",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "2147483648",
            "-2147483649",
            " 1",
            "1 ",
            "1\n",
            "1f",
            "1d",
            "0x1p3",
            "NaN",
            "nan",
            "Infinity",
            "-INFINITY",
            "+infinity",
            "inf",
            "1_000",
            "１",
            "--1",
            "true",
            "TRUE",
            "t",
            "yes",
            "No",
            "0.0",
            "00001",
            "1.5e0",
            "-0",
            "-0.0",
            "2.5",
            "0.005",
            "99999999.995",
            "1.00000000000000000000000000001",
            "null");
    static final List<String> MOMENTS = List.of(
            "2024-02-29",
            "2023-02-29",
            "2024-1-31",
            "1969-12-31",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "10000-01-01",
            "2024-02-29T12:34",
            "2024-02-29 12:34:56",
            "2024-02-29t12:34:56.789z",
            "2024-02-29T12:34:56.123456789Z",
            "2024-02-29T12:34:56,5+08",
            "2024-02-29T12:34+0530",
            "2024-02-29T12:34:56-18:00",
            "2024-02-29T12:34:56+18:01",
            "2024-02-29T24:00:00",
            "2024-02-29T23:59:60Z",
            "2024-02-29T12:34:56+05:30:15",
            "2024-02-29T12",
            "2024-02-29 12:34:56 UTC",
            "2024-02-29T",
            " 2024-02-29",
            "2024-02-29\n",
            "2024-02-29Z",
            "now",
            "epoch",
            "1582-10-10",
            "1900-01-01T00:00:00.000001",
            "2024-03-10T02:30:00",
            "2024-02-29T12:34:56.1234567890",
            "2024-02-29T12:34:56.",
            "2024-02-29T12:34:5",
            "12:34:56");

    private static final List<Long> LONGS = List.of(
            0L,
            1L,
            -1L,
            2L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            1L << 31,
            (1L << 31) - 1,
            -(1L << 31),
            -(1L << 31) - 1,
            1L << 53,
            (1L << 53) + 1,
            3_037_000_500L,
            1_000_000L,
            1_000_001L,
            1L << 30,
            4_294_967_297L);
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.5,
            2.5,
            -0.5,
            0.49999999999999994,
            1e300,
            -1e300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0.1,
            2.675,
            1.005,
            0x1p63,
            -0x1p63,
            0x1p53,
            4503599627370496.5,
            2147483647.9,
            -2147483648.9,
            2147483648.0,
            1e15,
            123456789.125,
            -1.0,
            3.0,
            -2.0,
            0.5);
    private static final List<LocalDate> DATES = List.of(
            LocalDate.EPOCH,
            LocalDate.of(1969, 12, 31),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2023, 2, 28),
            LocalDate.of(1582, 10, 4),
            LocalDate.of(1582, 10, 15),
            LocalDate.of(1, 1, 1),
            LocalDate.of(0, 12, 31),
            LocalDate.of(-1, 1, 1),
            LocalDate.of(9999, 12, 31),
            LocalDate.of(10000, 1, 1),
            LocalDate.of(2020, 12, 31),
            LocalDate.of(2021, 1, 3),
            LocalDate.of(294247, 1, 10),
            LocalDate.of(294247, 1, 11),
            LocalDate.of(-290308, 12, 21),
            LocalDate.of(-290308, 12, 22),
            LocalDate.ofEpochDay(Integer.MAX_VALUE),
            LocalDate.ofEpochDay(Integer.MIN_VALUE),
            LocalDate.of(5874897, 12, 31));
    private static final List<Instant> INSTANTS = List.of(
            Instant.EPOCH,
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("2024-02-29T23:59:59.999999Z"),
            Instant.parse("2024-03-10T07:30:00Z"),
            Instant.parse("2024-03-10T02:30:00Z"),
            Instant.parse("2024-11-03T01:30:00Z"),
            Instant.parse("2024-11-03T05:30:00Z"),
            Instant.parse("1900-01-01T00:00:00.5Z"),
            Instant.parse("1582-10-10T12:00:00Z"),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("-0001-06-01T00:00:00.25Z"),
            Instant.parse("9999-12-31T23:59:59.123Z"),
            Instant.parse("+10000-01-01T00:00:00.1Z"),
            Timestamps.toInstant(Long.MAX_VALUE),
            Timestamps.toInstant(Long.MIN_VALUE),
            Timestamps.toInstant(Long.MIN_VALUE + 1),
            Instant.parse("1940-06-03T00:30:00Z"),
            Instant.parse("1986-05-04T02:30:00Z"));

    private final Random random;

    public NastyBatch(Random random) {
        this.random = random;
    }

    public Batch rows(int count) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            Map<String, Object> record = new LinkedHashMap<>();
            SCHEMA.forEach(field ->
                    record.put(field.name(), random.nextInt(8) == 0 ? null : value(field.type(), field.name())));
            records.add(record);
        }
        return Batch.ofRecords(SCHEMA, records);
    }

    private <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Object value(DataType type, String name) {
        boolean nasty = random.nextBoolean();
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> nasty
                    ? of(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1, 65536))
                    : (Object) (random.nextInt(40) - 20);
            case INT64 -> nasty ? of(LONGS) : (Object) (random.nextInt(100) - 50L);
            case FLOAT64 -> nasty ? of(DOUBLES) : (Object) (Math.rint(random.nextGaussian() * 1e5) / 1e3);
            case DECIMAL -> decimal((DecimalType) type, nasty);
            case STRING -> name.equals("s2")
                    ? of(random.nextBoolean() ? NUMBERS : MOMENTS)
                    : of(TEXTS) + (nasty ? "" : of(TEXTS));
            case BINARY -> nasty
                    ? of(List.of(
                            new byte[0],
                            new byte[] {(byte) 0xff},
                            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                            new byte[] {0}))
                    : of(TEXTS).getBytes(StandardCharsets.UTF_8);
            case DATE -> nasty ? of(DATES) : LocalDate.ofEpochDay(random.nextInt(40_000) - 15_000);
            case TIMESTAMP -> nasty
                    ? of(INSTANTS)
                    : Instant.ofEpochSecond(
                            random.nextInt(2_000_000_000) - 500_000_000L, random.nextInt(1_000_000) * 1000L);
            case JSON -> "{\"n\": " + random.nextInt(100) + "}";
            case LIST -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random.nextInt(5) == 0 ? null : value(((ListType) type).element(), ""));
                }
                yield list;
            }
        };
    }

    private BigDecimal decimal(DecimalType type, boolean nasty) {
        BigInteger greatest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        if (nasty) {
            BigInteger half = BigInteger.TEN.pow(type.precision() - 1).multiply(BigInteger.valueOf(5));
            return new BigDecimal(
                    of(List.of(
                            greatest,
                            greatest.negate(),
                            BigInteger.ZERO,
                            BigInteger.ONE,
                            BigInteger.ONE.negate(),
                            half)),
                    type.scale());
        }
        int digits = 1 + random.nextInt(Math.min(type.precision(), type.scale() + 5));
        BigInteger unscaled = new BigInteger(128, random).mod(BigInteger.TEN.pow(digits));
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }
}
