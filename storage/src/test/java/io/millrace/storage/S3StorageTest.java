package io.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.network.FaultProxy;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class S3StorageTest extends StorageContract {
    private static final RetryPolicy RETRY = new RetryPolicy(8, Duration.ofMillis(20), Duration.ofSeconds(1));

    private final EmbeddedS3 server = EmbeddedS3.shared();

    @Override
    Storage open() {
        return at("s3://" + server.createBucket() + "/some/prefix", server.secretKey());
    }

    private Storage at(String location, String secretKey) {
        return at(location, server.endpoint(), secretKey, RETRY);
    }

    private Storage at(String location, String endpoint, String secretKey, RetryPolicy retry) {
        S3Credentials credentials = new S3Credentials(server.accessKey(), Secret.of(secretKey), Optional.empty());
        S3Settings settings =
                new S3Settings(Optional.of(endpoint), Optional.empty(), Optional.empty(), Optional.of(credentials));
        return Storage.at(location, Path.of("."), settings, retry);
    }

    private static void assertFails(Storage storage, ErrorKind kind, String words) {
        assertThatThrownBy(() -> storage.find("a"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(words)
                .extracting(failure -> ((MillraceException) failure).kind())
                .isEqualTo(kind);
        assertThatThrownBy(() -> storage.list("").hasNext())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(words)
                .extracting(failure -> ((MillraceException) failure).kind())
                .isEqualTo(kind);
    }

    @Test
    void waitsForWhatIsBeingWrittenUntilItIsGone() throws Exception {
        String bucket = server.createBucket();
        Path written = server.bucket(bucket).resolve("b-temporary");
        try (Storage storage = at("s3://" + bucket, server.secretKey())) {
            storage.put("a", bytes("x"));
            Files.writeString(written, "half");
            FutureTask<List<String>> listed = new FutureTask<>(() -> {
                List<String> keys = new ArrayList<>();
                storage.list("").forEachRemaining(object -> keys.add(object.key()));
                return keys;
            });
            Thread lister = new Thread(listed);
            lister.start();
            await().until(() -> lister.getState() == Thread.State.TIMED_WAITING || listed.isDone());
            Files.delete(written);
            assertThat(listed.get()).containsExactly("a");
        }
    }

    @Test
    void saysWhatHasNoETag() throws Exception {
        String bucket = server.createBucket();
        Files.writeString(server.bucket(bucket).resolve("a"), "half");
        Storage storage = at("s3://" + bucket, server.endpoint(), server.secretKey(), RetryPolicy.NONE);
        assertFails(storage, ErrorKind.UNAVAILABLE, "no ETag for s3://" + bucket + "/a");
    }

    @Test
    void listsMoreThanOnePage() {
        try (Storage storage = open()) {
            for (int i = 0; i < 1100; i++) {
                storage.put(String.format("k/%05d", i), bytes("x"));
            }
            assertThat(storage.list("k/")).toIterable().hasSize(1100);
        }
    }

    @Test
    void namesAWrongSecretAsRefusedWithoutShowingIt() {
        try (Storage storage = at("s3://" + server.createBucket(), "not-the-secret")) {
            assertThatThrownBy(() -> storage.list("").hasNext())
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("check the credentials")
                    .hasMessageNotContaining("not-the-secret")
                    .extracting(failure -> ((MillraceException) failure).kind())
                    .isEqualTo(ErrorKind.DENIED);
        }
    }

    @Test
    void namesABucketThatIsNotThere() {
        try (Storage storage = at("s3://no-such-bucket", server.secretKey())) {
            assertThatThrownBy(() -> storage.list("").hasNext())
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("NoSuchBucket")
                    .extracting(failure -> ((MillraceException) failure).kind())
                    .isEqualTo(ErrorKind.USER);
        }
    }

    @Test
    void goesOnReadingWhereAConnectionBroke() throws Exception {
        byte[] content = new byte[24 << 20];
        new Random(7).nextBytes(content);
        try (EmbeddedS3 own = EmbeddedS3.launch();
                Storage storage = at("s3://" + own.createBucket(), own.endpoint(), own.secretKey(), RETRY)) {
            StoredObject object = storage.put("a", content);
            try (InputStream in = storage.open(object, 0, content.length)) {
                assertThat(in.readNBytes(1 << 20)).isEqualTo(Arrays.copyOf(content, 1 << 20));
                own.kill();
                own.start();
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1 << 20, content.length));
            }
        }
    }

    private static byte[] slowDown() {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
        return bytes("HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /** The embedded server has no limit of requests, so the network says it in its place. */
    @Test
    void waitsLongerWhereTheServerAsksToSlowDown() throws Exception {
        try (FaultProxy proxy = FaultProxy.before("127.0.0.1", server.port());
                Storage storage = at(
                        "s3://" + server.createBucket(),
                        "http://127.0.0.1:" + proxy.port(),
                        server.secretKey(),
                        RETRY)) {
            Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
            calls.put("put", () -> storage.put("a", bytes("content")));
            calls.put("find", () -> assertThat(storage.find("a")).isPresent());
            calls.put("list", () -> assertThat(storage.list("")).toIterable().hasSize(1));
            calls.put("read", () -> assertThat(storage.read(storage.find("a").orElseThrow()))
                    .isEqualTo(bytes("content")));
            calls.put("put if absent", () -> assertThat(storage.putIfAbsent("b", bytes("x")))
                    .isTrue());
            calls.put("upload", () -> {
                try (Upload upload = storage.upload("c")) {
                    upload.write(bytes("uploaded"), 0, 8);
                    storage.complete(upload.finish());
                }
            });
            calls.put("delete", () -> storage.delete(List.of("a", "b", "c")));
            for (Map.Entry<String, ThrowingCallable> call : calls.entrySet()) {
                proxy.answerInstead(2, slowDown());
                long began = System.nanoTime();
                assertThatCode(call.getValue()).as(call.getKey()).doesNotThrowAnyException();
                assertThat(proxy.answersLeft()).as(call.getKey()).isZero();
                // Five times as long as after other failures, twice as long each time, half of it by chance.
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .as(call.getKey())
                        .isGreaterThanOrEqualTo(
                                RETRY.initial().multipliedBy(5 + 10).dividedBy(2));
            }
            proxy.answerInstead(100, slowDown());
            assertFails(storage, ErrorKind.UNAVAILABLE, "503");
        }
    }

    @Test
    void callsAServerThatIsNotThereUnavailable() {
        try (Storage storage = at("s3://bucket", "http://127.0.0.1:1", "x", RetryPolicy.NONE)) {
            assertFails(storage, ErrorKind.UNAVAILABLE, "s3://bucket/");
        }
    }

    @Test
    void refusesEndpointsThatCarrySecrets() {
        assertThatThrownBy(() -> at("s3://bucket", "http://user:hidden@host", "x", RETRY))
                .hasMessageContaining("must be a URL")
                .hasMessageNotContaining("hidden");
    }
}
