package io.millrace.api;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows that readers left out of a window because they have no time. For extractors that learn of such rows only by reading:
 * the rows count as {@linkplain Rejects#filtered filtered}, and this makes the warning. Thread-safe.
 */
public final class UntimedRows {
    private final ConcurrentHashMap<String, Long> byPart = new ConcurrentHashMap<>();

    /**
     * Says how many there were so far.
     *
     * @param part what is being read; a later attempt at the same part replaces what was said of it
     */
    public void counted(String part, long soFar) {
        byPart.put(part, soFar);
    }

    /** True where nothing was said so far. */
    public boolean isEmpty() {
        return byPart.isEmpty();
    }

    /** What to say of them in {@link Extractor#notices}; nothing where there were none. */
    public List<String> notices(String timeColumn) {
        long rows = byPart.values().stream().mapToLong(Long::longValue).sum();
        return rows == 0
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%,d rows have no %s and are in no window; they count as filtered, and a run without --start"
                                + " and --end reads them",
                        rows,
                        timeColumn));
    }
}
