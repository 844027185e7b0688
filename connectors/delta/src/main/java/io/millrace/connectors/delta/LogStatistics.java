package io.millrace.connectors.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.internal.actions.AddFile;
import java.util.Optional;

/** What the log says about a data file, whoever wrote it. */
final class LogStatistics {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private LogStatistics() {}

    /** An empty object where it says nothing. */
    static JsonNode of(AddFile file) {
        return parse(file.getStatsJson().orElse("{}"));
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException unknown) {
            return JSON.createObjectNode();
        }
    }

    /** How many rows a file holds, deleted ones left out; empty where the log does not say. */
    static Optional<Long> rows(AddFile file) {
        JsonNode rows = of(file).path("numRecords");
        long deleted =
                file.getDeletionVector().map(vector -> vector.getCardinality()).orElse(0L);
        return rows.isIntegralNumber() ? Optional.of(rows.asLong() - deleted) : Optional.empty();
    }
}
