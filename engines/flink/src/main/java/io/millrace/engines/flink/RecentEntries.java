package io.millrace.engines.flink;

import io.millrace.features.stream.FeatureStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps in memory what a store on the disk was last asked for or given, up to a number of bytes: entities that something
 * happens to are the ones that something has just happened to. What is put goes to the store when room is needed, and by
 * {@link #save}, before the store itself is saved. One thread.
 */
final class RecentEntries implements FeatureStore {
    /** What an entry takes beside its name and bytes. */
    private static final int OVERHEAD = 250;

    private final FeatureStore store;
    private final long mostBytes;
    private final LinkedHashMap<String, Entry> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Entry> unsaved = new LinkedHashMap<>();
    private long bytes;

    RecentEntries(FeatureStore store, long mostBytes) {
        this.store = store;
        this.mostBytes = mostBytes;
    }

    private record Entry(String entity, String name, byte[] value) {
        long size() {
            return (long) OVERHEAD + 2L * entity.length() + name.length() + value.length;
        }
    }

    @Override
    public byte[] get(String entity, String name) {
        Entry known = recent.get(entity + name);
        if (known != null) {
            return known.value;
        }
        byte[] kept = store.get(entity, name);
        if (kept != null) {
            keep(entity + name, new Entry(entity, name, kept));
        }
        return kept;
    }

    @Override
    public void put(String entity, String name, byte[] value) {
        Entry entry = new Entry(entity, name, value);
        unsaved.put(entity + name, entry);
        keep(entity + name, entry);
    }

    private void keep(String key, Entry entry) {
        Entry before = recent.put(key, entry);
        bytes += entry.size() - (before == null ? 0 : before.size());
        for (Iterator<Entry> oldest = recent.values().iterator(); bytes > mostBytes; ) {
            Entry gone = oldest.next();
            oldest.remove();
            bytes -= gone.size();
            save(unsaved.remove(gone.entity + gone.name));
        }
    }

    private void save(Entry entry) {
        if (entry != null) {
            store.put(entry.entity, entry.name, entry.value);
        }
    }

    /** Brings the store up to date. */
    void save() {
        unsaved.values().forEach(this::save);
        unsaved.clear();
    }

    @Override
    public void remove(String entity, String name) {
        Entry before = recent.remove(entity + name);
        bytes -= before == null ? 0 : before.size();
        unsaved.remove(entity + name);
        store.remove(entity, name);
    }

    @Override
    public void remind(String entity, long moment) {
        store.remind(entity, moment);
    }
}
