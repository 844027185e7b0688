package io.millrace.formats.json;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a document is not a row.
 *
 * @param column the column at fault; empty where the document as a whole is
 * @param reason one phrase, fit for {@link io.millrace.api.Rejects}
 * @param rawValue the value at fault, or the document, as text of at most {@value #MAX_RAW} characters
 * @param offset where it is: bytes from the document's beginning
 */
public record JsonFailure(Optional<String> column, String reason, String rawValue, long offset) {
    /** The most characters of a raw value that are kept. */
    public static final int MAX_RAW = 4_096;

    public JsonFailure {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(reason, "reason");
        if (rawValue.length() > MAX_RAW) {
            int end = Character.isHighSurrogate(rawValue.charAt(MAX_RAW - 1)) ? MAX_RAW - 1 : MAX_RAW;
            rawValue = rawValue.substring(0, end);
        }
    }
}
