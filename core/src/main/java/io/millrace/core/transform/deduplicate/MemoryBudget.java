package io.millrace.core.transform.deduplicate;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.concurrent.atomic.AtomicLong;

/** How much the table may take of the heap. Thread-safe. */
final class MemoryBudget {
    private final ByteSize limit;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(ByteSize limit) {
        this.limit = limit;
    }

    long limit() {
        return limit.bytes();
    }

    long used() {
        return used.get();
    }

    /** Takes bytes; DATA where the limit would be passed, and nothing is taken. */
    void reserve(long bytes) {
        if (used.addAndGet(bytes) > limit.bytes()) {
            long before = used.addAndGet(-bytes);
            throw new MillraceException(
                    ErrorKind.DATA,
                    "deduplicate or check unique: the keys of the rows read so far take " + (before >> 20)
                            + " MB, and more than the limit of "
                            + limit
                            + " would be needed; give the process more heap (MILLRACE_JAVA_OPTS=-Xmx8g; the limit is"
                            + " a part of it), or run smaller windows (--start, --end)");
        }
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
