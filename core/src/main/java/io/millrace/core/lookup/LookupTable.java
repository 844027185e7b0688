package io.millrace.core.lookup;

import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.util.List;

/** A table held in memory, to be asked by any number of threads at once. Immutable. */
final class LookupTable {
    private final Schema answerSchema;
    private final Column[] keys;
    private final KeyIndex index;
    private final Column[] answers;
    private final int[] keyNumbers;
    private final Versions versions;

    /**
     * @param index of rows of {@code keys}
     * @param answers by row or, with versions, by place
     * @param keyNumbers with versions: the number of a row's key; otherwise null
     * @param versions null where each key has one row
     */
    LookupTable(
            Schema answerSchema, Column[] keys, KeyIndex index, Column[] answers, int[] keyNumbers, Versions versions) {
        this.answerSchema = answerSchema;
        this.keys = keys;
        this.index = index;
        this.answers = answers;
        this.keyNumbers = keyNumbers;
        this.versions = versions;
    }

    Schema answerSchema() {
        return answerSchema;
    }

    /** Whether questions end with an event time. */
    boolean hasVersions() {
        return versions != null;
    }

    /** Where the answer to each of the first {@code count} rows is, or -1. */
    void find(Column[] asked, Column time, int count, int[] hashes, int[] found) {
        index.find(keys, asked, count, hashes, found);
        if (NullKeys.any(asked)) {
            for (int row = 0; row < count; row++) {
                found[row] = NullKeys.isNull(asked, row) ? -1 : found[row];
            }
        }
        if (versions == null) {
            return;
        }
        long[] times = Versions.times(time, count, 0);
        for (int row = 0; row < count; row++) {
            if (found[row] >= 0) {
                found[row] = time.isNull(row) ? -1 : versions.at(keyNumbers[found[row]], times[row]);
            }
        }
    }

    /** The answers at these places; null for -1. */
    List<Column> gather(int[] found, int count) {
        Column[] gathered = new Column[answers.length];
        for (int i = 0; i < answers.length; i++) {
            gathered[i] = Gather.rows(answers[i], found, count);
        }
        return List.of(gathered);
    }
}
