package io.millrace.core.config;

import io.millrace.api.TimeWindow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills in references in a tree's values (never in keys): {@code ${env:NAME}}, {@code ${env:NAME:-default}},
 * {@code ${file:PATH}}, {@code ${window.start}}, {@code ${window.end:yyyy-MM-dd}}. {@code $${} stands for {@code ${}. What is
 * filled in is not looked at again.
 */
public final class Interpolator {
    private final References references;
    private final Problems problems;

    /**
     * @param directory where relative {@code ${file:…}} paths begin
     * @param window the run's window, if it has one
     */
    public Interpolator(Environment environment, Path directory, Optional<TimeWindow> window, Problems problems) {
        this.references = new References(environment, directory, window);
        this.problems = problems;
    }

    /** The tree with its references filled in; a value whose references fail is broken, and a problem. */
    public YamlNode apply(YamlNode node) {
        return apply(node, "");
    }

    private YamlNode apply(YamlNode node, String path) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text().contains("${") ? scalar(scalar, path) : scalar;
        } else if (node instanceof YamlNode.Sequence sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                items.add(apply(sequence.items().get(i), KeyPath.join(path, i)));
            }
            return new YamlNode.Sequence(sequence.place(), items);
        } else if (node instanceof YamlNode.Mapping mapping) {
            List<YamlNode.Entry> entries = new ArrayList<>();
            for (YamlNode.Entry entry : mapping.entries()) {
                entries.add(new YamlNode.Entry(
                        entry.key(), entry.place(), apply(entry.value(), KeyPath.join(path, entry.key()))));
            }
            return new YamlNode.Mapping(mapping.place(), entries);
        }
        return node;
    }

    private YamlNode scalar(YamlNode.Scalar scalar, String path) {
        String source = scalar.text();
        StringBuilder text = new StringBuilder();
        StringBuilder stable = new StringBuilder();
        boolean outside = false;
        boolean window = false;
        boolean failed = false;
        int at = 0;
        for (int dollar = source.indexOf("${"); dollar >= 0; dollar = source.indexOf("${", at)) {
            boolean escaped = dollar > at && source.charAt(dollar - 1) == '$';
            String before = source.substring(at, escaped ? dollar - 1 : dollar);
            text.append(before);
            stable.append(before);
            int end = source.indexOf('}', dollar);
            if (escaped) {
                text.append("${");
                stable.append("${");
                at = dollar + 2;
                continue;
            }
            if (end < 0) {
                problems.add(
                        scalar.place(), path, "a reference '${' is not closed by '}'; write $${ if the text is meant");
                return new YamlNode.Broken(scalar.place());
            }
            String reference = source.substring(dollar + 2, end);
            try {
                String value = references.value(reference);
                text.append(value);
                if (References.isWindow(reference)) {
                    window = true;
                    stable.append("${").append(reference).append('}');
                } else {
                    outside = true;
                    problems.hideReferenced(value);
                    stable.append(value);
                }
            } catch (IllegalArgumentException e) {
                failed = true;
                problems.add(scalar.place(), path, e.getMessage());
            }
            at = end + 1;
        }
        if (failed) {
            return new YamlNode.Broken(scalar.place());
        }
        String rest = source.substring(at);
        Optional<YamlNode.Expansion> expansion = outside || window
                ? Optional.of(new YamlNode.Expansion(source, stable + rest, outside))
                : Optional.empty();
        return new YamlNode.Scalar(scalar.place(), text + rest, scalar.plain(), expansion);
    }
}
