package io.millrace.core.airflow;

import java.util.Optional;

/**
 * What tasks find on the machines that they run on.
 *
 * @param command the command of Millrace: a path, or a name on the path
 * @param pipelines the folder that holds the pipeline files; empty: they lie, seen from the DAG file, where they lay when it
 *     was generated
 * @param spark how pipelines of engine spark are submitted; empty: the command starts Spark itself
 * @param onFailure a Python function, {@code package.module.function}, that is called with the context of a failed run
 */
public record Workers(
        String command, Optional<String> pipelines, Optional<SparkSubmit> spark, Optional<String> onFailure) {
    /** The command is on the path, the pipeline files lie where they lay. */
    public static final Workers DEFAULT = new Workers("millrace", Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * How Airflow's SparkSubmitOperator submits.
     *
     * @param application the jar, where the cluster finds it
     * @param mainClass that is started, with the arguments of {@code millrace run}
     * @param connection the Airflow connection of the cluster
     */
    public record SparkSubmit(String application, String mainClass, String connection) {
        /** That of the jar which Millrace's build makes for spark-submit. */
        public static final String MAIN_CLASS = "io.millrace.app.SparkMain";
    }
}
