package io.millrace.formats.json;

import java.util.Optional;

/** Carries a failure out of nested calls. Without a stack trace: bad rows are data, and may be many. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1;

    private final transient JsonFailure failure;

    private BadValue(JsonFailure failure) {
        super(failure.reason(), null, false, false);
        this.failure = failure;
    }

    /** @param column null where the document as a whole is at fault */
    static BadValue of(String column, String reason, String rawValue, long offset) {
        return new BadValue(new JsonFailure(Optional.ofNullable(column), reason, rawValue, offset));
    }

    JsonFailure failure() {
        return failure;
    }
}
