package io.millrace.app.init;

import io.millrace.api.BatchReader;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.RetryPolicy;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.LoadedPipeline;
import io.millrace.core.pipeline.PipelineFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source has said of itself, and its first rows.
 *
 * @param description without secrets
 * @param rows the first ones, at most {@link #ROWS}
 * @param rejected how many of them no batch can hold
 * @param timeColumn that the connector has found by itself
 * @param key by which the source itself tells rows apart; empty where it does not say
 */
record SampledSource(
        String description, Schema schema, Batch rows, long rejected, Optional<String> timeColumn, List<String> key) {
    static final int ROWS = 1_000;

    /** Connects and reads; what goes wrong is a MillraceException with the settings' keys in its message. */
    static SampledSource of(String connector, Map<String, Object> settings, Environment environment, Catalog catalog) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("pipeline", "init");
        document.put("extract", Map.of(connector, settings));
        document.put("load", Map.of("parquet", Map.of("path", "lake")));
        LoadedPipeline loaded = PipelineFile.ofMap(document, Optional.empty(), environment, catalog);
        ConnectorContext context = new ConnectorContext(loaded.definition().directory(), RetryPolicy.NONE);
        try (Extractor extractor = loaded.definition().extract().create(context)) {
            Schema schema = extractor.schema();
            Count rejects = new Count();
            Batch rows = first(extractor, schema, rejects);
            return new SampledSource(
                    extractor.describe(), schema, rows, rejects.rejected, extractor.timeColumn(), extractor.key());
        }
    }

    private static Batch first(Extractor extractor, Schema schema, Rejects rejects) {
        Plan plan = extractor.plan(ExtractRequest.everything(ROWS));
        while (plan.splits().hasNext()) {
            try (BatchReader reader = extractor.open(plan.splits().next(), Optional.empty(), rejects)) {
                Batch batch = reader.next();
                if (batch != null) {
                    return batch.slice(0, Math.min(ROWS, batch.rowCount()));
                }
            }
        }
        return Batch.ofRecords(schema, List.of());
    }

    /** Counts rows that are refused. */
    static final class Count implements Rejects {
        private long rejected;

        @Override
        public void reject(Batch batch, int row, String column, String reason) {
            rejected++;
        }

        @Override
        public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
            rejected++;
        }

        @Override
        public void filtered(int rows) {
            // Of no interest here.
        }

        @Override
        public void deduplicated(int rows) {
            // Of no interest here.
        }
    }
}
