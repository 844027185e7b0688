package io.millrace.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.key.RowOrder;
import io.millrace.testkit.RandomBatches;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Canonical bytes sort as the values do, end by themselves, and can be read back. */
class OrderedBytesTest {
    @Test
    void bytesSortAsRowsDo() {
        for (long seed = 0; seed < 300; seed++) {
            RandomBatches random = new RandomBatches(seed);
            Schema schema = random.schema();
            Batch rows = random.batch(schema, 12);
            RowOrder order = RowOrder.by(List.of(), schema);
            byte[][] encoded = new byte[rows.rowCount()][];
            for (int row = 0; row < encoded.length; row++) {
                OrderedBytes bytes = new OrderedBytes(true);
                for (Column column : rows.columns()) {
                    bytes.append(column, row);
                }
                encoded[row] = bytes.copy();
            }
            for (int one = 0; one < encoded.length; one++) {
                for (int other = 0; other < encoded.length; other++) {
                    assertThat(Integer.signum(Arrays.compareUnsigned(encoded[one], encoded[other])))
                            .as("seed %d, %s and %s", seed, rows.record(one), rows.record(other))
                            .isEqualTo(Integer.signum(order.compare(rows, one, rows, other)));
                }
            }
        }
    }

    @Test
    void valuesAreReadBackAndPassedOver() {
        for (long seed = 0; seed < 300; seed++) {
            RandomBatches random = new RandomBatches(seed);
            Schema schema = random.schema();
            Batch rows = random.batch(schema, 8);
            for (int row = 0; row < rows.rowCount(); row++) {
                OrderedBytes bytes = new OrderedBytes(true);
                for (Column column : rows.columns()) {
                    bytes.append(column, row);
                }
                OrderedBytesReader reader = new OrderedBytesReader().over(bytes.bytes(), 0, bytes.length());
                OrderedBytesReader passing = new OrderedBytesReader().over(bytes.bytes(), 0, bytes.length());
                for (Column column : rows.columns()) {
                    ColumnBuilder builder = ColumnBuilder.of(column.type());
                    reader.read(builder);
                    passing.skip(column.type());
                    assertThat(text(builder.build().value(0)))
                            .as("seed %d", seed)
                            .isEqualTo(text(column.value(row)));
                    assertThat(passing.position()).isEqualTo(reader.position());
                }
                assertThat(reader.hasMore()).isFalse();
            }
        }
    }

    @Test
    void zerosAreEqualUnlessTheirSignIsKept() {
        Batch zeros = Batch.ofRecords(
                Schema.of(Field.of("x", DataType.FLOAT64)), List.of(Map.of("x", -0.0), Map.of("x", 0.0)));
        OrderedBytes one = new OrderedBytes();
        OrderedBytes other = new OrderedBytes();
        one.append(zeros.column(0), 0);
        other.append(zeros.column(0), 1);
        assertThat(one.copy()).isEqualTo(other.copy());
    }

    private static String text(Object value) {
        return Arrays.deepToString(new Object[] {value instanceof List<?> list ? list.toArray() : value});
    }
}
