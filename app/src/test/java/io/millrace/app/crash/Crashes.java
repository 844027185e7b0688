package io.millrace.app.crash;

import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** What the command line of the build says about crash tests. */
public final class Crashes {
    private Crashes() {}

    /** {@code -Dmillrace.crash=all}: the whole instead of a seeded part. */
    public static boolean all() {
        return "all".equals(System.getProperty("millrace.crash"));
    }

    /** {@code -Dmillrace.crash.seed=…} repeats a run's choices; printed, so that there is something to repeat. */
    public static Random random(Class<?> test) {
        long seed = Optional.ofNullable(System.getProperty("millrace.crash.seed"))
                .map(Long::parseLong)
                .orElseGet(() -> RandomGenerator.getDefault().nextLong());
        System.out.println(test.getSimpleName() + ": repeat with -Dmillrace.crash.seed=" + seed);
        return new Random(seed);
    }

    /** Says on stdout why a test is skipped, as people read builds there. */
    public static void skipped(Class<?> test, String reason) {
        System.out.println("SKIPPED " + test.getSimpleName() + ": " + reason);
    }
}
