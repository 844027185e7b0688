package io.millrace.engines.flink;

import io.millrace.features.stream.FeatureStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps in memory what a store on the disk was last asked for or given, up to a number of bytes: entities that something
 * happens to are the ones that something has just happened to. Everything that is put goes to the store at once. One thread.
 */
final class RecentEntries implements FeatureStore {
    /** What an entry takes beside its name and bytes. */
    private static final int OVERHEAD = 150;

    private final FeatureStore store;
    private final long mostBytes;
    private final LinkedHashMap<String, byte[]> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    RecentEntries(FeatureStore store, long mostBytes) {
        this.store = store;
        this.mostBytes = mostBytes;
    }

    @Override
    public byte[] get(String entity, String name) {
        byte[] known = recent.get(entity + name);
        if (known == null) {
            known = store.get(entity, name);
            if (known != null) {
                keep(entity + name, known);
            }
        }
        return known;
    }

    @Override
    public void put(String entity, String name, byte[] value) {
        store.put(entity, name, value);
        keep(entity + name, value);
    }

    private void keep(String key, byte[] value) {
        byte[] before = recent.put(key, value);
        bytes += before == null ? size(key, value) : value.length - before.length;
        for (Iterator<Map.Entry<String, byte[]>> oldest = recent.entrySet().iterator(); bytes > mostBytes; ) {
            Map.Entry<String, byte[]> entry = oldest.next();
            bytes -= size(entry.getKey(), entry.getValue());
            oldest.remove();
        }
    }

    private static long size(String key, byte[] value) {
        return (long) OVERHEAD + key.length() + value.length;
    }

    @Override
    public void remove(String entity, String name) {
        store.remove(entity, name);
        byte[] before = recent.remove(entity + name);
        bytes -= before == null ? 0 : size(entity + name, before);
    }

    @Override
    public void remind(String entity, long moment) {
        store.remind(entity, moment);
    }
}
