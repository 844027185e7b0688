package io.millrace.connectors.kafka;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Decides which offsets of each partition a plan reads. Everything that is appended later is above its upper bounds. */
final class RangePlanner {
    private final KafkaSourceSettings settings;
    private final ClusterAdmin admin;
    private final TopicLayout topic;
    private final List<TopicPartition> partitions;
    private final List<String> warnings = new ArrayList<>();

    RangePlanner(KafkaSourceSettings settings, ClusterAdmin admin, TopicLayout topic) {
        this.settings = settings;
        this.admin = admin;
        this.topic = topic;
        this.partitions = topic.topicPartitions();
    }

    /** What a user should know of the ranges. */
    List<String> warnings() {
        return warnings;
    }

    /** A range for each partition, empty ones included. */
    List<OffsetRange> plan(ExtractRequest request) {
        if (request.pin().isPresent()) {
            return pinned(request.pin().get());
        }
        // The ends first: a bound that is asked for later can only be the higher one.
        Map<Integer, Long> ends = admin.endOfCommitted(partitions);
        Map<Integer, Long> earliest = admin.earliest(partitions);
        if (request.window().isPresent()) {
            return window(request.window().get(), earliest, ends);
        }
        if (!settings.from().incremental()) {
            return ranges(earliest, ends);
        }
        if (request.position().isPresent()) {
            return ranges(goingOn(Position.parse(request.position().get()), earliest, ends), ends);
        }
        return ranges(settings.from() == StartFrom.LATEST ? ends : earliest, ends);
    }

    private List<OffsetRange> pinned(String text) {
        Pin pin = Pin.parse(text).orElseThrow(() -> stale("it was planned by another version of Millrace"));
        if (!pin.topicId().equals(topic.id())) {
            throw stale("it was deleted and created again");
        }
        return pin.ranges();
    }

    private List<OffsetRange> window(TimeWindow window, Map<Integer, Long> earliest, Map<Integer, Long> ends) {
        TimeBounds times = TimeBounds.of(window);
        Map<Integer, Long> from = new TreeMap<>(earliest);
        if (window.start().isPresent()) {
            // The first message with such a time: all before it are older, in whatever order the times are.
            admin.atTime(partitions, times.start())
                    .forEach((partition, offset) -> from.put(partition, offset < 0 ? ends.get(partition) : offset));
        }
        Map<Integer, Long> to = new TreeMap<>(ends);
        if (window.end().isPresent()) {
            Optional<Long> slack = slackMillis();
            // Messages may be appended out of the order of their times, so only a declared limit bounds how far.
            slack.ifPresent(millis -> admin.atTime(partitions, Math.addExact(times.end(), millis))
                    .forEach((partition, offset) -> {
                        if (offset >= 0) {
                            to.merge(partition, offset, Math::min);
                        }
                    }));
        }
        return ranges(from, to);
    }

    /** How far behind a message one with an earlier time may stand; empty where there is no limit. */
    private Optional<Long> slackMillis() {
        boolean inOrder = admin.setting(topic.name(), "message.timestamp.type").equals(Optional.of("LogAppendTime"));
        return inOrder ? Optional.of(0L) : settings.maxDelay().map(delay -> delay.toMillis());
    }

    private Map<Integer, Long> goingOn(Position position, Map<Integer, Long> earliest, Map<Integer, Long> ends) {
        if (!position.topic().equals(topic.name())) {
            throw new MillraceException(
                    ErrorKind.USER,
                    "the stored position is one of topic " + position.topic() + ", not of " + topic.name()
                            + "; start over with --full.");
        }
        if (!position.topicId().equals(topic.id())) {
            if (settings.onLostOffsets() == LostOffsets.EARLIEST) {
                warnings.add("topic " + topic.name() + " was deleted and created again since the previous run; reading"
                        + " the new one from its beginning");
                return earliest;
            }
            throw stale("it was deleted and created again since the previous run");
        }
        Map<Integer, Long> from = new TreeMap<>();
        earliest.forEach((partition, first) -> {
            // A partition that the previous run did not know is new, and read from its beginning.
            long next = position.offsets().getOrDefault(partition, first);
            if (next > ends.get(partition)) {
                throw stale("partition " + partition + " ends at offset " + ends.get(partition)
                        + ", before the stored position " + next + ": the brokers have lost messages");
            }
            from.put(partition, next < first ? afterLoss(partition, next, first) : next);
        });
        return from;
    }

    private long afterLoss(int partition, long next, long first) {
        String lost = "offsets " + next + " to " + (first - 1) + " of partition " + partition
                + " were deleted before they were read";
        if (settings.onLostOffsets() == LostOffsets.FAIL) {
            throw stale(lost);
        }
        warnings.add(lost + "; going on with offset " + first);
        return first;
    }

    private List<OffsetRange> ranges(Map<Integer, Long> from, Map<Integer, Long> to) {
        List<OffsetRange> ranges = new ArrayList<>();
        from.forEach((partition, first) ->
                ranges.add(new OffsetRange(partition, Math.min(first, to.get(partition)), to.get(partition))));
        return ranges;
    }

    private MillraceException stale(String why) {
        return new MillraceException(
                ErrorKind.STALE,
                "topic " + topic.name() + ": " + why
                        + ". Start over with --full (or --restart), or allow it with on_lost_offsets: earliest.");
    }
}
