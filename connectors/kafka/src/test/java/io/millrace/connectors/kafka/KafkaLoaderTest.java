package io.millrace.connectors.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.Fence;
import io.millrace.api.LoadRequest;
import io.millrace.api.Secret;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.loader.DirectLoaderContract;
import io.millrace.testkit.loader.LossyTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

class KafkaLoaderTest extends DirectLoaderContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedKafka kafka = TestBroker.KAFKA;
    private final String topic = kafka.newTopicName();
    private final String ledger = kafka.newTopicName();

    private TargetUnderTest target() {
        TargetUnderTest target = TargetUnderTest.of(topic);
        target.ledger = ledger;
        target.key = Optional.of("id");
        return target;
    }

    private TargetUnderTest secured(String password) {
        TargetUnderTest target = target();
        target.brokers = kafka.securedBrokers();
        target.user = Optional.of(kafka.user());
        target.password = Optional.of(Secret.of(password));
        target.properties = Map.of(
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                kafka.certificate().toString());
        return target;
    }

    @Override
    protected DirectLoader loader() {
        return secured(kafka.password()).loader();
    }

    @Override
    protected List<Map<String, Object>> visible() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : ForeignReader.committed(kafka.brokers(), topic)) {
            try {
                JsonNode value = JSON.readTree(message.value());
                JsonNode price = value.get("price");
                rows.add(row(
                        value.get("id").longValue(),
                        value.get("name").textValue(),
                        price.isNull() ? null : (Double) price.doubleValue()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return rows;
    }

    @Override
    protected List<String> objects() {
        try (Admin admin = kafka.admin()) {
            return admin.listTopics().names().get().stream().sorted().toList();
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    protected boolean keyed() {
        return false;
    }

    @Override
    protected Optional<String> secret() {
        return Optional.of(kafka.password());
    }

    @Override
    protected Optional<Schema> unwritable() {
        return Optional.of(Schema.of(Field.of("name", DataType.STRING)));
    }

    @Override
    protected Optional<LossyTarget> lossy() {
        TargetUnderTest target = target();
        target.brokers = TestBroker.proxied();
        target.timeout = Duration.ofSeconds(2);
        target.properties = Map.of("request.timeout.ms", "1000");
        return Optional.of(new LosingEveryAnswer(target.loader()));
    }

    @Override
    protected DirectLoader unreachable() {
        TargetUnderTest target = secured(kafka.password());
        target.brokers = "127.0.0.1:1";
        target.connectTimeout = Duration.ofSeconds(2);
        return target.loader();
    }

    @Override
    protected Optional<DirectLoader> denied() {
        return Optional.of(secured("not the password").loader());
    }

    /**
     * The client asks again by itself when an answer is lost, so nothing is answered from the commit on until it has given up
     * and somebody asks what became of it.
     */
    private record LosingEveryAnswer(DirectLoader direct) implements LossyTarget {
        private static final int END_TXN = 26;

        @Override
        public DirectLoader loader() {
            return new HealingAtFind(direct);
        }

        @Override
        public void loseNextCommitAnswer() {
            TestBroker.PROXY.loseAnswerTo(request -> {
                boolean commit = request.length > 5 && request[4] == 0 && request[5] == END_TXN;
                if (commit) {
                    TestBroker.PROXY.swallowAnswers();
                }
                return commit;
            });
        }

        @Override
        public void close() {
            TestBroker.PROXY.heal();
        }
    }

    private record HealingAtFind(DirectLoader direct) implements DirectLoader {
        @Override
        public Optional<String> find(WriteTask task) {
            TestBroker.PROXY.heal();
            return direct.find(task);
        }

        @Override
        public DirectWriter open(WriteTask task, Schema schema) {
            return direct.open(task, schema);
        }

        @Override
        public String describe() {
            return direct.describe();
        }

        @Override
        public WriteMode mode() {
            return direct.mode();
        }

        @Override
        public void validate(Schema schema) {
            direct.validate(schema);
        }

        @Override
        public Fence prepare(LoadRequest request) {
            return direct.prepare(request);
        }

        @Override
        public void close() {
            direct.close();
        }
    }
}
