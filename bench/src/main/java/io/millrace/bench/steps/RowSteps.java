package io.millrace.bench.steps;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.pipeline.Catalog;
import java.util.List;

/** Steps that look at one row at a time. */
final class RowSteps {
    private static final int REPEATED = 200;
    private static final Rejects REJECTS = new NoRejects();

    private RowSteps() {}

    /** A step with the settings that it has in a pipeline file. */
    static Work step(String name, Object settings, Schema schema, List<Batch> batches, int cellsPerRow) {
        BoundTransform bound = bind(Catalog.load().transforms().get(name), settings, schema);
        return () -> {
            long cells = 0;
            for (int i = 0; i < REPEATED; i++) {
                for (Batch batch : batches) {
                    Batch result = bound.apply(batch, REJECTS);
                    // A filter's output is lazy: whoever reads a column pays for it.
                    result.column(0);
                    cells += (long) batch.rowCount() * cellsPerRow;
                }
            }
            return cells;
        };
    }

    private static <S extends Record> BoundTransform bind(
            TransformFactory<S> factory, Object settings, Schema schema) {
        S bound = SettingsMaps.bind(factory.settings(), factory.name(), settings);
        return factory.create(bound).bind(schema, new NowContext());
    }
}
