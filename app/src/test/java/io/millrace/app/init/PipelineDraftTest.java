package io.millrace.app.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Preview;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import io.millrace.sandbox.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is guessed from files, topics and APIs; every draft is read back, checked and previewed. */
class PipelineDraftTest {
    private static final Catalog CATALOG = Catalog.load();

    @TempDir
    Path folder;

    private String draft(String source, Map<String, String> with) throws IOException {
        SourceAddress address = SourceAddress.parse(
                        source, Optional.empty(), new SourceAddress.Surroundings(Map.of(), folder, folder))
                .with(with);
        Environment environment = new Environment(Map.of(), folder);
        String text = PipelineDraft.of(address, environment, CATALOG).text(true);
        Path file = folder.resolve("draft.yaml");
        Files.writeString(file, text);
        Job job = Job.of(
                PipelineFile.load(file, List.of(), Optional.empty(), environment, CATALOG)
                        .definition(),
                List.of());
        Preview preview = Preview.of(job, Optional.empty(), 5);
        assertThat(preview.rows()).as(text).isNotEmpty().allSatisfy(row -> assertThat(row.ending())
                .isEmpty());
        return text;
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void textOfACsvFileIsConvertedWhereAllOfItConverts() throws IOException {
        write(
                "exports/orders.csv",
                """
                order_id,code,price,placed,day,paid,note,"odd ""name"", é"
                1,007,1.5,2024/03/01 10:00:00,01/31/2024,yes,,x
                2,010,2,2024/03/02 11:30:00,02/28/2024,no,late,x
                3,011,3.25,2024/03/03 00:00:00,03/01/2024,yes,,y
                """);
        String text = draft("exports/orders.csv", Map.of());
        assertThat(text)
                .contains("pipeline: orders\n")
                .contains("path: exports/orders.csv")
                .contains("placed: {timestamp: \"yyyy/MM/dd HH:mm:ss\"}")
                .contains("day: {date: \"MM/dd/yyyy\"}")
                .contains("deduplicate: {key: [order_id]}")
                .contains("\"odd \\\"name\\\", é\": string")
                .doesNotContainPattern("code: +int64")
                .doesNotContain("2024/03/01", "late");
    }

    @Test
    void aDateThatCouldBeReadBothWaysStaysText() throws IOException {
        write("days.csv", "id,day\n1,01/02/2024\n2,03/04/2024\n");
        assertThat(draft("days.csv", Map.of())).doesNotContain("date:");
    }

    @Test
    void aFolderTellsItsFormatAndNumbersTheirTimes() throws IOException {
        write("raw/a/events.jsonl", "{\"id\": \"a\", \"ts\": 1709251200000, \"amount\": 1709251200000}\n");
        write("raw/b/events.jsonl", "{\"id\": \"b\", \"ts\": 1709251201000, \"amount\": null}\n");
        write("raw/readme.txt", "not data");
        String text = draft("raw", Map.of());
        assertThat(text)
                .contains("path: \"raw/**/*.{jsonl,ndjson,json}\"")
                .contains("format: json_lines")
                .contains("ts: {type: timestamp, epoch: milliseconds}")
                .contains("amount: int64")
                .contains("time_column: ts");
    }

    @Test
    void settingsOfTheSourceCanBeAdded() throws IOException {
        write("semi.txt", "id;name\n1;a\n2;b\n");
        String text = draft("semi.txt", Map.of("format", "csv", "csv.delimiter", ";"));
        assertThat(text)
                .contains("csv: {delimiter: \";\"}")
                .contains("id: int64")
                .contains("name: string");
    }

    @Test
    void theRecordsOfAnAnswerAreLookedFor() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "{\"results\": [{\"event_id\": 7, \"created_at\": \"2024-03-01T00:00:00Z\"}], \"next\": null}"
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/events";
            assertThat(draft(url, Map.of()))
                    .contains("pipeline: events\n")
                    .contains("records: results")
                    .contains("event_id: int64")
                    .contains("key: [event_id]");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTopicIsRead() throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.shared();
        String topic = kafka.createTopic(1);
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.brokers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "{\"event_id\": \"x1\", \"user_id\": 3, \"at\": 1709251200}"));
            producer.send(new ProducerRecord<>(topic, "{\"event_id\": \"x2\", \"user_id\": 3, \"at\": 1709251201}"));
        }
        assertThat(draft("kafka://" + kafka.brokers() + "/" + topic, Map.of()))
                .contains("topic: " + topic)
                .contains("user_id: int64")
                .contains("at: {type: timestamp, epoch: seconds}")
                .contains("key: [event_id]");
    }

    @Test
    void whatIsNoSourceIsSaidWithTheForms() {
        refused("nowhere", "there is no file or folder nowhere");
        refused("postgresql://h/d", "--table NAME");
        refused("postgres://me:s3cret@h/d", "");
        refused("kafka://h:9092", "kafka://host:9092/topic");
        refused("htp://x/y", "did you mean 'http'?");
        refused(".", "no file ends in");
    }

    private void refused(String source, String message) {
        assertThatThrownBy(() -> draft(source, Map.of()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotShown() {
        assertThatThrownBy(() -> SourceAddress.parse(
                        "postgresql://me:s3cret@h/d",
                        Optional.of("t"),
                        new SourceAddress.Surroundings(Map.of(), folder, folder)))
                .hasMessageContaining("PGPASSWORD")
                .hasMessageNotContaining("s3cret");
    }
}
