package io.millrace.core.stream;

/** Hears how a stream is doing, about once a second. Must be quick, and must not throw. */
@FunctionalInterface
public interface StreamListener {
    void on(StreamStatus status);

    /** Hears nothing. */
    StreamListener NONE = status -> {};
}
