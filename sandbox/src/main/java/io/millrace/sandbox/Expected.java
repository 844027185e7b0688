package io.millrace.sandbox;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the example pipeline must report for the generated events:
 *
 * <pre>
 * clean:
 *   nulls: {rating: {default: 0.0}, category: {default: unknown}, user_id: reject}
 *   types: {ts: {timestamp: "yyyy-MM-dd HH:mm:ss", zone: Asia/Shanghai}}
 *   outliers: {rating: {min: 0, max: 5, action: reject}}
 * deduplicate: {key: [event_id]}
 * </pre>
 *
 * <p>Always {@code extracted = loaded + deduplicated + rejected}.
 *
 * @param extracted all rows of the table
 * @param loaded clean rows, each event once
 * @param deduplicated clean rows beyond the first of their event
 * @param rejected rows that cleaning rejects, copies counted as often as they are there
 * @param rejectedByFirst rejected rows by the first reason that applies, in the order of {@link RejectReason}; adds up
 *     to {@code rejected}
 * @param rowsWithFault rows to which a reason applies at all, perhaps among others
 */
public record Expected(
        long extracted,
        long loaded,
        long deduplicated,
        long rejected,
        Map<RejectReason, Long> rejectedByFirst,
        Map<RejectReason, Long> rowsWithFault) {

    static Expected count(EventSequence sequence, long rows) {
        RejectReason[] reasons = RejectReason.values();
        long[] first = new long[reasons.length];
        long[] any = new long[reasons.length];
        long rejected = 0;
        long deduplicated = 0;
        Event event = new Event();
        for (long row = 0; row < rows; row++) {
            sequence.next(event);
            boolean counted = false;
            for (RejectReason reason : reasons) {
                if (event.hasFault(reason)) {
                    any[reason.ordinal()]++;
                    first[reason.ordinal()] += counted ? 0 : 1;
                    counted = true;
                }
            }
            rejected += counted ? 1 : 0;
            deduplicated += !counted && event.duplicate ? 1 : 0;
        }
        return new Expected(
                rows, rows - rejected - deduplicated, deduplicated, rejected, byReason(first), byReason(any));
    }

    private static Map<RejectReason, Long> byReason(long[] counts) {
        Map<RejectReason, Long> map = new EnumMap<>(RejectReason.class);
        for (RejectReason reason : RejectReason.values()) {
            map.put(reason, counts[reason.ordinal()]);
        }
        return Collections.unmodifiableMap(map);
    }
}
