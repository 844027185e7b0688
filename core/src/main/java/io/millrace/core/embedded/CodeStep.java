package io.millrace.core.embedded;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Schema;
import io.millrace.core.record.RecordMapping;

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
        return new RecordMapping(code::transform, code.outputSchema(input));
    }
}
