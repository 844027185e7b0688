package io.millrace.engines.spark.batch;

import io.millrace.api.Lineage;
import io.millrace.api.data.Schema;
import io.millrace.core.run.CarriedJob;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of a run need to know. It travels in their closures and nowhere else: the pipeline holds secrets.
 *
 * @param source what the source yields
 * @param pin of the source's plan
 * @param plannedNow whether the driver holds the plan that the splits are of
 * @param epoch the fence that the driver holds
 * @param buckets how many the exchange before a stage has; nothing is before the first
 * @param markerBuckets of the stage's splits, those that are going to be read
 * @param files where tasks find and leave files
 * @param rows counts source rows as they are read, for display
 */
record TaskRun(
        CarriedJob job,
        CatalogSource catalogs,
        String runId,
        long seed,
        Instant started,
        Instant asOf,
        Lineage lineage,
        Schema source,
        String pin,
        boolean plannedNow,
        long epoch,
        List<Integer> buckets,
        List<List<Integer>> markerBuckets,
        TaskFiles files,
        LongAccumulator rows)
        implements Serializable {
    int last() {
        return buckets.size() - 1;
    }
}
