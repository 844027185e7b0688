package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import java.util.Iterator;

/** Batches of one task, and what has been counted on the way to them. One thread. */
interface CountedBatches extends Iterator<Batch> {
    /** What has been counted; complete when there are no more batches. */
    Tally tally();
}
