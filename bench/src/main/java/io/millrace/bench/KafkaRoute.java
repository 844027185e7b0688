package io.millrace.bench;

import io.millrace.sandbox.EmbeddedKafka;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** From JSON messages of Kafka to Parquet, against Kafka's own tool that reads the topic and looks at nothing. */
final class KafkaRoute implements Route {
    private static final String TOPIC = "events";
    private static final int PARTITIONS = 4;
    private static final String TOOL = "org.apache.kafka.tools.ConsumerPerformance";
    private static final String COUNT = "data.consumed.in.nMsg";
    private static final String FETCHING = "fetch.time.ms";

    private final EmbeddedKafka broker = EmbeddedKafka.builder().start();
    private final Entrant limit;
    private final Entrant warmLimit;
    private final Entrant whole;
    private final Entrant warm;

    KafkaRoute(Programs programs, Dataset rows) {
        rows.run("load: {kafka: {brokers: \"" + broker.brokers() + "\", topic: " + TOPIC + ", partitions: " + PARTITIONS
                + "}}\n");
        String[] arguments = {
            "--bootstrap-server", broker.brokers(), "--topic", TOPIC, "--messages", Long.toString(rows.rows())
        };
        this.limit = new Entrant(
                "kafka-consumer-perf-test, whole process",
                folder -> programs.kafkaTool(TOOL, arguments),
                Entrant.Timing.WHOLE_PROCESS,
                (folder, output) -> (long) figure(output, COUNT));
        this.warmLimit = new Entrant(
                "kafka-consumer-perf-test, its own time of fetching",
                folder -> programs.kafkaTool(TOOL, arguments),
                (ended, output) ->
                        new Measurement(figure(output, FETCHING) / 1e3, ended.cpuSeconds(), ended.peakMegabytes(), 0),
                (folder, output) -> (long) figure(output, COUNT));
        PipelineText pipeline = new PipelineText(String.format(
                """
                pipeline: bench-kafka
                extract: {kafka: {brokers: "%s", topic: %s, from: earliest, schema: %s}}
                load: {parquet: {path: lake}}
                """,
                broker.brokers(), TOPIC, Dataset.SCHEMA));
        this.whole = pipeline.whole(programs, LakeRoute::rows);
        this.warm = pipeline.warm(programs, LakeRoute::rows);
    }

    /** A figure of the tool's table: one line of names, one of numbers. */
    private static double figure(String output, String name) {
        List<String> lines = output.lines().filter(line -> line.contains(", ")).toList();
        String[] names = lines.get(0).split(", *");
        String[] numbers = lines.get(lines.size() - 1).split(", *");
        int column = Arrays.asList(names).indexOf(name);
        if (column < 0 || numbers.length != names.length) {
            throw new BenchFailure("kafka-consumer-perf-test printed something else:\n" + output);
        }
        return Double.parseDouble(numbers[column]);
    }

    @Override
    public String name() {
        return "Kafka JSON → Parquet";
    }

    @Override
    public String limitedBy() {
        return "kafka-consumer-perf-test on the same topic";
    }

    @Override
    public double goal() {
        return 0.5;
    }

    @Override
    public Map<String, String> variables() {
        return Map.of();
    }

    @Override
    public void reset() {
        // Nothing is written to the broker.
    }

    @Override
    public Entrant limit() {
        return limit;
    }

    @Override
    public Entrant warmLimit() {
        return warmLimit;
    }

    @Override
    public Entrant whole() {
        return whole;
    }

    @Override
    public Entrant warm() {
        return warm;
    }

    @Override
    public void close() {
        broker.close();
    }
}
