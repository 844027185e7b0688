package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.NumberReader;
import io.millrace.core.learned.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers the ranges between edges: 0 below the first edge, 1 from it on, and so on. */
public record Bucket(
        @Setting(value = "Where buckets begin, ascending.", example = "[0, 10, 100]") List<Double> edges,
        @Setting(value = "With fit: how many buckets of about equal counts are learned.", example = "10")
                Optional<Integer> count,
        @Setting(
                        value = "The file with edges as learned by millrace fit, relative to the pipeline file.",
                        example = "state/price.json")
                Optional<String> fit)
        implements Rule {
    private static final int MOST = 1000;

    public Bucket {
        edges = List.copyOf(edges);
        Parameters.requireOneOf("edges", !edges.isEmpty(), fit);
        if (fit.isPresent() != count.isPresent()) {
            throw new IllegalArgumentException(
                    fit.isPresent()
                            ? "needs count, the number of buckets to learn"
                            : "count is what fit learns; remove it, or name a file with  fit");
        }
        if (count.isPresent() && (count.get() < 2 || count.get() > MOST)) {
            throw new InvalidSetting("count", "must be from 2 to " + MOST);
        }
        for (int i = 0; i < edges.size(); i++) {
            if (!Double.isFinite(edges.get(i)) || i > 0 && edges.get(i - 1) >= edges.get(i)) {
                throw new InvalidSetting("edges", "must be finite numbers, each above the one before");
            }
        }
    }

    @Override
    public String kind() {
        return "bucket";
    }

    @Override
    public Optional<Learned> given() {
        return edges.isEmpty() ? Optional.empty() : Optional.of(Learned.ofEdges(edges));
    }

    @Override
    public Map<String, String> learnedWith() {
        return count.map(buckets -> Map.of("count", buckets.toString())).orElse(Map.of());
    }

    @Override
    public Learner learner(DataType type) {
        NumberReader.require(type, kind());
        return new NumberLearner();
    }

    @Override
    public Learned learn(Learner learner) {
        Quantiles seen = Parameters.numbers(learner).quantiles();
        List<Double> found = new ArrayList<>();
        int buckets = count.orElseThrow();
        for (int i = 1; i < buckets; i++) {
            double edge = seen.at((double) i / buckets);
            // Where many values are equal, several quantiles are one edge.
            if (found.isEmpty() || found.get(found.size() - 1) < edge) {
                found.add(edge);
            }
        }
        return Learned.ofEdges(found);
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new BucketKernel(
                input,
                name,
                parameters.edges().stream().mapToDouble(Double::doubleValue).toArray());
    }
}
