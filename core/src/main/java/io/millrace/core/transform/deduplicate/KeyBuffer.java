package io.millrace.core.transform.deduplicate;

import io.millrace.core.key.KeyKind;
import java.util.ArrayList;
import java.util.List;

/** The keys that an attempt has claimed so far, in chunks, so that growing copies nothing. One thread. */
final class KeyBuffer {
    private static final int CHUNK = 1 << 13;

    private final int longs;
    private final List<long[]> chunks = new ArrayList<>();
    private int used = CHUNK;

    KeyBuffer(KeyKind kind) {
        this.longs = kind.longs();
    }

    void add(long first, long second) {
        if (used == CHUNK) {
            chunks.add(new long[CHUNK]);
            used = 0;
        }
        long[] chunk = chunks.get(chunks.size() - 1);
        chunk[used++] = first;
        if (longs == 2) {
            chunk[used++] = second;
        }
    }

    long bytes() {
        return 8L * CHUNK * chunks.size();
    }

    void forEach(Segment.KeySink sink) {
        for (int i = 0; i < chunks.size(); i++) {
            long[] chunk = chunks.get(i);
            int end = i == chunks.size() - 1 ? used : CHUNK;
            for (int at = 0; at < end; at += longs) {
                sink.accept(chunk[at], longs == 1 ? 0 : chunk[at + 1]);
            }
        }
    }
}
