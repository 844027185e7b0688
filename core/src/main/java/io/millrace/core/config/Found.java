package io.millrace.core.config;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How messages speak of what was found. */
final class Found {
    private Found() {}

    /** "a list", "a map", or the text in quotes where it may be shown. */
    static String in(YamlNode node, Shape wanted) {
        if (node instanceof YamlNode.Scalar scalar) {
            return wanted.secret() ? "a single value" : scalar.shown();
        }
        return node instanceof YamlNode.Sequence ? "a list" : "a map";
    }

    /** What to write instead of this node where a list is wanted. */
    static String asList(YamlNode node, Shape.ListOf wanted) {
        if (node instanceof YamlNode.Scalar scalar
                && !wanted.secret()
                && scalar.text().length() <= 80) {
            String text = scalar.expansion().map(YamlNode.Expansion::source).orElse(UrlSecrets.hide(scalar.text()));
            return "; write [" + text + "]";
        }
        return "; found " + in(node, wanted);
    }

    /** A list of texts as one value, so that a list with one more item differs in one value. */
    static SortedMap<String, Leaf> oneLeaf(String path, int size, SortedMap<String, Leaf> items) {
        SortedMap<String, Leaf> one = new TreeMap<>();
        if (size > 0 && items.size() == size) {
            List<Leaf> inOrder = IntStream.range(0, size)
                    .mapToObj(i -> items.get(KeyPath.join(path, i)))
                    .toList();
            one.put(
                    path,
                    new Leaf(
                            inOrder.stream().map(Leaf::shown).collect(Collectors.joining(", ", "[", "]")),
                            inOrder.stream()
                                    .map(leaf -> leaf.value().length() + ":" + leaf.value())
                                    .collect(Collectors.joining(","))));
        }
        return one;
    }
}
