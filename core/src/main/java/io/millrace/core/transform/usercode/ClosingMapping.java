package io.millrace.core.transform.usercode;

import io.millrace.api.BoundTransform;
import io.millrace.api.RecordTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.record.RecordMapping;

/** A record mapping that closes its code at the end. */
record ClosingMapping(RecordTransform code, RecordMapping mapping) implements BoundTransform {
    @Override
    public Schema output() {
        return mapping.output();
    }

    @Override
    public Batch apply(Batch input, Rejects rejects) {
        return mapping.apply(input, rejects);
    }

    @Override
    public void close() {
        code.close();
    }
}
