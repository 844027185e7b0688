package io.millrace.app.command;

import io.millrace.core.airflow.Workers;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How pipelines of engine spark get to a cluster. */
final class SparkSubmitOptions {
    @Option(
            names = "--spark-submit",
            paramLabel = "JAR",
            description = "Submit pipelines of engine spark by Airflow's SparkSubmitOperator, with this jar.")
    private String jar;

    @Option(
            names = "--spark-class",
            paramLabel = "CLASS",
            defaultValue = Workers.SparkSubmit.MAIN_CLASS,
            description = "The jar's main class (default: ${DEFAULT-VALUE}).")
    private String mainClass;

    @Option(
            names = "--spark-connection",
            paramLabel = "ID",
            defaultValue = "spark_default",
            description = "Airflow's connection to the cluster (default: ${DEFAULT-VALUE}).")
    private String connection;

    Optional<Workers.SparkSubmit> submit() {
        return Optional.ofNullable(jar).map(known -> new Workers.SparkSubmit(known, mainClass, connection));
    }
}
