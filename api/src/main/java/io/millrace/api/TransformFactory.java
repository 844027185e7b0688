package io.millrace.api;

/**
 * A row transform that pipeline files may name. Found by {@link java.util.ServiceLoader}; immutable and thread-safe.
 *
 * @param <S> the settings record, see {@link Setting}
 */
public interface TransformFactory<S extends Record> {
    /** The key in the pipeline file's {@code transform} list. */
    String name();

    Class<S> settings();

    /** A transform with these settings; IllegalArgumentException or {@link InvalidSetting} where they contradict. */
    Transform create(S settings);

    /**
     * The same where settings name files: a transform goes to workers that may not see them, so it holds what it needs of
     * them. Also called where a file does not exist yet; {@link Transform#bind} then fails.
     */
    default Transform create(S settings, DefinitionFiles files) {
        return create(settings);
    }
}
