package io.millrace.engines.spark.features;

import io.millrace.core.measure.Measure;
import io.millrace.features.FeatureMeasure;
import io.millrace.features.FeatureView;
import java.util.HashSet;
import java.util.Set;

/** Which columns of events a view reads, so that Spark reads no others. */
final class NeededColumns {
    private final Set<String> names = new HashSet<>();
    private boolean all;

    private NeededColumns() {}

    static NeededColumns of(FeatureView view) {
        NeededColumns needed = new NeededColumns();
        needed.names.addAll(view.entity());
        needed.names.addAll(view.order());
        // Pairs go by the order of events.
        needed.all = view.pairs().isPresent();
        for (FeatureMeasure measure : view.measures().values()) {
            needed.add(measure.measure());
        }
        return needed;
    }

    private void add(Measure measure) {
        if (measure instanceof Measure.Filtered filtered) {
            names.addAll(filtered.condition().columns());
            add(filtered.measure());
        } else if (measure instanceof Measure.Combined combined) {
            combined.parts().forEach(this::add);
        } else if (measure instanceof Measure.Basic basic) {
            basic.argument().ifPresent(argument -> names.addAll(argument.columns()));
            // Events that tie in time and tie-break are told apart by all other columns.
            all |= basic instanceof Measure.First
                    || basic instanceof Measure.Last
                    || basic instanceof Measure.CollectList;
        }
    }

    boolean contains(String column) {
        return all || names.contains(column);
    }
}
