package io.millrace.app.crash;

import io.millrace.api.Failpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Attempts at one run, each killed at a place, before one is let through.
 *
 * @param crashes in the order of the attempts
 */
record KillCase(List<Crash> crashes, Layout layout, int workers, int splitRows, int batchRows) {
    private static final List<Failpoint> IN_WORKERS = List.of(
            Failpoint.AFTER_SPLIT_OPEN,
            Failpoint.MID_READ,
            Failpoint.AFTER_TRANSFORM,
            Failpoint.BEFORE_WRITE,
            Failpoint.MID_WRITE,
            Failpoint.BEFORE_STAGE,
            Failpoint.AFTER_STAGE);

    /** The seeded tier: every failpoint, with two crashes in a row where the place asks for it. */
    static List<KillCase> seeded(Random random) {
        List<KillCase> cases = new ArrayList<>();
        for (Failpoint place : Failpoint.values()) {
            cases.add(any(crashes(place, 1 + random.nextInt(IN_WORKERS.contains(place) ? 8 : 3), random), random));
        }
        cases.add(any(List.of(new Crash(Failpoint.MID_COMMIT, 1), new Crash(Failpoint.MID_COMMIT, 2)), random));
        cases.add(any(List.of(new Crash(Failpoint.BEFORE_COMMIT, 1), new Crash(Failpoint.DURING_RESUME, 1)), random));
        cases.add(any(List.of(new Crash(Failpoint.AFTER_COMMIT, 1), new Crash(Failpoint.DURING_CLEANUP, 1)), random));
        return cases;
    }

    /** Every failpoint, count, layout and number of workers. */
    static List<KillCase> all(Random random) {
        List<KillCase> cases = new ArrayList<>();
        for (Failpoint place : Failpoint.values()) {
            for (int count = 1; count <= 8; count++) {
                for (Layout layout : Layout.values()) {
                    for (int workers = 1; workers <= 4; workers *= 2) {
                        KillCase any = any(crashes(place, count, random), random);
                        cases.add(new KillCase(any.crashes, layout, workers, any.splitRows, any.batchRows));
                    }
                }
            }
        }
        return cases;
    }

    private static List<Crash> crashes(Failpoint place, int count, Random random) {
        Crash earlier = new Crash(IN_WORKERS.get(random.nextInt(IN_WORKERS.size())), 2 + random.nextInt(6));
        return switch (place) {
            case DURING_RESUME, DURING_CLEANUP -> List.of(earlier, new Crash(place, count));
            case AFTER_PLAN,
                    AFTER_SPLIT_OPEN,
                    MID_READ,
                    AFTER_TRANSFORM,
                    BEFORE_WRITE,
                    MID_WRITE,
                    BEFORE_STAGE,
                    AFTER_STAGE,
                    BEFORE_COMMIT,
                    MID_COMMIT,
                    AFTER_COMMIT -> List.of(new Crash(place, count));
        };
    }

    private static KillCase any(List<Crash> crashes, Random random) {
        return new KillCase(
                crashes,
                Layout.any(random),
                1 + random.nextInt(3),
                2_000 + random.nextInt(1_300),
                500 + random.nextInt(1_500));
    }
}
