package io.millrace.core.embedded;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.pipeline.BuiltInSteps;
import io.millrace.core.step.BatchwiseStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step that brings records of equal key together. Outside of a {@link Pipeline} the records of one call are all there are.
 */
final class KeyedTransformer implements Transformer {
    private final String name;
    private final Map<String, Object> settings;
    private final KeyedStep step;
    private final Instant started = Instant.now();

    KeyedTransformer(String name, Map<String, ?> settings) {
        Class<? extends KeyedStep> type = Plugins.require("keyed step", BuiltInSteps.all(), name);
        this.name = name;
        this.settings = new LinkedHashMap<>(settings);
        try {
            this.step = (KeyedStep) SettingsMaps.bind(type.asSubclass(Record.class), name, settings);
        } catch (IllegalArgumentException refused) {
            throw MillraceException.user(name + ": " + refused.getMessage());
        }
    }

    @Override
    public Map<String, Object> transform(Map<String, Object> record) {
        TransformResult result = transformBatch(List.of(record));
        if (!result.rejected().isEmpty()) {
            throw new MillraceException(ErrorKind.DATA, result.rejected().get(0).summary());
        }
        return result.records().isEmpty() ? null : result.records().get(0);
    }

    @Override
    public TransformResult transformBatch(List<? extends Map<String, ?>> records) {
        if (records.isEmpty()) {
            return new TransformResult(List.of(), List.of());
        }
        Schema columns = new InferredColumns().with(records);
        List<RejectedRecord> rejected = new ArrayList<>();
        Batch batch = RecordBatches.of(columns, records, name, rejected::add);
        Batch result =
                new BatchwiseStep(step.bind(columns, started)).apply(batch, new RecordRejects(name, rejected::add));
        return new TransformResult(result.records(), rejected);
    }

    @Override
    public Schema outputSchema(Schema input) {
        return step.bind(input, started).output();
    }

    @Override
    public String name() {
        return name;
    }

    Map<String, Object> settings() {
        return settings;
    }
}
