package io.millrace.formats.json;

/** Thrown where a document as a whole cannot be read. */
public final class InvalidJson extends Exception {
    private static final long serialVersionUID = 1;

    private final transient JsonFailure failure;

    InvalidJson(JsonFailure failure) {
        super(failure.reason() + " (at byte " + failure.offset() + ")");
        this.failure = failure;
    }

    /** What is wrong, and where. */
    public JsonFailure failure() {
        return failure;
    }
}
