package io.millrace.core.embedded;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.DefinitionFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.StepSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A step of pipeline files on records. Its columns are those given to {@link #bind}, or told from the records seen so far. A
 * {@link Pipeline} takes the settings only, and the columns of its source. One thread.
 */
public final class StepTransformer implements Transformer {
    private final Catalog catalog;
    private final TransformFactory<?> factory;
    private final Object settings;
    private final Transform transform;
    private BindContext context;
    private InferredColumns inferred = new InferredColumns();
    private boolean given;
    private Schema input;
    private BoundTransform bound;

    private StepTransformer(Catalog catalog, TransformFactory<?> factory, Object settings, Transform transform) {
        this.catalog = catalog;
        this.factory = factory;
        this.settings = settings;
        this.transform = transform;
    }

    static StepTransformer of(Catalog catalog, String step, Object settings) {
        TransformFactory<?> factory = Plugins.require("transform", catalog.transforms(), step);
        return new StepTransformer(catalog, factory, settings, Plugins.connected(create(catalog, factory, settings)));
    }

    private static <S extends Record> Transform create(Catalog catalog, TransformFactory<S> typed, Object settings) {
        try {
            return typed.create(StepSettings.bind(catalog, typed, settings), DefinitionFiles.in(Path.of("")));
        } catch (IllegalArgumentException refused) {
            throw MillraceException.user(typed.name() + ": " + refused.getMessage());
        }
    }

    /**
     * Fixes the columns of the records to come, so that they need not be told from the values: an absent key is null, and a
     * record with another column is rejected. A user error where the settings do not fit them.
     */
    public StepTransformer bind(Schema columns) {
        given = true;
        rebind(columns);
        return this;
    }

    private void rebind(Schema columns) {
        if (!columns.equals(input)) {
            BoundTransform next = transform.bind(columns, context());
            release();
            bound = next;
            input = columns;
        }
    }

    /** What the step looks up in is read when it is first needed. */
    private BindContext context() {
        if (context == null) {
            context = Plugins.bindContext(transform);
        }
        return context;
    }

    private void release() {
        if (bound != null) {
            bound.close();
        }
        bound = null;
        input = null;
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
        if (!given) {
            rebind(inferred.with(records));
        }
        List<RejectedRecord> rejected = new ArrayList<>();
        Batch batch = RecordBatches.of(input, records, name(), rejected::add);
        return new TransformResult(
                batch.rowCount() == 0
                        ? List.of()
                        : bound.apply(batch, new RecordRejects(name(), rejected::add))
                                .records(),
                rejected);
    }

    @Override
    public Schema outputSchema(Schema columns) {
        try (BoundTransform once = transform.bind(columns, context())) {
            return once.output();
        }
    }

    /** Forgets the columns, those of {@link #bind} included, and what the step has looked up in. */
    @Override
    public void reset() {
        release();
        context = null;
        inferred = new InferredColumns();
        given = false;
    }

    @Override
    public String name() {
        return factory.name();
    }

    /** What the step's settings may name. */
    Catalog catalog() {
        return catalog;
    }

    TransformFactory<?> factory() {
        return factory;
    }

    Object settings() {
        return settings;
    }
}
