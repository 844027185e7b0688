package io.millrace.testkit.extractor;

import io.millrace.api.Extractor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real source, made for one test, that {@link ExtractorContract} examines: some thousand rows in several splits.
 * Every extractor that it returns is new and is closed by the contract.
 */
public interface ExtractorSubject extends AutoCloseable {
    /** Reads the source. */
    Extractor extractor();

    /** False where the source can only be read from beginning to end: its plan is one split. */
    default boolean hasSeveralSplits() {
        return true;
    }

    /** The rows that the source holds now and a batch can hold, as {@link io.millrace.api.data.Batch#records} shows them. */
    List<Map<String, Object>> rows();

    /** How many rows the source holds beside those that no batch can hold; at least one where there can be any. */
    long undecodableRows();

    /** Adds rows to the source, as another program would. */
    void addRows();

    /** A text, such as a password, that must appear nowhere; empty where the source needs none. */
    Optional<String> secret();

    /** Reads a source that does not exist; empty where that cannot be. */
    Optional<Extractor> missing();

    /** Reads from a server that does not run; empty where there is no server. */
    Optional<Extractor> unreachable();

    /** Reads without the right to; empty where there are no rights. */
    Optional<Extractor> denied();

    /** Has one split whose reader gets nothing for at least a minute; empty where that cannot be brought about. */
    Optional<Extractor> silent();

    /** True where a split that is longer than a batch can be continued in the middle. */
    default boolean resumable() {
        return false;
    }

    @Override
    void close();
}
