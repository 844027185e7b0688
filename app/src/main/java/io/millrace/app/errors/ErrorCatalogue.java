package io.millrace.app.errors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * All known errors, in the order of their codes: F of files and commands, S of sources and targets, R of runs, M of the
 * machine. Read when first asked for. Thread-safe.
 */
public final class ErrorCatalogue {
    private static final String RESOURCE = "/errors.yaml";
    /** {@code file:line:column: }. */
    private static final Pattern PLACE = Pattern.compile("\\S+:\\d+:\\d+: ");

    private ErrorCatalogue() {}

    private static final class Loaded {
        private static final List<KnownError> ERRORS = load();
    }

    /** Every entry. */
    public static List<KnownError> all() {
        return Loaded.ERRORS;
    }

    /** The entry of a code, in any letter case. */
    public static Optional<KnownError> of(String code) {
        return all().stream()
                .filter(error -> error.code().equalsIgnoreCase(code))
                .findFirst();
    }

    /**
     * The codes of what a message tells; none where it is not known. Of a file each line tells of another place, and may have
     * another code; otherwise the first line that is known says what it is about.
     */
    public static Set<String> codes(String message) {
        Set<String> codes = new LinkedHashSet<>();
        for (String line : message.split("\n")) {
            boolean ofPlace = PLACE.matcher(line).lookingAt();
            if (ofPlace || codes.isEmpty()) {
                all().stream()
                        .filter(error -> error.says().matcher(line).find())
                        .findFirst()
                        .ifPresent(error -> codes.add(error.code()));
            }
        }
        return codes;
    }

    /** The line that leads from a message to the catalogue, if it knows the message. */
    public static Optional<String> hint(String message) {
        Set<String> codes = codes(message);
        return codes.isEmpty() ? Optional.empty() : Optional.of("more: millrace explain " + String.join(" ", codes));
    }

    private static List<KnownError> load() {
        try (InputStream resource = ErrorCatalogue.class.getResourceAsStream(RESOURCE)) {
            List<?> entries = (List<?>) new Load(LoadSettings.builder().build()).loadFromInputStream(resource);
            List<KnownError> errors = new ArrayList<>();
            for (Object one : entries) {
                Map<?, ?> entry = (Map<?, ?>) one;
                errors.add(new KnownError(
                        text(entry, "code"),
                        text(entry, "title"),
                        Pattern.compile(text(entry, "says")),
                        text(entry, "cause"),
                        text(entry, "fix")));
            }
            return List.copyOf(errors);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Map<?, ?> entry, String key) {
        return entry.get(key).toString().strip();
    }
}
