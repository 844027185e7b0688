package io.millrace.core.metrics;

import java.util.Map;
import java.util.TreeMap;

/**
 * All that is kept for monitoring. Sums only grow: what a run has added by an attempt that failed is remembered, so that its
 * resume adds the rest.
 *
 * @param pipelines by name
 * @param counted what unfinished runs have added so far, by id
 */
record Meter(int version, Map<String, PipelineTotals> pipelines, Map<String, RunTotals> counted) {
    static final int VERSION = 1;
    /** Runs that nobody resumes are forgotten in the end; the oldest ids come first. */
    private static final int COUNTED_KEPT = 1_000;

    static final Meter EMPTY = new Meter(VERSION, Map.of(), Map.of());

    /** With the state of a run that has ended an attempt added to its pipeline. */
    Meter with(String pipeline, PipelineTotals changed, String run, RunTotals reached, boolean finished) {
        TreeMap<String, RunTotals> remembered = new TreeMap<>(counted);
        RunTotals before = counted.getOrDefault(run, RunTotals.NONE);
        if (finished) {
            remembered.remove(run);
        } else {
            remembered.put(run, reached);
        }
        while (remembered.size() > COUNTED_KEPT) {
            remembered.pollFirstEntry();
        }
        return new Meter(VERSION, with(pipeline, changed.plus(reached.plus(before, -1))), remembered);
    }

    /** With another state of a pipeline. */
    Map<String, PipelineTotals> with(String pipeline, PipelineTotals changed) {
        Map<String, PipelineTotals> all = new TreeMap<>(pipelines);
        all.put(pipeline, changed);
        return all;
    }

    PipelineTotals of(String pipeline) {
        return pipelines.getOrDefault(pipeline, PipelineTotals.NONE);
    }
}
