package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import io.millrace.features.FeaturesFile;
import io.millrace.features.stream.FeatureStreams;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.sandbox.EmbeddedRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from sending an event until its user's features in Redis have it, under load. With
 * {@code -Dmillrace.stream.latency=SECONDS}, and {@code -Dmillrace.stream.rate=20000} events a second; broker, Redis, stream and
 * sender share the machine.
 */
@EnabledIfSystemProperty(named = "millrace.stream.latency", matches = "\\d+")
class FeatureLatencyTest {
    private static final int SECONDS = Integer.getInteger("millrace.stream.latency", 30);
    private static final int RATE = Integer.getInteger("millrace.stream.rate", 20_000);
    private static final int WARM_SECONDS = 15;
    private static final int USERS = 50_000;
    private static final int PROBES = 500;
    private static final long PROBE_NANOS = 20_000_000;
    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    private record Probe(int user, long count, long sent, boolean measured) {}

    private final EmbeddedKafka kafka = EmbeddedKafka.shared();
    private final String topic = kafka.createTopic(PARTITIONS);
    private final EmbeddedRedis redis = EmbeddedRedis.builder().start();
    private final ConcurrentLinkedQueue<Probe> outstanding = new ConcurrentLinkedQueue<>();
    private final List<Long> latencies = new ArrayList<>();

    private Path file() throws IOException {
        return Files.writeString(
                folder.resolve("latency.yaml"),
                """
                features: latency
                entity: user
                events:
                  stream: {kafka: {brokers: "BROKERS", topic: TOPIC, schema: {id: int64, user: int64, item: int64, kind: string, ts: timestamp}}}
                  time: ts
                  tie_break: [id]
                hop: 1h
                measures:
                  events: {measure: count(*), window: 24h}
                  views_1h: {measure: "count(*) FILTER (WHERE kind = 'view')", window: 1h}
                  clicks_1h: {measure: "count(*) FILTER (WHERE kind = 'click')", window: 1h}
                  items_24h: {measure: count(DISTINCT item), window: 24h}
                  recent: {measure: "last(item, 20)", window: 24h}
                derive:
                  ctr: (clicks_1h + 1) / (views_1h + 20)
                load: {stream: {redis: {url: "URL", password: "PASSWORD", key: "user:{user}"}}}
                run: {parallelism: PARALLELISM}
                """
                        .replace("BROKERS", kafka.brokers())
                        .replace("TOPIC", topic)
                        .replace("URL", redis.url())
                        .replace("PASSWORD", redis.password())
                        .replace("PARALLELISM", System.getProperty("millrace.stream.parallelism", "2")));
    }

    @Test
    void aFeatureIsVisibleWithinASecond() throws Exception {
        Path file = file();
        var definition = FeaturesFile.load(
                        file, List.of(), Optional.empty(), new Environment(Map.of(), folder), Catalog.load())
                .definition();
        try (Streaming stream = Streaming.start(
                FeatureStreams.of(definition, List.of(), folder.resolve(".millrace")), StreamStart.LATEST)) {
            stream.await(status -> true);
            CompletableFuture<Long> sending = CompletableFuture.supplyAsync(this::send);
            while (!sending.isDone() || !outstanding.isEmpty()) {
                look();
            }
            StreamStatus status = stream.stop();
            assertThat(status.counts().loaded()).isEqualTo(sending.get());
        }
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        System.err.printf(
                "%,d events/s for %d s, %d probes: p50 %d ms, p90 %d ms, p99 %d ms, most %d ms%n",
                RATE,
                SECONDS,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length * 9 / 10],
                sorted[sorted.length * 99 / 100],
                LongStream.of(sorted).max().orElse(0));
        assertThat(sorted[sorted.length * 99 / 100]).isLessThanOrEqualTo(1_000);
    }

    private long send() {
        Random random = new Random(1);
        long[] counts = new long[PROBES];
        long sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers(), ProducerConfig.LINGER_MS_CONFIG, 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long begun = System.nanoTime();
            long nextProbe = begun;
            long probes = 0;
            for (long now = begun; now - begun < (WARM_SECONDS + SECONDS) * 1_000_000_000L; now = System.nanoTime()) {
                for (long due = (long) ((now - begun) / 1e9 * RATE); sent - probes < due; sent++) {
                    send(producer, sent, random.nextInt(USERS), random);
                }
                if (now >= nextProbe) {
                    int user = (int) (probes % PROBES);
                    boolean measured = now - begun > WARM_SECONDS * 1_000_000_000L;
                    send(producer, sent++, USERS + user, random);
                    outstanding.add(new Probe(USERS + user, ++counts[user], System.nanoTime(), measured));
                    probes++;
                    nextProbe += PROBE_NANOS;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
        return sent;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, long id, int user, Random random) {
        String json = "{\"id\":" + id + ",\"user\":" + user + ",\"item\":" + random.nextInt(10_000) + ",\"kind\":\""
                + (random.nextInt(4) == 0 ? "click" : "view") + "\",\"ts\":\"" + Instant.now() + "\"}";
        producer.send(new ProducerRecord<>(
                topic, (int) (id % PARTITIONS), null, json.getBytes(StandardCharsets.UTF_8)));
    }

    private void look() {
        boolean any = false;
        for (Iterator<Probe> probes = outstanding.iterator(); probes.hasNext(); ) {
            Probe probe = probes.next();
            Object events = redis.ask("HGET", "user:" + probe.user, "events");
            if (events != null && Long.parseLong(events.toString()) >= probe.count) {
                probes.remove();
                any = true;
                if (probe.measured) {
                    latencies.add((System.nanoTime() - probe.sent) / 1_000_000);
                }
            }
        }
        if (!any) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
