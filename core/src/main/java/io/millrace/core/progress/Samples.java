package io.millrace.core.progress;

import io.millrace.core.progress.RunProgress.Sample;
import java.util.ArrayList;
import java.util.List;

/** A course of bounded length: where it becomes too long, every second point goes and points come half as often. One thread. */
final class Samples {
    private static final int MOST = 600;
    private static final long FIRST_STEP_MILLIS = 1_000;

    private final List<Sample> samples = new ArrayList<>();
    private long step = FIRST_STEP_MILLIS;

    /** Goes on with an earlier attempt's. */
    void restore(List<Sample> earlier) {
        samples.addAll(earlier.subList(0, Math.min(MOST, earlier.size())));
    }

    /** Takes the point, unless the last one is too near. */
    void add(Sample sample) {
        if (!samples.isEmpty() && sample.at() - last().at() < step) {
            return;
        }
        addAnyway(sample);
    }

    /** Takes the point: the first, and the last. */
    void addAnyway(Sample sample) {
        samples.add(sample);
        if (samples.size() > MOST) {
            List<Sample> kept = new ArrayList<>();
            for (int i = 0; i < samples.size(); i += 2) {
                kept.add(samples.get(i));
            }
            samples.clear();
            samples.addAll(kept);
            step *= 2;
        }
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    List<Sample> toList() {
        return List.copyOf(samples);
    }
}
