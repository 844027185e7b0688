package io.millrace.bench;

/** A benchmark that could not be run, or came out wrong. */
final class BenchFailure extends RuntimeException {
    BenchFailure(String message) {
        super(message);
    }
}
