package io.millrace.api;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named places where a crash test makes the process fail: the system property {@code millrace.failpoint=NAME:N:ACTION} acts
 * when the place is reached for the N-th time. Inert, and free for the JIT compiler to remove, unless the property is set.
 */
public enum Failpoint {
    AFTER_PLAN,
    AFTER_SPLIT_OPEN,
    MID_READ,
    AFTER_TRANSFORM,
    BEFORE_WRITE,
    MID_WRITE,
    BEFORE_STAGE,
    AFTER_STAGE,
    BEFORE_COMMIT,
    MID_COMMIT,
    AFTER_COMMIT,
    DURING_RESUME,
    DURING_CLEANUP;

    /** The system property that arms one of them. */
    public static final String PROPERTY = "millrace.failpoint";

    private static final Armed ARMED = Armed.of(System.getProperty(PROPERTY));

    /** The name in the property: {@code after-plan}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Says that the place is reached. */
    public void reached() {
        if (ARMED != null && ARMED.place == this) {
            ARMED.reached();
        }
    }

    private enum Action {
        KILL,
        THROW,
        HANG
    }

    private record Armed(Failpoint place, int at, Action action, AtomicInteger seen) {
        static Armed of(String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            String[] parts =
                    text.toUpperCase(java.util.Locale.ROOT).replace('-', '_').split(":", -1);
            try {
                return new Armed(
                        valueOf(parts[0]), Integer.parseInt(parts[1]), Action.valueOf(parts[2]), new AtomicInteger());
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
                throw MillraceException.user(PROPERTY + "=" + text + " is not NAME:N:kill|throw|hang");
            }
        }

        void reached() {
            if (seen.incrementAndGet() != at) {
                return;
            }
            switch (action) {
                case KILL -> Runtime.getRuntime().halt(137);
                case THROW -> throw new MillraceException(
                        ErrorKind.UNAVAILABLE, "failpoint " + place.label() + " was reached");
                case HANG -> {
                    try {
                        Thread.currentThread().join();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    }
}
