package io.millrace.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The child process: a broker that is its own controller. Arguments: the file for the process id, the configuration, the cluster's id. */
final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] arguments) throws Exception {
        // First of all, so that a watchdog finds us however early our parent ends.
        Files.writeString(Path.of(arguments[0]), ProcessHandle.current().pid() + "\n");
        String configuration = arguments[1];
        String[] format = {"format", "--ignore-formatted", "--cluster-id", arguments[2], "--config", configuration};
        int formatted = StorageTool.execute(format, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Kafka.main(new String[] {configuration});
    }
}
