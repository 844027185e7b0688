package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Which Spark a pipeline runs on. */
public record SparkRunSettings(
        @Setting(
                        value = "Spark's master: `local[2]` in this process, `spark://host:7077`, `yarn` or `k8s://…`;"
                                + " absent: what spark-submit says, or `local[*]`.",
                        example = "spark://spark.example.com:7077")
                Optional<String> master,
        @Setting(
                        value = "Settings of Spark, by Spark's names.",
                        example = "{spark.executor.memory: 4g}",
                        defaultValue = "{}")
                Map<String, String> conf,
        @Setting(value = "How long to wait for the cluster's first executor.", defaultValue = "2m") Duration timeout) {
    private static final String PREFIX = "spark.";

    public SparkRunSettings {
        conf = Map.copyOf(conf);
        for (String name : conf.keySet()) {
            if (!name.startsWith(PREFIX)) {
                throw new InvalidSetting("conf", "names '" + name + "', and Spark's settings begin with spark.");
            }
            if (name.equals("spark.master")) {
                throw new InvalidSetting("conf", "names spark.master; write it as run.spark.master");
            }
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidSetting("timeout", "must be more than zero");
        }
    }
}
