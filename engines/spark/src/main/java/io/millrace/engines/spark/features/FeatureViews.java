package io.millrace.engines.spark.features;

import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.features.FeatureView;
import io.millrace.features.FeaturesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Views from their keys, for programs that read and write with Spark and so need no connectors. */
public final class FeatureViews {
    private FeatureViews() {}

    /**
     * The view of a features file's keys, as Java values: {@code extends}, {@code entity}, {@code measures} and so on.
     *
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong
     */
    public static FeatureView of(Map<String, ?> document) {
        Environment none = new Environment(Map.of(), Path.of("").toAbsolutePath());
        return FeaturesFile.ofMap(document, List.of(), Optional.empty(), none, Catalog.of(List.of(), List.of()))
                .definition()
                .view();
    }
}
