package io.millrace.api;

import java.util.Objects;

/**
 * A failure that was understood. The message is written for a user: the problem with its place and value, the reason, the
 * remedy; never a secret. Anything else that is thrown counts as {@link ErrorKind#INTERNAL}.
 */
public final class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorKind kind;

    public MillraceException(ErrorKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public MillraceException(ErrorKind kind, String message) {
        this(kind, message, null);
    }

    public static MillraceException user(String message) {
        return new MillraceException(ErrorKind.USER, message);
    }

    public static MillraceException unavailable(String message, Throwable cause) {
        return new MillraceException(ErrorKind.UNAVAILABLE, message, cause);
    }

    public static MillraceException denied(String message, Throwable cause) {
        return new MillraceException(ErrorKind.DENIED, message, cause);
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The kind of any failure: its own, or INTERNAL. */
    public static ErrorKind kindOf(Throwable failure) {
        return failure instanceof MillraceException known ? known.kind() : ErrorKind.INTERNAL;
    }

    /** The same failure with what was attempted in front of its message. */
    public MillraceException during(String attempted) {
        return new MillraceException(kind, attempted + ": " + getMessage(), this);
    }
}
