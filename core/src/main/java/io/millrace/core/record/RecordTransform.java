package io.millrace.core.record;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.Transform;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row transform for records. One thread. It is bound to the schema given, or to that of the first records: later ones must
 * fit it. Closing closes the bound transform.
 */
public final class RecordTransform implements AutoCloseable {
    private final Transform transform;
    private final BindContext context;
    private final Rejects rejects;
    private Schema input;
    private BoundTransform bound;

    private RecordTransform(Transform transform, BindContext context, Rejects rejects) {
        this.transform = transform;
        this.context = context;
        this.rejects = rejects;
    }

    /** A transform that binds to what the first records look like. */
    public static RecordTransform of(Transform transform, BindContext context, Rejects rejects) {
        return new RecordTransform(transform, context, rejects);
    }

    /** A transform of records of this schema. */
    public static RecordTransform of(Transform transform, Schema input, BindContext context, Rejects rejects) {
        RecordTransform records = new RecordTransform(transform, context, rejects);
        records.bind(input);
        return records;
    }

    /** The record that goes on; empty where it was rejected or left out. */
    public Optional<Map<String, Object>> apply(Map<String, ?> record) {
        return applyAll(List.of(record)).stream().findFirst();
    }

    /** The records that go on, in their order; what does not is given to the rejects. */
    public List<Map<String, Object>> applyAll(List<? extends Map<String, ?>> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        if (bound == null) {
            bind(RecordSchema.infer(records));
        }
        return bound.apply(RecordSchema.batch(input, records), rejects).records();
    }

    /** The schema of the records that go on; empty before the first record of a transform that infers its schema. */
    public Optional<Schema> output() {
        return Optional.ofNullable(bound).map(BoundTransform::output);
    }

    private void bind(Schema schema) {
        input = schema;
        bound = transform.bind(schema, context);
    }

    @Override
    public void close() {
        if (bound != null) {
            bound.close();
        }
    }
}
