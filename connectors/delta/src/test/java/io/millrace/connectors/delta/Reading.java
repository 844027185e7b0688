package io.millrace.connectors.delta;

import io.millrace.api.BatchReader;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.testkit.loader.NoRejects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads plans to their ends. */
final class Reading {
    private Reading() {}

    static List<Split> splits(Plan plan) {
        List<Split> splits = new ArrayList<>();
        plan.splits().forEachRemaining(splits::add);
        return splits;
    }

    static List<Map<String, Object>> rows(Extractor extractor, List<Split> splits) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Split split : splits) {
            try (BatchReader reader = extractor.open(split, Optional.empty(), new NoRejects())) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows.addAll(batch.records());
                }
            }
        }
        return rows;
    }
}
