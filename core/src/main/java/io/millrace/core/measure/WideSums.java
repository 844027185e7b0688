package io.millrace.core.measure;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import java.util.Arrays;

/** The {@link Wide} parts of those groups that have one. One thread. */
final class WideSums {
    private Wide[] parts = {};
    private int count;

    /** The group's part, made where there is none yet. */
    Wide of(int group) {
        if (group >= parts.length) {
            parts = Arrays.copyOf(parts, Math.max(group + 1, parts.length * 2));
        }
        if (parts[group] == null) {
            parts[group] = new Wide();
            count++;
        }
        return parts[group];
    }

    /** The group's part, or null. */
    Wide find(int group) {
        return group < parts.length ? parts[group] : null;
    }

    void merge(int[] groups, int rows, Column state) {
        BytesColumn bytes = (BytesColumn) state;
        for (int row = 0; row < rows; row++) {
            if (!bytes.isNull(row)) {
                of(groups[row]).add(Wide.fromBytes(bytes.data(), bytes.offsets()[row], bytes.size(row)));
            }
        }
    }

    Column states(int from, int to) {
        BytesColumn.Builder builder = (BytesColumn.Builder) ColumnBuilder.of(DataType.BINARY);
        for (int group = from; group < to; group++) {
            Wide wide = find(group);
            if (wide == null) {
                builder.appendNull();
            } else {
                builder.append(wide.toBytes());
            }
        }
        return builder.build();
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(parts, null);
            count = 0;
        }
    }

    long bytes() {
        return 4L * parts.length + (long) count * Wide.BYTES;
    }
}
