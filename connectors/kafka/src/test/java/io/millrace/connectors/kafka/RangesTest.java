package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Batch;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.testkit.extractor.RecordedRejects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RangesTest {
    private final EmbeddedKafka kafka = TestBroker.KAFKA;

    private static ExtractRequest from(Optional<String> position) {
        return new ExtractRequest(Optional.empty(), position, Optional.empty(), 100);
    }

    private static MillraceException assertStale(ThrowingCallable call, String message) {
        List<MillraceException> caught = new ArrayList<>();
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ErrorKind.STALE);
                    caught.add(failure);
                });
        return caught.get(0);
    }

    private void send(String topic, int partition, String... values) {
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(topic, partition, values);
        }
    }

    private static String[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private void deleteBefore(String topic, int partition, long offset) throws Exception {
        try (Admin admin = kafka.admin()) {
            TopicPartition place = new TopicPartition(topic, partition);
            admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Runs one increment: what it reads, and where the next begins. */
    private record Increment(List<Object> values, Optional<String> next, List<String> warnings) {
        static Increment of(SourceUnderTest source, Optional<String> position) {
            try (Extractor extractor = source.extractor()) {
                assertThat(extractor.incremental()).isTrue();
                Plan plan = extractor.plan(from(position));
                List<Map<String, Object>> records = SourceUnderTest.records(extractor, plan, new RecordedRejects());
                return new Increment(SourceUnderTest.column(records, "value"), plan.nextPosition(), plan.warnings());
            }
        }
    }

    @Test
    void incrementsAreDisjointAndCompleteAndFindNewPartitions() throws Exception {
        String topic = kafka.createTopic(2);
        send(topic, 0, "a", "b");
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.from = StartFrom.POSITION;
        Increment first = Increment.of(source, Optional.empty());
        assertThat(first.values()).containsExactly("a", "b");
        assertThat(Increment.of(source, first.next()).values()).isEmpty();
        send(topic, 0, "c");
        send(topic, 1, "d");
        Increment second = Increment.of(source, first.next());
        assertThat(second.values()).containsExactlyInAnyOrder("c", "d");
        try (Admin admin = kafka.admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
        send(topic, 2, "e");
        Increment third = Increment.of(source, second.next());
        assertThat(third.values()).containsExactly("e");
        assertThat(Increment.of(source, third.next()).values()).isEmpty();
    }

    @Test
    void latestBeginsAtTheEndTheFirstTimeOnly() {
        String topic = kafka.createTopic(1);
        send(topic, 0, "old");
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.from = StartFrom.LATEST;
        Increment first = Increment.of(source, Optional.empty());
        assertThat(first.values()).isEmpty();
        send(topic, 0, "new");
        assertThat(Increment.of(source, first.next()).values()).containsExactly("new");
    }

    @Test
    void earliestReadsEverythingEveryTimeAndKeepsNoPosition() {
        String topic = kafka.createTopic(1);
        send(topic, 0, "a");
        try (Extractor extractor = SourceUnderTest.of(topic).text().extractor()) {
            assertThat(extractor.incremental()).isFalse();
            assertThat(extractor.plan(from(Optional.empty())).nextPosition()).isEmpty();
        }
    }

    @Test
    void aWindowMovesNoPosition() {
        String topic = kafka.createTopic(1);
        send(topic, 0, "a");
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.from = StartFrom.POSITION;
        try (Extractor extractor = source.extractor()) {
            Optional<TimeWindow> window = TimeWindow.between(Instant.EPOCH, null);
            Plan plan = extractor.plan(ExtractRequest.of(window, 100));
            assertThat(plan.nextPosition()).isEmpty();
            assertThat(SourceUnderTest.records(extractor, plan, new RecordedRejects()))
                    .hasSize(1);
        }
    }

    @Test
    void windowsFindMessagesWhoseTimesAreOutOfOrder() {
        String topic = kafka.createTopic(1);
        try (Messages messages = Messages.to(kafka.brokers())) {
            for (long millis : new long[] {1_000, 5_000, 2_000, 9_000, 1_500, 4_000, 20_000, 2_500, 90_000, 2_999}) {
                messages.send(new ProducerRecord<>(topic, 0, millis, null, Messages.bytes(Long.toString(millis))));
            }
        }
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        ExtractRequest window =
                ExtractRequest.of(TimeWindow.between(Instant.ofEpochMilli(2_000), Instant.ofEpochMilli(3_000)), 100);
        assertThat(SourceUnderTest.column(source.records(window, new RecordedRejects()), "value"))
                .containsExactly("2000", "2500", "2999");
        // Told that nothing is more than 20 s late, it stops where a message is newer than that.
        source.maxDelay = Optional.of(Duration.ofSeconds(20));
        assertThat(SourceUnderTest.column(source.records(window, new RecordedRejects()), "value"))
                .containsExactly("2000", "2500");
    }

    @Test
    void messagesWithoutATimeAreInNoWindowAndCounted() {
        String topic = kafka.createTopic(1);
        try (Messages messages = Messages.to(kafka.brokers())) {
            messages.send(new ProducerRecord<>(topic, 0, 1_000L, null, Messages.bytes("early")));
            messages.sendWithoutTime(topic, 0, "none");
            messages.send(new ProducerRecord<>(topic, 0, 5_000L, null, Messages.bytes("in")));
            messages.sendWithoutTime(topic, 0, "none").sendWithoutTime(topic, 0, "none");
        }
        SourceUnderTest source = SourceUnderTest.of(topic).text().metadata(Metadata.TIMESTAMP);
        Instant start = Instant.ofEpochMilli(2_000);
        Instant end = Instant.ofEpochMilli(9_000);
        // Before the first message that is late enough nothing is read, so nothing is known of it.
        assertWindow(source, TimeWindow.between(start, end), List.of("in"), 2);
        assertWindow(source, TimeWindow.between(null, end), List.of("early", "in"), 3);
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(100));
            assertThat(SourceUnderTest.column(
                            SourceUnderTest.records(extractor, plan, new RecordedRejects()), "_timestamp"))
                    .containsExactly(Instant.ofEpochMilli(1_000), null, Instant.ofEpochMilli(5_000), null, null);
            assertThat(extractor.notices()).isEmpty();
        }
    }

    private static void assertWindow(
            SourceUnderTest source, Optional<TimeWindow> window, List<Object> values, int untimed) {
        RecordedRejects rejects = new RecordedRejects();
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.of(window, 100));
            assertThat(SourceUnderTest.column(SourceUnderTest.records(extractor, plan, rejects), "value"))
                    .isEqualTo(values);
            assertThat(rejects.filtered()).isEqualTo(untimed);
            assertThat(extractor.notices())
                    .singleElement()
                    .asString()
                    .startsWith(untimed + " rows have no timestamp and are in no window");
        }
    }

    @Test
    void abortedAndOpenTransactionsAreNotRead() {
        String topic = kafka.createTopic(1);
        SourceUnderTest source = SourceUnderTest.of(topic).text().metadata(Metadata.OFFSET);
        source.from = StartFrom.POSITION;
        try (Messages one = Messages.inTransactions(kafka.brokers(), topic + "-1");
                Messages two = Messages.inTransactions(kafka.brokers(), topic + "-2")) {
            one.begin().send(topic, 0, numbers(0, 50)).commit();
            one.begin().send(topic, 0, numbers(100, 150)).flush().abort();
            one.begin().send(topic, 0, numbers(50, 60)).commit();
            two.begin().send(topic, 0, "open").flush();
            one.begin().send(topic, 0, "behind").commit();
            Increment first = Increment.of(source, Optional.empty());
            // The range ends before the open transaction, at a marker that is no message.
            assertThat(first.values()).containsExactly((Object[]) numbers(0, 60));
            two.commit();
            Increment second = Increment.of(source, first.next());
            assertThat(second.values()).containsExactly("open", "behind");
        }
        // A range that ends in markers and aborted messages only.
        try (Messages one = Messages.inTransactions(kafka.brokers(), topic + "-1")) {
            Optional<String> next = Increment.of(source, Optional.empty()).next();
            one.begin().send(topic, 0, numbers(0, 10)).flush().abort();
            assertThat(Increment.of(source, next).values()).isEmpty();
        }
    }

    @Test
    void splitsOfATransactionalTopicJoinWithoutLossWhereverTheyAreCut() {
        String topic = kafka.createTopic(1);
        List<Object> committed = new ArrayList<>();
        try (Messages messages = Messages.inTransactions(kafka.brokers(), topic)) {
            for (int i = 0; i < 20; i++) {
                messages.begin().send(topic, 0, numbers(i * 7, i * 7 + 7)).flush();
                if (i % 3 == 1) {
                    messages.abort();
                } else {
                    messages.commit();
                    committed.addAll(List.of((Object[]) numbers(i * 7, i * 7 + 7)));
                }
            }
        }
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        for (long size : new long[] {1, 2, 5, 8, 50}) {
            source.splitMessages = Optional.of(size);
            assertThat(SourceUnderTest.column(source.records(), "value")).isEqualTo(committed);
        }
    }

    @Test
    void aSplitGoesOnBehindAnyOfItsBatches() {
        String topic = kafka.createTopic(1);
        send(topic, 0, numbers(0, 25));
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        try (Extractor extractor = source.extractor()) {
            Split split = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(4)))
                    .get(0);
            for (int batches = 0; batches <= 7; batches++) {
                List<Object> values = new ArrayList<>();
                long last = -1;
                Optional<String> point;
                try (BatchReader reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                    for (int i = 0; i < batches; i++) {
                        Batch batch = reader.next();
                        values.addAll(SourceUnderTest.column(batch.records(), "value"));
                        last = batch.origin().orElseThrow().ordinal(batch.rowCount() - 1);
                    }
                    point = reader.resumePoint();
                }
                try (BatchReader reader = extractor.open(split, point, new RecordedRejects())) {
                    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                        // The numbering goes on too, so that a reject still leads to its message.
                        assertThat(batch.origin().orElseThrow().ordinal(0)).isEqualTo(last + 1);
                        last = batch.origin().orElseThrow().ordinal(batch.rowCount() - 1);
                        values.addAll(SourceUnderTest.column(batch.records(), "value"));
                    }
                }
                assertThat(values).containsExactly((Object[]) numbers(0, 25));
            }
        }
    }

    @Test
    void messagesDeletedSinceThePreviousRunStopTheNext() throws Exception {
        String topic = kafka.createTopic(1);
        send(topic, 0, numbers(0, 5));
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.from = StartFrom.POSITION;
        Increment first = Increment.of(source, Optional.empty());
        send(topic, 0, numbers(5, 20));
        deleteBefore(topic, 0, 10);
        assertStale(() -> Increment.of(source, first.next()), "offsets 5 to 9 of partition 0 were deleted");
        source.onLostOffsets = LostOffsets.EARLIEST;
        Increment second = Increment.of(source, first.next());
        assertThat(second.values()).containsExactly((Object[]) numbers(10, 20));
        assertThat(second.warnings()).singleElement().asString().contains("offsets 5 to 9", "going on with offset 10");
    }

    @Test
    void messagesDeletedSinceThePlanStopTheReaderOrAreTold() throws Exception {
        String topic = kafka.createTopic(1);
        send(topic, 0, numbers(0, 20));
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(ExtractRequest.everything(100));
            List<Split> splits = SourceUnderTest.splits(plan);
            deleteBefore(topic, 0, 12);
            assertStale(
                    () -> SourceUnderTest.records(extractor, splits.get(0), Optional.empty(), new RecordedRejects()),
                    "offsets 0 to 11 of partition 0 were deleted");
            source.onLostOffsets = LostOffsets.EARLIEST;
            try (Extractor lenient = source.extractor()) {
                RecordedRejects rejects = new RecordedRejects();
                assertThat(SourceUnderTest.column(
                                SourceUnderTest.records(lenient, splits.get(0), Optional.empty(), rejects), "value"))
                        .containsExactly((Object[]) numbers(12, 20));
                assertThat(rejects.all()).singleElement().satisfies(lost -> {
                    assertThat(lost.reason()).isEqualTo("deleted before it was read");
                    assertThat(lost.rawValue()).isEqualTo("offsets 0 to 11");
                });
                deleteBefore(topic, 0, 20);
                assertThat(SourceUnderTest.records(lenient, splits.get(0), Optional.empty(), rejects))
                        .isEmpty();
                assertThat(rejects.all()).hasSize(2);
            }
        }
    }

    @Test
    void aTopicThatIsCreatedAgainIsAnother() throws Exception {
        String topic = kafka.createTopic(1);
        send(topic, 0, numbers(0, 5));
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        source.from = StartFrom.POSITION;
        Increment first = Increment.of(source, Optional.empty());
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(from(Optional.empty()));
            Split split = SourceUnderTest.splits(plan).get(0);
            assertThat(extractor.check(plan.pin())).isEqualTo(PinState.VALID);
            try (Admin admin = kafka.admin()) {
                admin.deleteTopics(List.of(topic)).all().get();
            }
            kafka.createTopic(topic, 1, Map.of());
            send(topic, 0, numbers(100, 110));
            assertThat(extractor.check(plan.pin())).isEqualTo(PinState.RESTART);
            assertStale(
                    () -> SourceUnderTest.records(extractor, split, Optional.empty(), new RecordedRejects()),
                    "deleted and created again");
        }
        assertStale(() -> Increment.of(source, first.next()), "deleted and created again");
        source.onLostOffsets = LostOffsets.EARLIEST;
        Increment again = Increment.of(source, first.next());
        assertThat(again.values()).containsExactly((Object[]) numbers(100, 110));
        assertThat(again.warnings()).singleElement().asString().contains("created again");
    }

    @Test
    void aLogThatHasBecomeShorterIsNotWaitedFor() {
        String topic = kafka.createTopic(1);
        send(topic, 0, numbers(0, 5));
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        try (Extractor extractor = source.extractor()) {
            Split split = SourceUnderTest.splits(extractor.plan(ExtractRequest.everything(100)))
                    .get(0);
            SplitPayload planned = SplitPayload.of(split);
            Split longer = new SplitPayload(
                            planned.topicId(), new OffsetRange(0, 0, 9), planned.times(), 100, Optional.empty())
                    .split(topic);
            assertStale(
                    () -> SourceUnderTest.records(extractor, longer, Optional.empty(), new RecordedRejects()),
                    "ends at offset 5, before 9");
        }
    }

    @Test
    void aStoredPositionOfAnotherTopicIsRefused() {
        String one = kafka.createTopic(1);
        String other = kafka.createTopic(1);
        SourceUnderTest source = SourceUnderTest.of(one).text();
        source.from = StartFrom.POSITION;
        Optional<String> position = Increment.of(source, Optional.empty()).next();
        source.topic = other;
        assertThatThrownBy(() -> Increment.of(source, position))
                .isInstanceOfSatisfying(MillraceException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(ErrorKind.USER))
                .hasMessageContaining("--full");
    }

    @Test
    void aStoredPlanIsReadByAnotherProcess() {
        String topic = kafka.createTopic(2);
        send(topic, 0, numbers(0, 5));
        send(topic, 1, numbers(5, 9));
        SourceUnderTest source = SourceUnderTest.of(topic).text();
        Plan plan;
        List<Split> splits;
        try (Extractor planner = source.extractor()) {
            plan = planner.plan(ExtractRequest.everything(100));
            splits = SourceUnderTest.splits(plan);
        }
        send(topic, 0, "later");
        try (Extractor resumed = source.extractor()) {
            assertThat(resumed.check(plan.pin())).isEqualTo(PinState.VALID);
            List<Object> values = new ArrayList<>();
            for (Split split : splits) {
                values.addAll(SourceUnderTest.column(
                        SourceUnderTest.records(resumed, split, Optional.empty(), new RecordedRejects()), "value"));
            }
            assertThat(values).containsExactlyInAnyOrder((Object[]) numbers(0, 9));
        }
    }

    @Test
    void aCompactedTopicPromisesLess() {
        String compacted = kafka.newTopicName();
        kafka.createTopic(compacted, 1, Map.of("cleanup.policy", "compact"));
        String kept = kafka.createTopic(1);
        try (Extractor one = SourceUnderTest.of(compacted).text().extractor();
                Extractor other = SourceUnderTest.of(kept).text().extractor()) {
            assertThat(one.plan(ExtractRequest.everything(100)).repeatability())
                    .isEqualTo(Repeatability.BOUNDED_REPEATABLE);
            assertThat(other.plan(ExtractRequest.everything(100)).repeatability())
                    .isEqualTo(Repeatability.REPEATABLE);
        }
    }
}
