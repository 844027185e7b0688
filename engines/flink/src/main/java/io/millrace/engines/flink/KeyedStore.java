package io.millrace.engines.flink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/**
 * What a keyed step remembers: an entry for each key, and when which keys are to be looked at again. Reminders are kept by
 * time, so that nothing but the keys that are due is ever gone through. One thread.
 */
final class KeyedStore {
    /** Names of states in checkpoints, and how they are written: never changed. */
    static final MapStateDescriptor<String, byte[]> ENTRIES =
            new MapStateDescriptor<>("entries", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

    static final ListStateDescriptor<String> REMINDERS =
            new ListStateDescriptor<>("reminders", StringSerializer.INSTANCE);

    private final MapState<String, byte[]> entries;
    private final LongFunction<ListState<String>> reminders;
    private final IntConsumer turning;
    private final Timers timers;
    private int bucket = -1;
    /** By bucket and time, since the last flush. */
    private final Map<Integer, Map<Long, List<String>>> pending = new HashMap<>();

    /** Flink's timers for the bucket that was turned to. */
    interface Timers {
        void at(long millis);
    }

    /**
     * @param reminders for a time
     * @param turning turns both states to the bucket of a number
     */
    KeyedStore(
            MapState<String, byte[]> entries,
            LongFunction<ListState<String>> reminders,
            IntConsumer turning,
            Timers timers) {
        this.entries = entries;
        this.reminders = reminders;
        this.turning = turning;
        this.timers = timers;
    }

    /** Turns to a bucket: all other calls are about it. */
    void turnTo(int other) {
        if (bucket != other) {
            bucket = other;
            turning.accept(Buckets.number(other));
        }
    }

    /** Forgets which bucket it was turned to, because Flink has turned to one. */
    void turned() {
        bucket = -1;
    }

    boolean has(String key) {
        return Unchecked.get(() -> entries.contains(key));
    }

    /** The entry of a key, or null. */
    byte[] get(String key) {
        return Unchecked.get(() -> entries.get(key));
    }

    void put(String key, byte[] entry) {
        Unchecked.run(() -> entries.put(key, entry));
    }

    void remove(String key) {
        Unchecked.run(() -> entries.remove(key));
    }

    /** Wants the key to be looked at when the clock has come to a time. */
    void remind(String key, long millis) {
        pending.computeIfAbsent(bucket, first -> new HashMap<>())
                .computeIfAbsent(millis, first -> new ArrayList<>())
                .add(key);
    }

    /** Writes reminders into the state: before a barrier, and before the clock goes on. */
    void flush() {
        pending.forEach((of, byTime) -> {
            turnTo(of);
            byTime.forEach((millis, keys) -> {
                Unchecked.run(() -> reminders.apply(millis).addAll(keys));
                timers.at(millis);
            });
        });
        pending.clear();
    }

    /** The keys that a time was wanted for, each once; they are forgotten. */
    Set<String> reminded(long millis) {
        ListState<String> known = reminders.apply(millis);
        Set<String> keys = new LinkedHashSet<>();
        Iterable<String> wanted = Unchecked.get(known::get);
        if (wanted != null) {
            wanted.forEach(keys::add);
        }
        known.clear();
        return keys;
    }
}
