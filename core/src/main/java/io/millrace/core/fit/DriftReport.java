package io.millrace.core.fit;

import java.util.List;

/**
 * How today's data differs from what the fit files were learned from.
 *
 * @param extracted source rows of today
 * @param rejected of them, those that a step refused
 */
public record DriftReport(List<Drift> drifts, long extracted, long rejected) {
    public DriftReport {
        drifts = List.copyOf(drifts);
    }

    /** The columns whose index is above a limit. */
    public List<Drift> above(double limit) {
        return drifts.stream().filter(drift -> drift.index() > limit).toList();
    }
}
