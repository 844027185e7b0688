package io.millrace.core.embedded;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A program's own code as a row transform of a pipeline, under a name that no other step of the pipeline has. */
record CodeStep(String name, Transformer code) implements TransformFactory<CodeStep.Settings>, Transform {
    /** Code has no settings: what tells it from other code is its name. */
    record Settings() {}

    @Override
    public Class<Settings> settings() {
        return Settings.class;
    }

    @Override
    public Transform create(Settings none) {
        return this;
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        return new Bound(code, code.outputSchema(input));
    }

    /** Why code rejected a record; what is no verdict on the record is thrown on. */
    static String reason(RuntimeException refused) {
        if (refused instanceof MillraceException known && known.kind() != ErrorKind.DATA) {
            throw known;
        }
        return refused instanceof MillraceException || refused instanceof IllegalArgumentException
                ? String.valueOf(refused.getMessage())
                : refused.toString();
    }

    private record Bound(Transformer code, Schema output) implements BoundTransform {
        @Override
        public Batch apply(Batch input, Rejects rejects) {
            BatchBuilder builder = new BatchBuilder(output);
            int[] kept = new int[input.rowCount()];
            int count = 0;
            int filtered = 0;
            for (int row = 0; row < input.rowCount(); row++) {
                try {
                    Map<String, Object> result = code.transform(new LinkedHashMap<>(input.record(row)));
                    if (result == null) {
                        filtered++;
                    } else {
                        RecordBatches.append(builder, result);
                        kept[count++] = row;
                    }
                } catch (RuntimeException refused) {
                    rejects.reject(input, row, null, reason(refused));
                }
            }
            if (filtered > 0) {
                rejects.filtered(filtered);
            }
            return builder.build(
                    input.select(Selection.of(kept, count)).origin().orElse(null));
        }
    }
}
