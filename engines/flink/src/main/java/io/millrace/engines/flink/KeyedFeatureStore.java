package io.millrace.engines.flink;

import io.millrace.core.key.XxHash64;
import io.millrace.features.stream.FeatureStore;
import java.nio.charset.StandardCharsets;

/** What is kept of entities, in the store of a keyed step: entities are its keys, and names follow them. One thread. */
record KeyedFeatureStore(KeyedStore store) implements FeatureStore {
    private void turnTo(String entity) {
        byte[] bytes = entity.getBytes(StandardCharsets.ISO_8859_1);
        store.turnTo((int) Long.remainderUnsigned(XxHash64.hash(bytes, 0, bytes.length, 0), Buckets.COUNT));
    }

    @Override
    public byte[] get(String entity, String name) {
        turnTo(entity);
        return store.get(entity + name);
    }

    @Override
    public void put(String entity, String name, byte[] bytes) {
        turnTo(entity);
        store.put(entity + name, bytes);
    }

    @Override
    public void remove(String entity, String name) {
        turnTo(entity);
        store.remove(entity + name);
    }

    @Override
    public void remind(String entity, long moment) {
        turnTo(entity);
        store.remind(entity, StreamClock.millis(moment));
    }
}
