package io.millrace.testkit.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML whose scalars stay the texts that are written there: a case's types say what they are, not YAML's guess. */
final class PlainYaml {
    private PlainYaml() {}

    /** Maps in the order of the file, lists, texts, and null where an unquoted null is written. */
    static Object plain(Node node) {
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries(mapping).forEach((key, value) -> map.put(key, plain(value)));
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(element -> list.add(plain(element)));
            return list;
        }
        return node.getTag().equals(Tag.NULL) ? null : ((ScalarNode) node).getValue();
    }

    /** The values of a map by key; a key that occurs twice is refused. */
    static Map<String, Node> entries(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new IllegalArgumentException("must be a map" + place(node));
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            if (entries.put(key, tuple.getValueNode()) != null) {
                throw new IllegalArgumentException("the key '" + key + "' occurs twice" + place(tuple.getKeyNode()));
            }
        }
        return entries;
    }

    static String place(Node node) {
        return node.getStartMark()
                .map(mark -> " (line " + (mark.getLine() + 1) + ")")
                .orElse("");
    }

    /** The node as YAML text again, with every scalar as it was written. */
    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setWidth(Integer.MAX_VALUE)
                .setSplitLines(false)
                .build();
        new Dump(settings).dumpNode(node, new StreamDataWriter() {
            @Override
            public void write(String part) {
                text.append(part);
            }

            @Override
            public void write(String part, int offset, int length) {
                text.append(part, offset, offset + length);
            }
        });
        return text.toString();
    }
}
