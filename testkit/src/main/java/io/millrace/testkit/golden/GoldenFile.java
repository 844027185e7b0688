package io.millrace.testkit.golden;

import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a file of golden cases. IllegalArgumentException where it is not one; the message names the case. */
final class GoldenFile {
    private static final Set<String> KEYS = Set.of("name", "columns", "rows", "splits", "files", "steps", "expect");
    private static final Set<String> EXPECT_KEYS =
            Set.of("columns", "rows", "rejects", "filtered", "deduplicated", "warnings", "error");
    private static final Set<String> REJECT_KEYS = Set.of("row", "rows", "step", "column", "reason");

    private final String file;

    private GoldenFile(String file) {
        this.file = file;
    }

    static List<GoldenCase> read(String file, String text) {
        Node root = new Compose(LoadSettings.builder().setLabel(file).build())
                .composeString(text)
                .orElseThrow(() -> new IllegalArgumentException(file + " is empty"));
        List<GoldenCase> cases = new ArrayList<>();
        for (Node node : ((SequenceNode) root).getValue()) {
            try {
                cases.add(new GoldenFile(file).golden(node));
            } catch (RuntimeException wrong) {
                throw new IllegalArgumentException(
                        file + ", case" + PlainYaml.place(node) + ": " + wrong.getMessage(), wrong);
            }
        }
        return cases;
    }

    private GoldenCase golden(Node node) {
        Map<String, Node> keys = known(node, KEYS);
        Schema columns = Cells.schema(PlainYaml.plain(required(keys, "columns")));
        List<List<Map<String, Object>>> splits = new ArrayList<>();
        if (keys.containsKey("splits")) {
            list(keys, "splits").forEach(split -> splits.add(Cells.records((List<?>) split, columns)));
        } else {
            splits.add(Cells.records(list(keys, "rows"), columns));
        }
        Map<String, String> files = new LinkedHashMap<>();
        if (keys.containsKey("files")) {
            PlainYaml.entries(keys.get("files"))
                    .forEach((path, text) -> files.put(path, (String) PlainYaml.plain(text)));
        }
        SequenceNode steps = (SequenceNode) required(keys, "steps");
        return new GoldenCase(
                file,
                text(keys, "name").orElseThrow(() -> new IllegalArgumentException("has no name")),
                columns,
                splits,
                PlainYaml.text(steps),
                files,
                expectation(known(required(keys, "expect"), EXPECT_KEYS), onlyStep(steps)));
    }

    /** What rejects call the step where the case does not say it. */
    private static Optional<String> onlyStep(SequenceNode steps) {
        return steps.getValue().size() == 1
                ? PlainYaml.entries(steps.getValue().get(0)).keySet().stream().findFirst()
                : Optional.empty();
    }

    private static GoldenExpectation expectation(Map<String, Node> keys, Optional<String> onlyStep) {
        if (!keys.containsKey("error") && !keys.containsKey("rows")) {
            throw new IllegalArgumentException("expect must have rows or an error");
        }
        List<GoldenReject> rejects = new ArrayList<>();
        if (keys.containsKey("rejects")) {
            for (Node reject : ((SequenceNode) keys.get("rejects")).getValue()) {
                rejects.addAll(rejects(known(reject, REJECT_KEYS), onlyStep));
            }
        }
        return new GoldenExpectation(
                Optional.ofNullable(keys.get("columns")).map(PlainYaml::plain).map(Cells::schema),
                keys.containsKey("rows") ? list(keys, "rows") : List.of(),
                rejects,
                text(keys, "filtered").map(Long::parseLong).orElse(0L),
                text(keys, "deduplicated").map(Long::parseLong).orElse(0L),
                keys.containsKey("warnings")
                        ? list(keys, "warnings").stream()
                                .map(String.class::cast)
                                .toList()
                        : List.of(),
                text(keys, "error"));
    }

    /** Rows refused for one reason. */
    private static List<GoldenReject> rejects(Map<String, Node> keys, Optional<String> onlyStep) {
        String step = text(keys, "step")
                .or(() -> onlyStep)
                .orElseThrow(
                        () -> new IllegalArgumentException("a reject must name its step, since there are several"));
        String reason =
                text(keys, "reason").orElseThrow(() -> new IllegalArgumentException("a reject must say its reason"));
        List<?> rows = keys.containsKey("rows")
                ? list(keys, "rows")
                : List.of(text(keys, "row").orElse("-1"));
        return rows.stream()
                .map(row -> new GoldenReject(
                        Long.parseLong((String) row), step, text(keys, "column").orElse(null), reason))
                .toList();
    }

    private static Map<String, Node> known(Node node, Set<String> known) {
        Map<String, Node> keys = PlainYaml.entries(node);
        keys.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("unknown key '" + key + "'" + PlainYaml.place(value));
            }
        });
        return keys;
    }

    private static Node required(Map<String, Node> keys, String key) {
        return Optional.ofNullable(keys.get(key))
                .orElseThrow(() -> new IllegalArgumentException("the key '" + key + "' is missing"));
    }

    private static List<Object> list(Map<String, Node> keys, String key) {
        List<Object> list = new ArrayList<>();
        ((SequenceNode) required(keys, key)).getValue().forEach(element -> list.add(PlainYaml.plain(element)));
        return list;
    }

    private static Optional<String> text(Map<String, Node> keys, String key) {
        return Optional.ofNullable(keys.get(key)).map(PlainYaml::plain).map(String.class::cast);
    }
}
