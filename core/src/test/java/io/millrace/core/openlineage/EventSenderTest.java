package io.millrace.core.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventSenderTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private interface Taking {
        void take(String event) throws IOException, InterruptedException;
    }

    private static EventTransport to(Taking taking) {
        return new EventTransport() {
            @Override
            public void send(String event) throws IOException, InterruptedException {
                taking.take(event);
            }

            @Override
            public String describe() {
                return "http://catalogue";
            }
        };
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        List<String> taken = new CopyOnWriteArrayList<>();
        EventSender sender = new EventSender(to(taken::add), LONG);
        for (int i = 0; i < 50; i++) {
            String event = "e" + i;
            sender.offer(() -> event);
        }
        sender.close();
        assertThat(taken).hasSize(50).startsWith("e0", "e1").endsWith("e49");
        assertThat(sender.complaint()).isEmpty();
    }

    @Test
    void whoeverHandsEventsOverNeverWaitsAndClosingNotForLong() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        EventSender sender = new EventSender(
                to(event -> {
                    begun.countDown();
                    never.await();
                }),
                Duration.ofMillis(50));
        sender.offer(() -> "first");
        await().atMost(LONG).until(() -> begun.getCount() == 0);
        for (int i = 0; i < 150; i++) {
            sender.offer(() -> "more");
        }
        sender.close();
        assertThat(sender.complaint().orElseThrow())
                .startsWith("151 lineage events did not reach http://catalogue")
                .contains("more than 100 were waiting");
    }

    @Test
    void failuresOfTheServerAndOfMakingEventsAreCountedOnly() {
        EventSender sender = new EventSender(
                to(event -> {
                    throw new IOException("it answers 500");
                }),
                LONG);
        sender.offer(() -> "one");
        sender.offer(() -> {
            throw new IllegalStateException("no lineage of this");
        });
        sender.close();
        assertThat(sender.complaint().orElseThrow())
                .isEqualTo("2 lineage events did not reach http://catalogue: no lineage of this");
    }
}
