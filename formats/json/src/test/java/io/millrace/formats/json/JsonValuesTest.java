package io.millrace.formats.json;

import static io.millrace.formats.json.Documents.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.DataType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each type takes and what it refuses. */
class JsonValuesTest {
    @Test
    void booleansAreTheLiterals() {
        assertThat(value(DataType.BOOLEAN, "true")).isEqualTo(true);
        assertThat(value(DataType.BOOLEAN, "false")).isEqualTo(false);
        assertThat(value(DataType.BOOLEAN, "null")).isNull();
        for (String wrong : List.of("1", "\"true\"")) {
            assertThat(value(DataType.BOOLEAN, wrong)).isEqualTo("not true or false");
        }
        assertThat(value(DataType.BOOLEAN, "[true]")).isEqualTo("a list instead of true or false");
        assertThat(value(DataType.BOOLEAN, "{\"a\":1}")).isEqualTo("an object instead of true or false");
    }

    @Test
    void wholeNumbersAreExactHoweverTheyAreWritten() {
        assertThat(value(DataType.INT64, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(value(DataType.INT64, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(value(DataType.INT64, "\"9223372036854775807\"")).isEqualTo(Long.MAX_VALUE);
        assertThat(value(DataType.INT64, "5.0")).isEqualTo(5L);
        assertThat(value(DataType.INT64, "5e3")).isEqualTo(5000L);
        assertThat(value(DataType.INT64, "0e99999")).isEqualTo(0L);
        assertThat(value(DataType.INT32, "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        for (String wrong : List.of(
                "9223372036854775808",
                "-9223372036854775809",
                "12.7",
                "1e999999999",
                "1e-999999999",
                "1e99999999999999",
                "\"\"",
                "\" 5\"",
                "\"05\"",
                "\"+5\"",
                "\"0x5\"",
                "\"٣\"",
                "true")) {
            assertThat(value(DataType.INT64, wrong)).as(wrong).isEqualTo("not a whole number of 64 bits");
        }
        assertThat(value(DataType.INT32, "2147483648")).isEqualTo("not a whole number of 32 bits");
    }

    @Test
    void floatsAreTheNearestAndNeverSilentlyInfinite() {
        assertThat(value(DataType.FLOAT64, "0.1")).isEqualTo(0.1);
        assertThat(value(DataType.FLOAT64, "-0.0")).isEqualTo(-0.0);
        assertThat(value(DataType.FLOAT64, "7")).isEqualTo(7.0);
        assertThat(value(DataType.FLOAT64, "18446744073709551616")).isEqualTo(0x1p64);
        assertThat(value(DataType.FLOAT64, "4.9e-324")).isEqualTo(Double.MIN_VALUE);
        assertThat(value(DataType.FLOAT64, "2.2250738585072012e-308")).isEqualTo(2.2250738585072012e-308);
        assertThat(value(DataType.FLOAT64, "\"NaN\"")).isEqualTo(Double.NaN);
        assertThat(value(DataType.FLOAT64, "\"-Infinity\"")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(value(DataType.FLOAT64, "1e400")).isEqualTo("not a number within the range of float64");
        assertThat(value(DataType.FLOAT64, "\"1.5\"")).isEqualTo("not a number");
        assertThat(value(DataType.FLOAT64, "NaN")).isEqualTo("not JSON");
    }

    @Test
    void decimalsAreExactOrRefused() {
        DataType money = DataType.decimal(10, 2);
        assertThat(value(money, "12.5")).isEqualTo(new BigDecimal("12.50"));
        assertThat(value(money, "-12.50000")).isEqualTo(new BigDecimal("-12.50"));
        assertThat(value(money, "99999999.99")).isEqualTo(new BigDecimal("99999999.99"));
        assertThat(value(money, "\"0.10\"")).isEqualTo(new BigDecimal("0.10"));
        assertThat(value(money, "1e3")).isEqualTo(new BigDecimal("1000.00"));
        for (String wrong : List.of("12.345", "100000000", "1e999999999", "\"NaN\"", "\"1,5\"", "true")) {
            assertThat(value(money, wrong)).as(wrong).isEqualTo("not a number that fits decimal(10,2)");
        }
        assertThat(value(DataType.decimal(38, 0), "99999999999999999999999999999999999999"))
                .isEqualTo(new BigDecimal("99999999999999999999999999999999999999"));
        assertThat(value(DataType.decimal(18, 0), "999999999999999999"))
                .isEqualTo(new BigDecimal("999999999999999999"));
        assertThat(value(DataType.decimal(18, 0), "1000000000000000000"))
                .isEqualTo("not a number that fits decimal(18,0)");
        assertThat(value(DataType.decimal(38, 18), "-0.000000000000000001"))
                .isEqualTo(new BigDecimal("-0.000000000000000001"));
    }

    @Test
    void textTakesSingleValuesAsTheyAreWritten() {
        assertThat(value(DataType.STRING, "\"a\\n\\u00e9\\ud83d\\ude00é😀\\u0000\""))
                .isEqualTo("a\né😀é😀\0");
        assertThat(value(DataType.STRING, "1.50")).isEqualTo("1.50");
        assertThat(value(DataType.STRING, "12345678901234567890")).isEqualTo("12345678901234567890");
        assertThat(value(DataType.STRING, "true")).isEqualTo("true");
        assertThat(value(DataType.STRING, "\"\"")).isEqualTo("");
        assertThat(value(DataType.STRING, "{}")).isEqualTo("an object instead of text");
        for (String half : List.of("\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83dx\"", "\"\\ude00\\ud83d\"")) {
            assertThat(value(DataType.STRING, half)).isEqualTo("half of a surrogate pair, which is no text");
        }
    }

    @Test
    void binaryIsBase64() {
        assertThat((byte[]) value(DataType.BINARY, "\"AAH/\"")).containsExactly(0, 1, 255);
        assertThat((byte[]) value(DataType.BINARY, "\"\"")).isEmpty();
        assertThat(value(DataType.BINARY, "\"AAH\\n/\"")).isEqualTo("not Base64 text");
        assertThat(value(DataType.BINARY, "7")).isEqualTo("not Base64 text");
    }

    @Test
    void datesAreCalendarDays() {
        for (String date :
                List.of("1970-01-01", "2024-02-29", "2000-02-29", "0000-03-01", "9999-12-31", "1582-10-10")) {
            assertThat(value(DataType.DATE, '"' + date + '"')).isEqualTo(LocalDate.parse(date));
        }
        assertThat(value(DataType.DATE, "\"+12024-01-31\"")).isEqualTo(LocalDate.of(12024, 1, 31));
        for (String wrong : List.of(
                "\"2023-02-29\"",
                "\"1900-02-29\"",
                "\"2024-1-31\"",
                "\"2024-13-01\"",
                "\"2024-01-31T00:00:00Z\"",
                "7")) {
            assertThat(value(DataType.DATE, wrong)).as(wrong).isEqualTo("not a date such as 2024-01-31");
        }
    }

    @Test
    void timestampsAreIsoText() {
        Instant morning = Instant.parse("2024-01-31T08:30:00Z");
        assertThat(value(DataType.TIMESTAMP, "\"2024-01-31T08:30:00Z\"")).isEqualTo(morning);
        assertThat(value(DataType.TIMESTAMP, "\"2024-01-31 08:30:00Z\"")).isEqualTo(morning);
        assertThat(value(DataType.TIMESTAMP, "\"2024-01-31T08:30Z\"")).isEqualTo(morning);
        assertThat(value(DataType.TIMESTAMP, "\"2024-01-31T16:30:00+08:00\"")).isEqualTo(morning);
        assertThat(value(DataType.TIMESTAMP, "\"2024-01-31T08:30:00\"")).isEqualTo(morning);
        assertThat(value(DataType.TIMESTAMP, "\"2024-01-31T08:30:00.1234569Z\""))
                .isEqualTo(morning.plusNanos(123_456_000));
        assertThat(value(DataType.TIMESTAMP, "\"1969-12-31T23:59:59.5Z\"")).isEqualTo(Instant.ofEpochMilli(-500));
        for (String wrong : List.of(
                "\"2024-01-31\"",
                "\"2024-01-31T24:00:00Z\"",
                "\"2024-01-31T08:60:00Z\"",
                "\"2024-01-31T08:30:00.Z\"",
                "\"2024-01-31T08:30:00.1234567890Z\"",
                "\"2024-01-32T08:30:00Z\"",
                "\"2024-01-31T08:30:00 Z\"",
                "\"+999999999-01-01T00:00:00Z\"",
                "1706689800")) {
            assertThat(value(DataType.TIMESTAMP, wrong))
                    .as(wrong)
                    .isEqualTo("not a timestamp such as 2024-01-31T08:30:00Z");
        }
    }

    private static Object timestamp(EpochUnit unit, String json) {
        return value(
                new JsonColumn(
                        "c",
                        JsonPath.of("c"),
                        DataType.TIMESTAMP,
                        false,
                        Optional.of(unit),
                        Optional.of(ZoneId.of("Asia/Shanghai"))),
                json);
    }

    @Test
    void numbersAreTimestampsWhereTheirUnitIsDeclared() {
        Instant morning = Instant.parse("2024-01-31T08:30:00Z");
        assertThat(timestamp(EpochUnit.SECONDS, "1706689800")).isEqualTo(morning);
        assertThat(timestamp(EpochUnit.SECONDS, "1706689800.123456789")).isEqualTo(morning.plusNanos(123_456_000));
        assertThat(timestamp(EpochUnit.SECONDS, "1.7066898e9")).isEqualTo(morning);
        assertThat(timestamp(EpochUnit.MILLISECONDS, "1706689800123")).isEqualTo(morning.plusMillis(123));
        assertThat(timestamp(EpochUnit.MICROSECONDS, "-1")).isEqualTo(Instant.EPOCH.minusNanos(1_000));
        assertThat(timestamp(EpochUnit.NANOSECONDS, "-1")).isEqualTo(Instant.EPOCH.minusNanos(1_000));
        assertThat(timestamp(EpochUnit.SECONDS, "\"2024-01-31T16:30:00\"")).isEqualTo(morning);
        for (String wrong : List.of("9223372036854775807", "1e300", "-1e300", "18446744073709551616", "true")) {
            assertThat(timestamp(EpochUnit.SECONDS, wrong)).as(wrong).asString().startsWith("not a timestamp");
        }
        assertThat(timestamp(EpochUnit.MICROSECONDS, "-9223372036854775808"))
                .asString()
                .startsWith("not a");
    }

    @Test
    void jsonKeepsItsText() {
        for (String text : List.of(
                "{\"a\": [1,  2.50, \"\\u00e9é\"] }",
                "[ ]",
                "\"x\\ty\"",
                "1.50",
                "-0",
                "1E5",
                "true",
                "{\"n\":null}")) {
            assertThat(value(DataType.JSON, text)).isEqualTo(text);
        }
        assertThat(value(DataType.JSON, "null")).isNull();
        assertThat(value(DataType.JSON, "{\"a\":[\"\\ud800\"]}"))
                .isEqualTo("half of a surrogate pair, which is no text");
        assertThat(value(DataType.JSON, "{\"\\ud800\":1}")).isEqualTo("half of a surrogate pair, which is no text");
    }

    @Test
    void listsHoldTheirElementsAndNulls() {
        assertThat(value(DataType.list(DataType.INT64), "[1, null, 3]")).isEqualTo(Arrays.asList(1L, null, 3L));
        assertThat(value(DataType.list(DataType.STRING), "[]")).isEqualTo(List.of());
        assertThat(value(DataType.list(DataType.JSON), "[{\"a\":1}, 2, \"x\"]"))
                .isEqualTo(List.of("{\"a\":1}", "2", "\"x\""));
        assertThat(value(DataType.list(DataType.list(DataType.INT32)), "[[1],[],[2,3]]"))
                .isEqualTo(List.of(List.of(1), List.of(), List.of(2, 3)));
        assertThat(value(DataType.list(DataType.INT64), "[1, \"x\"]")).isEqualTo("not a whole number of 64 bits");
        assertThat(value(DataType.list(DataType.INT64), "1")).isEqualTo("not a list");
    }
}
