package io.millrace.engines.spark.batch;

import io.millrace.core.lookup.Lookups;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.step.StepLookups;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The look-ups of runs in a process, shared by their tasks: the tables lie in memory once. */
final class SharedLookups {
    private static final int KEPT = 2;
    private static final Map<String, Lookups> BY_RUN = new LinkedHashMap<>();

    private SharedLookups() {}

    /** @param folder where the tables of the run lie on this machine */
    static synchronized Lookups of(String runId, List<StepDefinition> steps, Path folder) {
        Lookups known = BY_RUN.get(runId);
        if (known == null) {
            known = StepLookups.of(steps);
            known.requireAll(folder);
            if (BY_RUN.size() >= KEPT) {
                BY_RUN.remove(BY_RUN.keySet().iterator().next());
            }
            BY_RUN.put(runId, known);
        }
        return known;
    }
}
