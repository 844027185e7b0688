package io.millrace.api;

import io.millrace.api.data.Schema;
import java.util.Map;

/**
 * The simple form of user code in a pipeline, named by the step {@code java}: one record at a time, as a map of Java objects by
 * column, in the classes that {@link io.millrace.api.data.DataType} names. {@link Transform} works on columns, and is
 * faster by far.
 *
 * <p>Each worker makes an instance of its own for each attempt at a piece: it is used by one thread, and closed at the end.
 * The same record may come again in another attempt, so it must look at nothing but the record.
 */
@FunctionalInterface
public interface RecordTransform extends AutoCloseable {
    /**
     * Maps one record.
     *
     * @param record a copy, which may be changed and returned
     * @return the record that goes on, with the columns of {@link #output}: an absent key is null; null leaves the record out,
     *     and counts it as filtered
     * @throws RuntimeException to reject the record; the message of an IllegalArgumentException is the reason. A
     *     {@link MillraceException} of another kind than DATA ends the run
     */
    Map<String, Object> transform(Map<String, Object> record);

    /** The columns that come out where these go in; called before the first record. */
    default Schema output(Schema input) {
        return input;
    }

    @Override
    default void close() {}
}
