package io.millrace.core.lineage;

import io.millrace.api.data.Schema;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a step's output come from, and which columns decide about its rows.
 *
 * @param columns by output column
 * @param rows what has a part in which rows there are, and so in every column
 */
public record StepLineage(Map<String, Set<Use>> columns, Set<Use> rows) {
    /** That a column of the input, or of a table looked up in, has a part. */
    public record Use(Origin origin, Part part) {
        /** Of a column of the input. */
        public static Use of(String column, Part part) {
            return new Use(new Origin.Input(column), part);
        }
    }

    public StepLineage {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        rows = Set.copyOf(rows);
    }

    /** Of a step of which nothing is known but its columns. */
    public static StepLineage opaque(Schema input, Schema output) {
        Builder builder = new Builder();
        output.names().forEach(name -> builder.column(name, Part.VALUE, input.names()));
        return builder.rows(Part.FILTER, input.names()).build();
    }

    /** Collects what is known of a step. One thread. */
    public static final class Builder {
        private final Map<String, Set<Use>> columns = new LinkedHashMap<>();
        private final Set<Use> rows = new LinkedHashSet<>();

        /** Of a step that passes on all columns as they are, until told otherwise. */
        public static Builder passing(Schema input) {
            Builder builder = new Builder();
            input.names().forEach(name -> builder.column(name, Part.IDENTITY, List.of(name)));
            return builder;
        }

        /** Input columns that have a part in an output column, besides what is known of it. */
        public Builder column(String output, Part part, Collection<String> inputs) {
            inputs.forEach(input -> column(output, Use.of(input, part)));
            columns.computeIfAbsent(output, name -> new LinkedHashSet<>());
            return this;
        }

        /** One more use in an output column. */
        public Builder column(String output, Use use) {
            columns.computeIfAbsent(output, name -> new LinkedHashSet<>()).add(use);
            return this;
        }

        /** Forgets what is known of an output column. */
        public Builder without(String output) {
            columns.remove(output);
            return this;
        }

        /** Input columns that have a part in which rows there are. */
        public Builder rows(Part part, Collection<String> inputs) {
            inputs.forEach(input -> rows.add(Use.of(input, part)));
            return this;
        }

        /** One more use in which rows there are. */
        public Builder rows(Use use) {
            rows.add(use);
            return this;
        }

        /**
         * What orders rows: these columns, then all others.
         *
         * @param outputs the columns they decide; empty: they decide which rows there are
         */
        public Builder order(List<String> outputs, Schema input, List<String> order) {
            for (String name : input.names()) {
                Use use = Use.of(name, order.contains(name) ? Part.ORDER : Part.TIE_BREAK);
                if (outputs.isEmpty()) {
                    rows(use);
                }
                outputs.forEach(output -> column(output, use));
            }
            return this;
        }

        /** What is known of an output column so far. */
        public Set<Use> of(String output) {
            return columns.getOrDefault(output, Set.of());
        }

        public StepLineage build() {
            return new StepLineage(columns, rows);
        }
    }
}
