package io.millrace.core.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.config.Leaf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Identifies everything in a definition that touches rows: what {@code extract}, {@code transform} and {@code load} say,
 * with references filled in, except that the window stays a reference and of a secret only the place counts. Values equal to
 * their default do not count, so neither does writing them out. Of values from the environment or another file only a hash
 * is kept. The code of plugins that touch rows counts too. Immutable.
 */
public final class DefinitionFingerprint {
    private static final int VERSION = 1;
    private static final Pattern WINDOW = Pattern.compile("(?<!\\$)\\$\\{window\\.");

    private final SortedMap<String, Entry> entries;

    private DefinitionFingerprint(SortedMap<String, Entry> entries) {
        this.entries = Collections.unmodifiableSortedMap(entries);
    }

    /**
     * Of a definition.
     *
     * @param files that steps were made with: their SHA-256 by path, or why there is none
     * @param plugins whose code touches rows: a hash of what each jar holds
     * @param touchesRows which paths count
     */
    static DefinitionFingerprint of(
            Map<String, Leaf> leaves,
            Map<String, String> files,
            Map<String, String> plugins,
            Predicate<String> touchesRows) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        leaves.forEach((path, leaf) -> {
            if (touchesRows.test(path)) {
                entries.put(path, new Entry(leaf.shown(), sha256(leaf.value())));
            }
        });
        files.forEach((path, hash) -> entries.put("transform, file " + path, new Entry(hash, sha256(hash))));
        plugins.forEach((jar, hash) -> entries.put("plugin " + jar, new Entry(hash, sha256(hash))));
        return new DefinitionFingerprint(entries);
    }

    /** The part of it that these paths make. */
    public DefinitionFingerprint only(Predicate<String> paths) {
        SortedMap<String, Entry> part = new TreeMap<>(entries);
        part.keySet().removeIf(path -> !paths.test(path));
        return new DefinitionFingerprint(part);
    }

    /** SHA-256 in hex. */
    public String hash() {
        StringBuilder all = new StringBuilder();
        entries.forEach((path, entry) ->
                all.append(path).append('\0').append(entry.hash()).append('\n'));
        return sha256(all.toString());
    }

    /**
     * The name of the connector that stands at one of these keys, {@code extract} for instance.
     *
     * @param roles the keys, the likeliest first
     */
    public Optional<String> connector(String... roles) {
        for (String role : roles) {
            String key = role + ".";
            SortedMap<String, Entry> behind = entries.tailMap(key);
            if (!behind.isEmpty() && behind.firstKey().startsWith(key)) {
                return Optional.of(behind.firstKey().substring(key.length()).split("\\.", 2)[0]);
            }
        }
        return Optional.empty();
    }

    /** True where a value depends on the run's window, by a reference to it. */
    public boolean mentionsWindow() {
        return entries.values().stream()
                .anyMatch(entry -> WINDOW.matcher(entry.shown()).find());
    }

    /** What differs in the other one, a line for each value; empty where they are equal. */
    public List<String> difference(DefinitionFingerprint other) {
        TreeSet<String> paths = new TreeSet<>(entries.keySet());
        paths.addAll(other.entries.keySet());
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            Entry here = entries.get(path);
            Entry there = other.entries.get(path);
            if (here == null) {
                lines.add(path + ": added, " + there.shown());
            } else if (there == null) {
                lines.add(path + ": removed, was " + here.shown());
            } else if (!here.hash().equals(there.hash())) {
                String values = here.shown().equals(there.shown())
                        ? here.shown() + ": has another value"
                        : here.shown() + " → " + there.shown();
                lines.add(path + ": " + values);
            }
        }
        return lines;
    }

    /** A canonical JSON text that {@link #parse} reads back. */
    public String toJson() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", VERSION);
        ArrayNode list = root.putArray("entries");
        entries.forEach((path, entry) ->
                list.addObject().put("path", path).put("shown", entry.shown()).put("hash", entry.hash()));
        return root.toString();
    }

    /** Reads what {@link #toJson} wrote. An internal error where it is something else. */
    public static DefinitionFingerprint parse(String json) {
        try {
            JsonNode root = new ObjectMapper().readTree(json);
            if (root.path("version").asInt() != VERSION) {
                throw new MillraceException(
                        ErrorKind.INTERNAL, "a stored definition has the unknown version " + root.path("version"));
            }
            SortedMap<String, Entry> entries = new TreeMap<>();
            for (JsonNode entry : root.path("entries")) {
                entries.put(
                        entry.path("path").asText(),
                        new Entry(
                                entry.path("shown").asText(), entry.path("hash").asText()));
            }
            return new DefinitionFingerprint(entries);
        } catch (JsonProcessingException e) {
            throw new MillraceException(ErrorKind.INTERNAL, "a stored definition is not JSON", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DefinitionFingerprint that && hash().equals(that.hash());
    }

    @Override
    public int hashCode() {
        return hash().hashCode();
    }

    @Override
    public String toString() {
        return hash();
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One value: how people see it, and what is compared. */
    private record Entry(String shown, String hash) {}
}
