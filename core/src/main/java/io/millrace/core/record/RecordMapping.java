package io.millrace.core.record;

import io.millrace.api.BoundTransform;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Code that maps one record at a time, as a bound transform. It is given a copy that it may change and return; null leaves
 * the record out. What it throws rejects the record, unless it is a MillraceException of another kind than DATA.
 */
public record RecordMapping(UnaryOperator<Map<String, Object>> code, Schema output) implements BoundTransform {
    @Override
    public Batch apply(Batch input, Rejects rejects) {
        BatchBuilder builder = new BatchBuilder(output);
        int[] kept = new int[input.rowCount()];
        int count = 0;
        int filtered = 0;
        for (int row = 0; row < input.rowCount(); row++) {
            try {
                Map<String, Object> result = code.apply(new LinkedHashMap<>(input.record(row)));
                if (result == null) {
                    filtered++;
                } else {
                    Records.append(builder, result);
                    kept[count++] = row;
                }
            } catch (RuntimeException refused) {
                rejects.reject(input, row, null, reason(refused));
            }
        }
        if (filtered > 0) {
            rejects.filtered(filtered);
        }
        return builder.build(input.select(Selection.of(kept, count)).origin().orElse(null));
    }

    /** Why code rejected a record; what is no verdict on the record is thrown on. */
    public static String reason(RuntimeException refused) {
        if (refused instanceof MillraceException known && known.kind() != ErrorKind.DATA) {
            throw known;
        }
        return refused instanceof MillraceException || refused instanceof IllegalArgumentException
                ? String.valueOf(refused.getMessage())
                : refused.toString();
    }
}
