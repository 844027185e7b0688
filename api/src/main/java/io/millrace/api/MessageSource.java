package io.millrace.api;

import java.util.Map;

/**
 * A topic of Kafka, which besides being read in splits can be read without end by an engine's own client: the engine keeps the
 * offsets, the connector knows where the topic is and how its messages become rows.
 */
public interface MessageSource extends Extractor {
    String topic();

    /** For the engine's consumer: where the brokers are and how to log in. Holds secrets: never shown, never stored. */
    Map<String, String> consumerProperties();

    /** True where a stream that knows no offsets begins at the oldest message; false: at the end. */
    boolean fromOldest();

    /** True where messages that were deleted before they were read are passed over; false: they end the stream. */
    boolean passesOverLost();

    /**
     * What a stream rests on: which topic it is, and inferred columns. Given to {@link #resume} and {@link #check} when the
     * stream goes on.
     */
    String streamPin();

    /** How many offsets of the topic follow these, which are the next to be read by partition. Asks the brokers. */
    long behind(Map<Integer, Long> next);

    /** For one partition of the topic. May be called from any thread. */
    MessageRows rows();
}
