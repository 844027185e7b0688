package io.millrace.core.metrics;

import java.util.Locale;

/** The metrics, by name. Their labels are names of pipelines, connectors, steps and states: never of runs, which are without end. */
public enum Metric {
    RECORDS_READ("millrace_records_read_total", Type.COUNTER, "Source rows read, by pipeline and connector."),
    RECORDS_WRITTEN(
            "millrace_records_written_total",
            Type.COUNTER,
            "Rows that targets hold, by pipeline and connector; of a run, once it has succeeded."),
    RECORDS_REJECTED("millrace_records_rejected_total", Type.COUNTER, "Rows rejected with a reason, by pipeline."),
    RECORDS_FILTERED(
            "millrace_records_filtered_total", Type.COUNTER, "Rows left out on purpose by filters, by pipeline."),
    RECORDS_DEDUPLICATED(
            "millrace_records_deduplicated_total",
            Type.COUNTER,
            "Rows left out because another one of their key was kept, by pipeline."),
    STEP_RECORDS_IN("millrace_step_records_in_total", Type.COUNTER, "Rows that came to a step, by pipeline and step."),
    STEP_RECORDS_OUT(
            "millrace_step_records_out_total", Type.COUNTER, "Rows that a step passed on, by pipeline and step."),
    STEP_SECONDS(
            "millrace_step_seconds_total",
            Type.COUNTER,
            "Time spent in a step by all workers together, by pipeline and step."),
    RUNS(
            "millrace_runs_total",
            Type.COUNTER,
            "Attempts at runs that ended, by pipeline and status: success, already_done, failed, stopped."),
    RUN_DURATION("millrace_run_duration_seconds", Type.GAUGE, "How long the latest attempt took, by pipeline."),
    RUN_LAST_SUCCESS(
            "millrace_run_last_success_timestamp_seconds",
            Type.GAUGE,
            "When a run last succeeded, in seconds since 1970, by pipeline."),
    RUNS_UNFINISHED(
            "millrace_runs_unfinished",
            Type.GAUGE,
            "Runs that have not come to their end, by pipeline and state: running, committing, failed, stopped."),
    WATERMARK_LAG(
            "millrace_watermark_lag_seconds",
            Type.GAUGE,
            "How far the event time of a stream is behind the clock, by pipeline."),
    STREAM_BEHIND(
            "millrace_stream_behind_records",
            Type.GAUGE,
            "Messages of the topic that a stream has not read yet, by pipeline."),
    STREAM_UP("millrace_stream_up", Type.GAUGE, "1 while a stream runs, 0 when it has ended, by pipeline."),
    STREAM_RESTARTS(
            "millrace_stream_restarts",
            Type.GAUGE,
            "How often a stream's process has begun again at a checkpoint after a failure, by pipeline.");

    /** What a number means over time. */
    public enum Type {
        /** Only grows, until it begins anew. */
        COUNTER,
        /** May go up and down. */
        GAUGE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String text;
    private final Type type;
    private final String help;

    Metric(String text, Type type, String help) {
        this.text = text;
        this.type = type;
        this.help = help;
    }

    /** As Prometheus knows it. */
    public String text() {
        return text;
    }

    public Type type() {
        return type;
    }

    /** What it says, in a sentence. */
    public String help() {
        return help;
    }
}
