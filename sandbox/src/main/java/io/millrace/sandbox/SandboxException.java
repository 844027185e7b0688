package io.millrace.sandbox;

/** A sandbox server could not be unpacked, started, stopped or used; the message says why and what to do. */
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }

    SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
