package io.millrace.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Selection;
import io.millrace.core.expression.RandomExpressions.NoValue;
import io.millrace.core.expression.RandomExpressions.Sample;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares expressions over columns with what they mean row by row, on random expressions and nasty values. */
class ExpressionOracleTest {
    private static final Object FAILED = "no value";

    @Test
    void agreesWithTheMeaningOfEachRow() {
        for (long seed = 0; seed < 1_200; seed++) {
            RandomExpressions random = new RandomExpressions(seed);
            Sample sample = random.any(1 + (int) (seed % 4));
            if (sample.text().equals("NULL")) {
                continue;
            }
            BoundExpression bound = Expression.parse(sample.text()).bind(RandomExpressions.SCHEMA, Instant.EPOCH);
            assertThat(bound.type()).as("seed %d: %s", seed, sample.text()).isEqualTo(sample.type());
            // Batches of different sizes, because kernels keep arrays from one batch to the next; 70 rows are two words
            // of bits.
            for (int rows : new int[] {70, 3, 0, 9}) {
                compare(seed, sample, bound, random, rows);
            }
        }
    }

    private static void compare(long seed, Sample sample, BoundExpression bound, RandomExpressions random, int rows) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            records.add(random.row());
        }
        Batch batch = Batch.ofRecords(RandomExpressions.SCHEMA, records);
        RowFailures failures = new RowFailures();
        failures.begin(rows);
        Column column = bound.evaluate(batch, failures);
        assertThat(column.length()).isEqualTo(rows);
        for (int row = 0; row < rows; row++) {
            Object expected;
            try {
                expected = sample.meaning().of(records.get(row));
            } catch (NoValue none) {
                expected = FAILED;
            }
            Object actual = failures.failed(row) ? FAILED : column.value(row);
            if (!Objects.equals(actual, expected)) {
                assertThat(actual)
                        .as("seed %d: %s, row %s", seed, sample.text(), records.get(row))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void selectsTheRowsForWhichTheConditionIsTrue() {
        for (long seed = 0; seed < 200; seed++) {
            RandomExpressions random = new RandomExpressions(seed);
            Sample sample = random.bool(3);
            List<Map<String, Object>> records = new ArrayList<>();
            for (int i = 0; i < 66; i++) {
                records.add(random.row());
            }
            List<Integer> expected = new ArrayList<>();
            for (int row = 0; row < records.size(); row++) {
                try {
                    if (Boolean.TRUE.equals(sample.meaning().of(records.get(row)))) {
                        expected.add(row);
                    }
                } catch (NoValue none) {
                    continue;
                }
            }
            RowFailures failures = new RowFailures();
            failures.begin(records.size());
            Selection selected = Expression.parse("NOT NOT " + sample.text())
                    .bindPredicate(RandomExpressions.SCHEMA, Instant.EPOCH)
                    .select(Batch.ofRecords(RandomExpressions.SCHEMA, records), failures);
            List<Integer> actual = new ArrayList<>();
            for (int place = 0; place < selected.count(); place++) {
                actual.add(selected.row(place));
            }
            assertThat(actual).as("seed %d: %s", seed, sample.text()).isEqualTo(expected);
        }
    }
}
