package io.millrace.formats.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A place in documents to which paths lead or through which they pass. */
final class PathNode<T> {
    private final Map<String, PathNode<T>> names = new HashMap<>();
    private final List<PathNode<T>> elements = new ArrayList<>();
    private final List<T> here = new ArrayList<>();

    /** Adds something that a path leads to. */
    void add(List<JsonPath.Step> path, T item) {
        if (path.isEmpty()) {
            here.add(item);
            return;
        }
        PathNode<T> next;
        if (path.get(0) instanceof JsonPath.Index index) {
            while (elements.size() <= index.index()) {
                elements.add(null);
            }
            if (elements.get(index.index()) == null) {
                elements.set(index.index(), new PathNode<>());
            }
            next = elements.get(index.index());
        } else {
            next = names.computeIfAbsent(((JsonPath.Name) path.get(0)).name(), name -> new PathNode<>());
        }
        next.add(path.subList(1, path.size()), item);
    }

    /** What paths lead to here. */
    List<T> here() {
        return here;
    }

    /** The node of an object's key, or null where no path goes there. */
    PathNode<T> name(String key) {
        return names.get(key);
    }

    /** The node of an array's element, or null where no path goes there. */
    PathNode<T> element(int index) {
        return index < elements.size() ? elements.get(index) : null;
    }

    boolean hasNames() {
        return !names.isEmpty();
    }

    boolean hasElements() {
        return !elements.isEmpty();
    }

    /** Something that a path leads to below, or null where nothing is. */
    T anyBelow() {
        for (PathNode<T> child : names.values()) {
            return child.here.isEmpty() ? child.anyBelow() : child.here.get(0);
        }
        for (PathNode<T> child : elements) {
            if (child != null) {
                return child.here.isEmpty() ? child.anyBelow() : child.here.get(0);
            }
        }
        return null;
    }
}
