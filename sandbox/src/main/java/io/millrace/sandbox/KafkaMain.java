package io.millrace.sandbox;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The child process: a broker that is its own controller. Arguments: the configuration, the cluster's id. */
final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] arguments) throws Exception {
        String configuration = arguments[0];
        String[] format = {"format", "--ignore-formatted", "--cluster-id", arguments[1], "--config", configuration};
        int formatted = StorageTool.execute(format, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Kafka.main(new String[] {configuration});
    }
}
