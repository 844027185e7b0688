package io.millrace.api;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how patiently to try again what failed with a retryable kind. Waits double from {@code initial} to
 * {@code max}, each shortened by a random part of up to a half, so that workers do not return in step.
 *
 * @param attempts the most attempts, the first included
 */
public record RetryPolicy(int attempts, Duration initial, Duration max) implements Serializable {
    public static final RetryPolicy DEFAULT = new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(30));

    /** One attempt, no more. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    public RetryPolicy {
        if (attempts < 1) {
            throw new InvalidSetting("attempts", "must be at least 1");
        }
        if (initial.isNegative()) {
            throw new InvalidSetting("initial", "must not be negative");
        }
        if (max.compareTo(initial) < 0) {
            throw new InvalidSetting("max", "must not be less than initial");
        }
    }

    /** True where a call that failed so at this attempt, counted from 1, should be tried again. */
    public boolean retries(Throwable failure, int attempt) {
        return attempt < attempts && MillraceException.kindOf(failure).retryable();
    }

    /** How long to wait behind this attempt, counted from 1. */
    public Duration delay(int attempt) {
        double full = Math.min(max.toMillis(), initial.toMillis() * Math.pow(2, attempt - 1));
        return Duration.ofMillis((long) (full * (1 - ThreadLocalRandom.current().nextDouble() / 2)));
    }
}
