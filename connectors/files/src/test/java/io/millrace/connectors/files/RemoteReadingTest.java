package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.extractor.RecordedRejects;
import io.millrace.testkit.network.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of S3, and when, seen on the way there. */
class RemoteReadingTest {
    private static final Pattern READ = Pattern.compile(
            "GET \\S*/([ab]\\.\\w+) .*range: bytes=(\\d+)-(\\d+).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final FaultProxy proxy =
            FaultProxy.before("127.0.0.1", EmbeddedS3.shared().port());
    /** How many bytes were asked for, by file. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        proxy.close();
    }

    private SourceUnderTest source(String path) {
        SourceUnderTest source = SourceUnderTest.remote(path);
        source.endpoint = Optional.of("http://127.0.0.1:" + proxy.port());
        return source;
    }

    private void watch() {
        proxy.loseAnswerTo(bytes -> {
            Matcher read = READ.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            if (read.matches()) {
                long size = Long.parseLong(read.group(3)) - Long.parseLong(read.group(2)) + 1;
                asked.merge(read.group(1), size, Long::sum);
            }
            return false;
        });
    }

    /** Rows that no codec makes small. */
    private static List<Map<String, Object>> rows(int count) {
        Random random = new Random(5);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 100; j++) {
                text.append(Long.toString(random.nextLong(), 36));
            }
            rows.add(Map.of("id", (long) i, "text", text.toString(), "created_at", Instant.EPOCH));
        }
        return rows;
    }

    /** Reads one batch of the only split, and says what must have been asked for by then or soon; then reads on. */
    private List<Object> readOnBehind(SourceUnderTest source, Runnable soon) {
        try (Extractor extractor = source.extractor()) {
            Split split =
                    extractor.plan(ExtractRequest.everything(100)).splits().next();
            watch();
            List<Object> ids = new ArrayList<>();
            try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    if (ids.isEmpty()) {
                        soon.run();
                    }
                    batch.records().forEach(row -> ids.add(row.get("id")));
                }
            }
            return ids;
        }
    }

    @Test
    void theNextRowGroupAndTheNextFileComeWhileThisOneIsDecoded() {
        SourceUnderTest source = source("*.parquet");
        byte[] threeGroups = FilesSubject.parquet(rows(900));
        source.put("a.parquet", threeGroups);
        source.put("b.parquet", FilesSubject.parquet(rows(300)));
        List<Object> ids = readOnBehind(source, () -> {
            // The footer is less than the last 64 KB; two of three row groups are more than half of the file.
            await().until(() -> asked.getOrDefault("a.parquet", 0L) > threeGroups.length / 2 + 65_536);
            await().until(() -> asked.getOrDefault("b.parquet", 0L) > 65_536);
        });
        assertThat(ids).hasSize(1200);
        // Nothing but the last bytes is asked for twice.
        assertThat(asked.get("a.parquet")).isLessThan(threeGroups.length + 2 * 65_536);
    }

    @Test
    void theNextFileOfTextComesWhileThisOneIsRead() {
        SourceUnderTest source = source("*.jsonl");
        String lines = String.join(
                "",
                IntStream.range(0, 300).mapToObj(i -> "{\"id\":" + i + "}\n").toList());
        source.put("a.jsonl", lines).put("b.jsonl", lines);
        List<Object> ids = readOnBehind(source, () -> await().until(() -> asked.containsKey("b.jsonl")));
        assertThat(ids).hasSize(600);
        assertThat(asked.get("a.jsonl")).isEqualTo(lines.length());
    }

    /** The embedded server has no limit of requests, so the network says it in its place. */
    @Test
    void aServerThatAsksToSlowDownIsWaitedFor() {
        SourceUnderTest source = source("*.jsonl");
        source.put("a.jsonl", "{\"id\":1}\n").put("b.jsonl", "{\"id\":2}\n");
        String body = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
        byte[] answer =
                ("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII);
        proxy.answerInstead(2, answer);
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = new ArrayList<>();
            extractor.plan(ExtractRequest.everything(100)).splits().forEachRemaining(splits::add);
            assertThat(proxy.answersLeft()).isZero();
            proxy.answerInstead(2, answer);
            assertThat(SourceUnderTest.read(extractor, splits).values("id")).containsExactly(1L, 2L);
            assertThat(proxy.answersLeft()).isZero();
        }
    }
}
