package io.millrace.connectors.kafka;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.MessageRows;
import io.millrace.api.MessageSource;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.UntimedRows;
import io.millrace.api.data.Schema;
import io.millrace.formats.json.JsonFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic in ranges of offsets that are fixed when it is planned. It belongs to no consumer group and commits no
 * offsets: where the next run begins is part of the plan. Of a stream, the engine reads, and keeps the offsets.
 */
final class KafkaExtractor implements MessageSource {
    private final KafkaSourceSettings settings;
    private final Cluster cluster;
    private final KafkaErrors errors;
    private final UntimedRows untimed = new UntimedRows();
    private ClusterAdmin admin;
    private MessageColumns columns;
    private boolean closed;

    KafkaExtractor(KafkaSourceSettings settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
        this.errors = new KafkaErrors(cluster, settings.topic());
    }

    @Override
    public String describe() {
        return cluster.describe(settings.topic());
    }

    /** The oldest messages, from which columns were inferred, may be gone or others by now. */
    @Override
    public void resume(String text) {
        Pin.parse(text)
                .filter(pin -> admin().find(settings.topic())
                        .filter(topic -> topic.id().equals(pin.topicId()))
                        .isPresent())
                .flatMap(Pin::fields)
                .ifPresent(fields -> columns(Optional.of(JsonFields.parse(fields))));
    }

    @Override
    public Schema schema() {
        return columns(Optional.empty()).schema();
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.of(Metadata.TIMESTAMP.column());
    }

    @Override
    public boolean incremental() {
        return settings.from().incremental();
    }

    /** Offsets are not counts: transactions and compaction leave gaps. */
    @Override
    public OptionalLong rowCount() {
        return OptionalLong.empty();
    }

    @Override
    public Plan plan(ExtractRequest request) {
        MessageColumns planned = columns(Optional.empty());
        TopicLayout topic = layout();
        RangePlanner planner = new RangePlanner(settings, admin(), topic);
        List<OffsetRange> ranges = planner.plan(request);
        TimeBounds times = request.window().map(TimeBounds::of).orElse(TimeBounds.NONE);
        Optional<String> fields = planned.inferred().map(JsonFields::text);
        List<Split> splits = new ArrayList<>();
        for (OffsetRange part : SplitCutter.cut(ranges, settings.splitMessages())) {
            splits.add(new SplitPayload(topic.id(), part, times, request.batchRows(), fields).split(topic.name()));
        }
        Pin pin = new Pin(topic.id(), ranges, fields);
        Optional<String> next = incremental() && request.window().isEmpty()
                ? Optional.of(new Position(topic.name(), topic.id(), pin.ends()).text())
                : Optional.empty();
        List<String> warnings = new ArrayList<>(planner.warnings());
        planned.sampled()
                .ifPresent(count -> warnings.add("the columns were inferred from the first " + count
                        + " messages of topic " + topic.name() + "; declare them under schema to be sure of them"));
        return new Plan(splits.iterator(), repeatability(topic), pin.text(), next, List.copyOf(warnings));
    }

    /** A compacted topic forgets messages whose key has a newer one; those come with a later plan. */
    private Repeatability repeatability(TopicLayout topic) {
        boolean kept = admin().setting(topic.name(), "cleanup.policy")
                .filter(policy -> !policy.contains("compact"))
                .isPresent();
        return kept ? Repeatability.REPEATABLE : Repeatability.BOUNDED_REPEATABLE;
    }

