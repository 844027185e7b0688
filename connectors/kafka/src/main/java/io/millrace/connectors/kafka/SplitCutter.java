package io.millrace.connectors.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts ranges into splits of about equal size. */
final class SplitCutter {
    private static final long LEAST = 200_000;
    private static final long MOST = 2_000_000;

    private SplitCutter() {}

    /**
     * The parts, taken from each partition in turn so that all brokers are busy from the beginning; no empty ones.
     *
     * @param wanted about how many messages in a part
     */
    static List<OffsetRange> cut(List<OffsetRange> ranges, Optional<Long> wanted) {
        long all = ranges.stream().mapToLong(OffsetRange::size).sum();
        long size = wanted.orElseGet(() ->
                Math.max(LEAST, Math.min(MOST, all / (2L * Runtime.getRuntime().availableProcessors()))));
        List<OffsetRange> parts = new ArrayList<>();
        boolean left = true;
        for (long place = 0; left; place++) {
            left = false;
            for (OffsetRange range : ranges) {
                long count = Math.max(1, Math.round((double) range.size() / size));
                if (range.size() > 0 && place < count) {
                    parts.add(part(range, place, count));
                    left = true;
                }
            }
        }
        return parts;
    }

    private static OffsetRange part(OffsetRange range, long place, long count) {
        long each = range.size() / count;
        long longer = range.size() % count;
        long from = range.from() + place * each + Math.min(place, longer);
        return new OffsetRange(range.partition(), from, from + each + (place < longer ? 1 : 0));
    }
}
