package io.millrace.core.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the tree from the parser's events and refuses what the events show to be outside of our YAML. */
final class TreeBuilder {
    private static final int MAX_DEPTH = 64;

    private final Problems problems;
    private final MarkPlaces places;

    TreeBuilder(Problems problems, MarkPlaces places) {
        this.problems = problems;
        this.places = places;
    }

    void problem(Event event, String text) {
        problems.add(place(event), "", text);
    }

    YamlNode node(Iterator<Event> events, Event event, int depth) {
        if (depth > MAX_DEPTH) {
            problem(event, "values are nested deeper than " + MAX_DEPTH + " levels; nothing in the file needs that");
            throw new TooDeep();
        }
        boolean accepted = accepted((NodeEvent) event);
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            node = new YamlNode.Scalar(place(event), scalar.getValue(), scalar.isPlain(), Optional.empty());
        } else if (event instanceof AliasEvent) {
            node = new YamlNode.Broken(place(event));
        } else if (event instanceof MappingStartEvent) {
            node = mapping(events, event, depth);
        } else {
            node = sequence(events, event, depth);
        }
        return accepted ? node : new YamlNode.Broken(place(event));
    }

    private YamlNode sequence(Iterator<Event> events, Event start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(events, event, depth + 1));
        }
        return new YamlNode.Sequence(place(start), items);
    }

    private YamlNode mapping(Iterator<Event> events, Event start, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(events, event, depth + 1);
            YamlNode value = node(events, events.next(), depth + 1);
            if (key instanceof YamlNode.Scalar name) {
                entry(name, value, entries);
            } else if (!(key instanceof YamlNode.Broken)) {
                problems.add(key.place(), "", "a key must be text, not a list or a map");
            }
        }
        return new YamlNode.Mapping(place(start), List.copyOf(entries.values()));
    }

    private void entry(YamlNode.Scalar key, YamlNode value, Map<String, YamlNode.Entry> entries) {
        String name = key.text();
        if (key.plain() && name.equals("<<")) {
            problems.add(key.place(), "", "the merge key << is not part of YAML 1.2; write the keys out");
        } else if (key.isNull()) {
            problems.add(key.place(), "", "a key is missing before the ':'");
        } else if (entries.containsKey(name)) {
            Place first = entries.get(name).place();
            problems.add(
                    key.place(),
                    "",
                    "the key '" + name + "' is given twice"
                            + (first.line() == 0 ? "" : ", first in line " + first.line()) + "; remove one of them");
        } else {
            entries.put(name, new YamlNode.Entry(name, key.place(), value));
        }
    }

    private boolean accepted(NodeEvent event) {
        if (event instanceof AliasEvent) {
            problem(
                    event,
                    "aliases are not accepted; write the value out, or quote it if text that begins with * is meant");
            return false;
        }
        if (event.getAnchor().isPresent()) {
            problem(
                    event,
                    "anchors are not accepted; remove it, or quote the value if text that begins with & is meant");
            return false;
        }
        Optional<String> tag =
                event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag.isPresent()) {
            problem(event, "tags are not accepted; remove it, or quote the value if text that begins with ! is meant");
            return false;
        }
        return true;
    }

    private Place place(Event event) {
        return places.of(event.getStartMark().orElseGet(() -> new Mark("", 0, 0, 0, new int[0], 0)));
    }

    /** Ends the reading; its problem has been told. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooDeep() {
            super("nested too deeply");
        }
    }
}