    @Override
    public PinState check(String text) {
        Optional<Pin> pin = Pin.parse(text);
        TopicLayout topic = layout();
        if (pin.isEmpty() || !pin.get().topicId().equals(topic.id())) {
            return PinState.RESTART;
        }
        Map<Integer, Long> ends = admin().endOfCommitted(topic.topicPartitions());
        boolean shorter =
                pin.get().ranges().stream().anyMatch(range -> ends.getOrDefault(range.partition(), -1L) < range.to());
        Optional<String> fields =
                columns(pin.get().fields().map(JsonFields::parse)).inferred().map(JsonFields::text);
        return shorter || !fields.equals(pin.get().fields()) ? PinState.RESTART : PinState.VALID;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        SplitPayload payload = SplitPayload.of(split);
        MessageColumns read = columns(payload.fields().map(JsonFields::parse));
        requireSameTopic(payload);
        long from = resumePoint.map(Long::parseLong).orElse(payload.range().from());
        PartitionReader partition =
                new PartitionReader(cluster, errors, settings.topic(), payload.range(), from, settings.onLostOffsets());
        return new MessageReader(
                split.id(),
                from,
                new MessageDecoding(
                        split.id(),
                        payload,
                        new MessageFetcher(partition, split.id()),
                        new MessageDecoder(read, settings.tombstones()),
                        () -> requireSameTopic(payload)),
                rejects,
                untimed);
    }

    @Override
    public List<String> notices() {
        return untimed.notices("timestamp");
    }

    @Override
    public String topic() {
        return settings.topic();
    }

    @Override
    public Map<String, String> consumerProperties() {
        Map<String, String> properties = new HashMap<>();
        cluster.consumerConfig().forEach((name, value) -> properties.put(name, String.valueOf(value)));
        return properties;
    }

    @Override
    public boolean fromOldest() {
        return settings.from() != StartFrom.LATEST;
    }

    @Override
    public boolean passesOverLost() {
        return settings.onLostOffsets() == LostOffsets.EARLIEST;
    }

    @Override
    public String streamPin() {
        Optional<String> fields = columns(Optional.empty()).inferred().map(JsonFields::text);
        return new Pin(layout().id(), List.of(), fields).text();
    }

    /** A partition that nothing has been read of yet is behind by all that it holds. */
    @Override
    public long behind(Map<Integer, Long> next) {
        List<TopicPartition> partitions = layout().topicPartitions();
        Map<Integer, Long> earliest = admin().earliest(partitions);
        return admin().endOfCommitted(partitions).entrySet().stream()
                .mapToLong(end ->
                        Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), earliest.get(end.getKey()))))
                .sum();
    }

    @Override
    public MessageRows rows() {
        return new StreamedMessages(new MessageDecoder(columns(Optional.empty()), settings.tombstones()));
    }

    /** Offsets of another topic of the same name would be other messages. */
    private void requireSameTopic(SplitPayload payload) {
        Optional<TopicLayout> topic = admin().find(settings.topic());
        if (topic.isEmpty() || !topic.get().id().equals(payload.topicId())) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    describe() + ": the topic was deleted" + (topic.isEmpty() ? "" : " and created again")
                            + " since it was planned. What was planned cannot be read; begin the run anew.");
        }
    }

    private TopicLayout layout() {
        return admin().find(settings.topic())
                .orElseThrow(() -> MillraceException.user("there is no topic '" + settings.topic() + "' at "
                        + cluster.brokers() + ". Check topic and brokers."));
    }

    /** The columns; where they are inferred, those that a plan has pinned, or else by a look at the topic. */
    private synchronized MessageColumns columns(Optional<JsonFields> pinned) {
        refuseClosed();
        if (columns == null) {
            columns = settings.value() != ValueKind.JSON
                    ? MessageColumns.ofSingleValue(settings)
                    : settings.schema().isEmpty()
                            ? pinned.map(fields -> MessageColumns.ofInferred(settings, fields, Optional.empty()))
                                    .orElseGet(this::inferred)
                            : MessageColumns.ofFields(settings, JsonFields.of(settings.schema()));
        }
        return columns;
    }

    private MessageColumns inferred() {
        return new ColumnSample(settings, cluster, errors, admin(), layout()).infer();
    }

    private synchronized ClusterAdmin admin() {
        refuseClosed();
        if (admin == null) {
            admin = new ClusterAdmin(cluster, errors);
        }
        return admin;
    }

    private void refuseClosed() {
        if (closed) {
            throw new IllegalStateException("this extractor is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close();
            admin = null;
        }
    }
}
