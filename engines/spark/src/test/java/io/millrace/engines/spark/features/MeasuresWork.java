package io.millrace.engines.spark.features;

import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.measure.Measure;
import io.millrace.core.transform.aggregate.Aggregate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures by their texts, over rows ordered by {@code t1} and then {@code l1}. */
record MeasuresWork(Schema input, List<String> by, LinkedHashMap<String, String> texts) implements KeyedWork {
    private static final long serialVersionUID = 1;

    BoundKeyedStep step() {
        Map<String, Measure> measures = new LinkedHashMap<>();
        texts.forEach((name, text) -> measures.put(name, Measure.parse(text)));
        return new Aggregate(by, measures, Optional.empty(), Optional.of("t1"), List.of("l1")).bind(input);
    }

    @Override
    public Bound bind() {
        return Bound.of(step());
    }
}
