package io.millrace.engines.flink;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads back what a stream has written. */
final class Lake {
    private Lake() {}

    static List<Map<String, Object>> parquet(Path folder) {
        return read(Map.of("files", Map.of("path", folder.toString(), "format", "parquet")));
    }

    static List<Map<String, Object>> delta(Path folder) {
        return read(Map.of("delta", Map.of("path", folder.toString())));
    }

    private static List<Map<String, Object>> read(Map<String, ?> source) {
        Map<String, Object> pipeline =
                Map.of("pipeline", "read", "extract", source, "load", Map.of("parquet", Map.of("path", "unused")));
        Job job = Job.of(
                PipelineFile.ofMap(
                                pipeline,
                                Optional.empty(),
                                new Environment(Map.of(), Path.of("").toAbsolutePath()),
                                Catalog.load())
                        .definition(),
                List.of());
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Extractor extractor = job.source().get()) {
            extractor
                    .plan(ExtractRequest.everything(8192))
                    .splits()
                    .forEachRemaining(split -> rows.addAll(rows(extractor, split)));
        }
        return rows;
    }

    private static List<Map<String, Object>> rows(Extractor extractor, Split split) {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (BatchReader reader = extractor.open(split, Optional.empty(), new NoRejects())) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(batch.records());
            }
        }
        return rows;
    }

    private static final class NoRejects implements Rejects {
        @Override
        public void reject(Batch batch, int row, String column, String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void reject(String splitId, long ordinal, String column, String reason, String rawValue) {
            throw new AssertionError(reason);
        }

        @Override
        public void filtered(int rows) {
            throw new AssertionError(rows + " filtered");
        }

        @Override
        public void deduplicated(int rows) {
            throw new AssertionError(rows + " deduplicated");
        }
    }
}
