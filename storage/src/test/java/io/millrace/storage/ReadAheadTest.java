package io.millrace.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.sandbox.EmbeddedS3;
import io.millrace.testkit.network.FaultProxy;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private final EmbeddedS3 server = EmbeddedS3.shared();
    private final FaultProxy proxy = FaultProxy.before("127.0.0.1", server.port());
    private final Storage storage = storage();
    private final AtomicInteger requests = new AtomicInteger();

    private Storage storage() {
        S3Credentials credentials =
                new S3Credentials(server.accessKey(), Secret.of(server.secretKey()), Optional.empty());
        S3Settings settings = new S3Settings(
                Optional.of("http://127.0.0.1:" + proxy.port()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(credentials));
        RetryPolicy retry = new RetryPolicy(8, Duration.ofMillis(20), Duration.ofSeconds(1));
        return Storage.at("s3://" + server.createBucket(), Path.of("."), settings, retry);
    }

    @AfterEach
    void close() {
        storage.close();
        proxy.close();
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** From now on, counts requests that read. */
    private void count() {
        proxy.loseAnswerTo(bytes -> {
            if (new String(bytes, StandardCharsets.ISO_8859_1).startsWith("GET ")) {
                requests.incrementAndGet();
            }
            return false;
        });
    }

    @Test
    void whatIsExpectedHasBeenAskedForBeforeItIsRead() throws Exception {
        byte[] content = random(1 << 20, 1);
        StoredObject object = storage.put("a", content);
        count();
        try (ObjectReader reader = new ObjectReader(storage, object)) {
            reader.expect(List.of(new ObjectRange(100, 200_000), new ObjectRange(600_000, 100_000)));
            // Two ranges that lie apart are two requests, and nobody has read anything.
            await().until(() -> requests.get() == 2);
            byte[] read = new byte[200_000];
            reader.read(100, read, 0, read.length);
            assertThat(read).isEqualTo(Arrays.copyOfRange(content, 100, 200_100));
            reader.read(600_000, read, 0, 100_000);
            assertThat(Arrays.copyOf(read, 100_000)).isEqualTo(Arrays.copyOfRange(content, 600_000, 700_000));
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void theEndOfAnObjectIsAskedForOnce() throws Exception {
        StoredObject object = storage.put("a", random(300_000, 2));
        count();
        try (ObjectReader reader = new ObjectReader(storage, object)) {
            reader.read(300_000 - 65_536, new byte[65_536], 0, 65_536);
            reader.read(299_992, new byte[8], 0, 8);
            reader.read(300_000 - 65_536, new byte[65_536], 0, 65_536);
        }
        assertThat(requests).hasValue(1);
    }

    @Test
    void anyReadsWithAnyExpectationsAreTheObjectsBytes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        byte[] content = random(2 << 20, seed);
        StoredObject object = storage.put("a", content);
        for (int round = 0; round < 20; round++) {
            try (ObjectReader reader = new ObjectReader(storage, object)) {
                for (int group = 0; group < 3; group++) {
                    List<ObjectRange> expected = new ArrayList<>();
                    for (int i = random.nextInt(5); i > 0; i--) {
                        expected.add(range(random, content.length));
                    }
                    expected.sort(Comparator.comparingLong(ObjectRange::from));
                    reader.expect(expected);
                    // Some of it, and something else now and then.
                    List<ObjectRange> reads = new ArrayList<>(expected);
                    if (random.nextBoolean()) {
                        reads.add(random.nextInt(reads.size() + 1), range(random, content.length));
                    }
                    if (!reads.isEmpty() && random.nextBoolean()) {
                        reads.remove(random.nextInt(reads.size()));
                    }
                    for (ObjectRange wanted : reads) {
                        byte[] read = new byte[(int) wanted.length() + 3];
                        reader.read(wanted.from(), read, 3, (int) wanted.length());
                        assertThat(Arrays.copyOfRange(read, 3, read.length))
                                .as("seed %d, %s", seed, wanted)
                                .isEqualTo(Arrays.copyOfRange(content, (int) wanted.from(), (int) wanted.end()));
                    }
                }
            }
        }
    }

    private static ObjectRange range(Random random, int size) {
        int from = random.nextInt(size);
        return new ObjectRange(from, random.nextInt(Math.min(size - from, 300_000)));
    }

    @Test
    void aStreamIsReadAheadAndInFull() throws Exception {
        byte[] content = random(12 << 20, 4);
        StoredObject object = storage.put("a", content);
        count();
        try (InputStream in = storage.openAhead(object, 5, content.length - 5)) {
            await().until(() -> requests.get() == 1);
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 5, content.length));
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void aConnectionThatBreaksIsOpenedAgainWhereItBroke() throws Exception {
        // More than is read ahead and waits in sockets, so that the connection is in use when it breaks.
        byte[] content = random(24 << 20, 5);
        StoredObject object = storage.put("a", content);
        try (InputStream in = storage.openAhead(object, 0, content.length)) {
            assertThat(in.read()).isEqualTo(content[0] & 0xff);
            proxy.resetAll();
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
        }
    }

    @Test
    void whatCannotBeReadIsSaidToTheReader() {
        StoredObject object = storage.put("a", random(100_000, 6));
        storage.put("a", random(100_000, 7));
        assertThatThrownBy(() -> storage.openAhead(object, 0, 100_000).read())
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.STALE));
    }

    @Test
    void closingEndsAReadThatWaits() throws Exception {
        StoredObject object = storage.put("a", random(1 << 20, 8));
        proxy.blackHole();
        InputStream in = storage.openAhead(object, 0, 1 << 20);
        FutureTask<Integer> reading = new FutureTask<>(in::read);
        Thread reader = new Thread(reading);
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);
        in.close();
        assertThatThrownBy(reading::get).cause().isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(
                        failure.kind())
                .isEqualTo(ErrorKind.STOPPED));
    }
}
