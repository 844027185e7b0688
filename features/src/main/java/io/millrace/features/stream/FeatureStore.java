package io.millrace.features.stream;

/**
 * What an engine keeps for entities across failures: some bytes by name for each. An entity is known by the canonical bytes of
 * its key, each a character. One thread.
 */
public interface FeatureStore {
    /** The bytes under a name of an entity; null where there are none. */
    byte[] get(String entity, String name);

    void put(String entity, String name, byte[] bytes);

    void remove(String entity, String name);

    /** Asks for {@link FeatureTiles#due} with this entity when event time has come to a moment, in microseconds. */
    void remind(String entity, long moment);
}
