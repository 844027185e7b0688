package io.millrace.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What random expressions do not come across: long lists of literals, text of all sizes, many batches. */
class ExpressionKernelTest {
    private static final Schema SCHEMA = Schema.of(Field.of("s", DataType.STRING), Field.of("a", DataType.INT64));

    private static List<Object> evaluate(String text, List<Map<String, Object>> rows) {
        BoundExpression bound = Expression.parse(text).bind(SCHEMA, Instant.EPOCH);
        RowFailures failures = new RowFailures();
        failures.begin(rows.size());
        Column column = bound.evaluate(Batch.ofRecords(SCHEMA, rows), failures);
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            values.add(failures.failed(row) ? "failed" : column.value(row));
        }
        return values;
    }

    private static Map<String, Object> row(String s, Long a) {
        Map<String, Object> row = new HashMap<>();
        row.put("s", s);
        row.put("a", a);
        return row;
    }

    @Test
    void findsTextOfAnySizeInASet() {
        List<String> texts = new ArrayList<>();
        for (int size = 0; size < 40; size++) {
            texts.add("é".repeat(size / 2) + "x".repeat(size - size / 2));
        }
        String list = String.join("', '", texts);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        for (String text : texts) {
            // Differences at the start, at the end and, where sizes are large, between the bytes that are looked at
            // first.
            String middle = text.isEmpty()
                    ? "y"
                    : text.substring(0, text.length() / 2) + "y" + text.substring(text.length() / 2 + 1);
            for (String candidate : List.of(text, text + "y", "y" + text, middle)) {
                rows.add(row(candidate, null));
                expected.add(texts.contains(candidate));
            }
        }
        assertThat(evaluate("s IN ('" + list + "')", rows)).isEqualTo(expected);
        List<String> few = List.of("", "abcdefgh", "x", "abcdefg", "abcdefghijklmnop", "ü", "abcdefghi", "bcdefgh");
        List<Map<String, Object>> others = new ArrayList<>();
        List<Object> found = new ArrayList<>();
        for (String text : few) {
            for (String candidate : List.of(text, text + "p", "a" + text)) {
                others.add(row(candidate, null));
                found.add(few.contains(candidate));
            }
        }
        assertThat(evaluate("s IN ('" + String.join("', '", few) + "')", others))
                .isEqualTo(found);
    }

    @Test
    void findsNumbersInALongList() {
        StringBuilder list = new StringBuilder("-9223372036854775808");
        for (int i = 0; i < 3_000; i += 3) {
            list.append(", ").append(i);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        for (long i = -5; i < 3_010; i++) {
            rows.add(row(null, i));
            expected.add(i >= 0 && i < 3_000 && i % 3 == 0);
        }
        assertThat(evaluate("a IN (" + list + ")", rows)).isEqualTo(expected);
        assertThat(evaluate("a IN (" + list + ")", List.of(row(null, Long.MIN_VALUE))))
                .containsExactly(true);
    }

    @Test
    void likeTakesTimeInProportionWhateverThePattern() {
        assertThat(evaluate("s LIKE '%a%a%a%a%a%a%a%a%a%a%b'", List.of(row("a".repeat(20_000), null))))
                .containsExactly(false);
        assertThat(evaluate("regexp_like(s, '^(a+)+$')", List.of(row("a".repeat(20_000) + "!", null))))
                .containsExactly(false);
    }

    @Test
    void hashesAsSparkDoes() {
        // Spark's documentation of xxhash64 has this value, with array(123), whose hash is that of its element.
        assertThat(evaluate("xxhash64(s, a)", List.of(row(null, null)))).containsExactly(42L);
        assertThat(evaluate("xxhash64('Spark', CAST(123 AS int32), CAST(2 AS int32))", List.of(row(null, null))))
                .containsExactly(5602566077635097486L);
    }

    @Test
    void roundsDecimalsOfDivisionsOnce() {
        assertThat(evaluate("CAST(2.00 / 3.00 AS string)", List.of(row(null, null))))
                .containsExactly("0.666667");
        assertThat(evaluate("CAST(-2.00 / 3.00 AS string)", List.of(row(null, null))))
                .containsExactly("-0.666667");
    }

    @Test
    void takesNumbersWithAbsurdExponentsForWhatTheyAre() {
        assertThat(evaluate(
                        "TRY_CAST(s AS decimal(5,2)) = 0",
                        List.of(row("1e-99999999999", null), row("0e99999999999", null), row("1e99999999999", null))))
                .containsExactly(true, true, null);
    }

    @Test
    void theRestOfATextHasNoEnd() {
        assertThat(evaluate("substring(s, a)", List.of(row("abc", Long.MIN_VALUE), row("abc", -2L), row("abc", 0L))))
                .containsExactly("abc", "bc", "abc");
        assertThat(evaluate("substring(s, -14, a)", List.of(row("abc", Long.MIN_VALUE), row("abc", 12L))))
                .containsExactly("", "a");
    }

    @Test
    void rejectsMomentsBeyondAllTimestampsInsteadOfWrappingAround() {
        Schema schema = Schema.of(Field.of("d", DataType.DATE), Field.of("t", DataType.TIMESTAMP));
        Map<String, Object> first = new HashMap<>();
        first.put("d", LocalDate.of(-290308, 12, 21));
        first.put("t", Timestamps.toInstant(Long.MIN_VALUE));
        Map<String, Object> later = new HashMap<>();
        later.put("d", LocalDate.of(-290308, 12, 22));
        later.put("t", Timestamps.toInstant(Long.MIN_VALUE + 999));
        Batch batch = Batch.ofRecords(schema, List.of(first, later));
        RowFailures failures = new RowFailures();
        for (String failing : List.of("CAST(d AS timestamp)", "d < t", "date_diff('day', d, t)")) {
            failures.begin(2);
            Expression.parse(failing).bind(schema, Instant.EPOCH).evaluate(batch, failures);
            assertThat(failures.failed(0)).as(failing).isTrue();
            assertThat(failures.failed(1)).as(failing).isFalse();
        }
        for (String unit : List.of("year", "week", "day", "hour", "second")) {
            failures.begin(2);
            Expression.parse("date_trunc('" + unit + "', t)")
                    .bind(schema, Instant.EPOCH)
                    .evaluate(batch, failures);
            assertThat(failures.failed(0)).as(unit).isTrue();
        }
        failures.begin(2);
        Column lenient = Expression.parse("TRY_CAST(d AS timestamp)")
                .bind(schema, Instant.EPOCH)
                .evaluate(batch, failures);
        assertThat(failures.count()).isZero();
        assertThat(lenient.isNull(0)).isTrue();
        assertThat(lenient.isNull(1)).isFalse();
    }
}
