package io.millrace.core.lineage;

import java.util.List;

/**
 * That a column has a part in a result.
 *
 * @param steps the labels of the steps by which it has, in the order of the pipeline; none where the value is passed on as it
 *     is
 */
public record Dependency(Origin origin, Part part, List<String> steps) {
    public Dependency {
        steps = List.copyOf(steps);
    }
}
