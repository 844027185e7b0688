package io.millrace.core.config;

import io.millrace.api.TimeWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What references stand for. IllegalArgumentException, with a message for the user, where they stand for nothing. */
final class References {
    /** The most bytes of a file that a reference names: secrets are short, and a wrong path should not fill memory. */
    static final int MAX_FILE = 64 * 1024;

    private static final Pattern ENVIRONMENT =
            Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final Pattern WINDOW = Pattern.compile("window\\.(start|end)(?::(.+))?");

    private final Environment environment;
    private final Path directory;
    private final Optional<TimeWindow> window;

    References(Environment environment, Path directory, Optional<TimeWindow> window) {
        this.environment = environment;
        this.directory = directory;
        this.window = window;
    }

    static boolean isWindow(String reference) {
        return reference.startsWith("window.");
    }

    /** @param reference without the braces */
    String value(String reference) {
        Matcher variable = ENVIRONMENT.matcher(reference);
        if (variable.matches()) {
            return variable(variable.group(1), Optional.ofNullable(variable.group(2)));
        }
        if (reference.startsWith("file:") && reference.length() > "file:".length()) {
            return file(reference.substring("file:".length()));
        }
        Matcher bound = WINDOW.matcher(reference);
        if (bound.matches()) {
            return window(bound.group(1), Optional.ofNullable(bound.group(2)));
        }
        throw new IllegalArgumentException("unknown reference '${" + reference
                + "}'; known are ${env:NAME}, ${env:NAME:-default}, ${file:PATH}, ${window.start}, ${window.end} and"
                + " ${window.start:yyyy-MM-dd}; write $${ if the text is meant");
    }

    private String variable(String name, Optional<String> otherwise) {
        if (otherwise.isPresent() && otherwise.get().contains("${")) {
            throw new IllegalArgumentException(
                    "the default of ${env:" + name + ":-…} holds a reference; references cannot be nested");
        }
        String value = environment.variables().get(name);
        if (otherwise.isPresent()) {
            return value == null || value.isEmpty() ? otherwise.get() : value;
        }
        if (value == null && environment.placeholders()) {
            return "env-" + name;
        }
        if (value == null) {
            throw new IllegalArgumentException(
                    "the environment variable " + name + " is not set; set it, or write ${env:" + name + ":-default}");
        }
        return value;
    }

    private String file(String name) {
        if (environment.placeholders()) {
            return "file-" + name;
        }
        Path path;
        try {
            path = directory.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'${file:" + name + "}' is not a path", e);
        }
        byte[] bytes;
        try (InputStream in = environment.files().open(path)) {
            bytes = in.readNBytes(MAX_FILE + 1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the file of ${file:" + name + "} does not exist: " + path, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file of ${file:" + name + "} cannot be read: " + path
                            + (Files.isDirectory(path) ? " is a directory" : ""),
                    e);
        }
        if (bytes.length > MAX_FILE) {
            throw new IllegalArgumentException(
                    "the file of ${file:" + name + "} is larger than " + MAX_FILE / 1024 + " KB: " + path);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file of ${file:" + name + "} is not UTF-8 text: " + path, e);
        }
    }

    private String window(String bound, Optional<String> pattern) {
        boolean start = bound.equals("start");
        Instant instant = window.flatMap(start ? TimeWindow::start : TimeWindow::end)
                .orElseThrow(() -> new IllegalArgumentException(
                        "${window." + bound + "} needs a run with a window; give --start and --end"));
        if (pattern.isEmpty()) {
            return instant.toString();
        }
        try {
            return DateTimeFormatter.ofPattern(pattern.get(), Locale.ROOT).format(instant.atOffset(ZoneOffset.UTC));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + pattern.get() + "' in ${window." + bound + ":…} is not a date pattern such as yyyy-MM-dd", e);
        }
    }
}
