package io.millrace.app.init;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a new pipeline is to read, as a person types it.
 *
 * @param connector that reads there
 * @param settings that say where, with the keys and references of a pipeline file
 * @param subject what the pipeline could be named after: a table, a topic, a folder
 */
public record SourceAddress(String connector, Map<String, Object> settings, String subject) {
    private static final List<String> SCHEMES = List.of("postgresql", "kafka", "s3", "http", "https");
    private static final String FORMS = "postgresql://host:5432/database with --table, kafka://host:9092/topic,"
            + " s3://bucket/prefix, http(s)://…, or a file or folder of this machine";

    /** What the environment of the command and the command itself add to an address. */
    public record Surroundings(Map<String, String> variables, Path here, Path fileFolder) {}

    /**
     * Reads an address; a user error where it is none, or holds a password.
     *
     * @param table of a database, given apart
     */
    public static SourceAddress parse(String text, Optional<String> table, Surroundings around) {
        int end = text.indexOf("://");
        if (end < 0) {
            return local(text, table, around);
        }
        String scheme = text.substring(0, end);
        if (!scheme.equals("postgresql") && !scheme.equals("postgres") && table.isPresent()) {
            throw MillraceException.user("--table goes with postgresql://…; " + scheme + "://… says all of it itself");
        }
        return switch (scheme) {
            case "postgresql", "postgres" -> postgres(text, table, around.variables());
            case "kafka" -> kafka(text);
            case "s3" -> new SourceAddress("s3", settings("path", text), lastPart(text));
            case "http", "https" -> new SourceAddress(
                    "http", settings("url", text), lastPart(uri(text).getPath()));
            default -> throw MillraceException.user("'" + scheme + "://' is no source that can be guessed from"
                    + Suggestion.didYouMean(scheme, SCHEMES) + "; give " + FORMS);
        };
    }

    private static SourceAddress postgres(String text, Optional<String> table, Map<String, String> variables) {
        URI uri = uri(text);
        String named = table.orElseThrow(() -> MillraceException.user(
                "which table of " + withoutUser(uri) + "? Add --table NAME, or --table schema.name"));
        Map<String, Object> settings = settings("url", withoutUser(uri));
        String user = uri.getRawUserInfo();
        if (user != null && user.contains(":")) {
            throw MillraceException.user(
                    "the address holds a password, which the shell's history and the file would keep;"
                            + " set the variable PGPASSWORD and write postgresql://user@host/database");
        }
        settings.put("user", user == null ? "${env:PGUSER}" : user);
        if (!variables.getOrDefault("PGPASSWORD", "").isEmpty()) {
            settings.put("password", "${env:PGPASSWORD}");
        }
        settings.put("table", named);
        return new SourceAddress("postgres", settings, named.replaceFirst("^public\\.", ""));
    }

    private static String withoutUser(URI uri) {
        return "postgresql://" + uri.getRawAuthority().replaceFirst("^.*@", "") + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static SourceAddress kafka(String text) {
        String rest = text.substring("kafka://".length());
        int slash = rest.indexOf('/');
        if (slash < 1 || slash == rest.length() - 1) {
            throw MillraceException.user("kafka://… names brokers and a topic: kafka://host:9092/topic");
        }
        Map<String, Object> settings = settings("brokers", rest.substring(0, slash));
        settings.put("topic", rest.substring(slash + 1));
        return new SourceAddress("kafka", settings, rest.substring(slash + 1));
    }

    private static SourceAddress local(String text, Optional<String> table, Surroundings around) {
        Path path = around.here().resolve(text).normalize();
        String literal = text.replaceFirst("[*?\\[{].*", "");
        if (!Files.exists(around.here().resolve(literal))) {
            throw MillraceException.user("there is no file or folder " + text + " here; give " + FORMS);
        }
        if (table.isPresent()) {
            throw MillraceException.user("--table goes with postgresql://…, not with a folder");
        }
        String shown = Path.of(text).isAbsolute()
                ? text
                : around.fileFolder()
                        .relativize(around.here().resolve(text))
                        .normalize()
                        .toString();
        boolean delta = Files.isDirectory(path.resolve("_delta_log"));
        return new SourceAddress(
                delta ? "delta" : "files", settings("path", shown.isEmpty() ? "." : shown), lastPart(path.toString()));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (URISyntaxException bad) {
            // Not quoted: it may hold a password.
        }
        throw MillraceException.user("the address is not a URL; give " + FORMS);
    }

    private static String lastPart(String path) {
        String last = "";
        for (String part : (path == null ? "" : path).split("/")) {
            if (!part.isBlank() && !part.contains("*") && !part.endsWith(":")) {
                last = part;
            }
        }
        return last.replaceFirst("\\.(parquet|csv|jsonl|ndjson|json)(\\.gz|\\.zst)?$", "");
    }

    private static Map<String, Object> settings(String key, String value) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(key, value);
        return settings;
    }

    /** The subject as a pipeline may be named. */
    public String pipelineName() {
        String name = subject.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "pipeline" : name.substring(0, Math.min(100, name.length()));
    }

    /** The same with further settings, whose keys may be paths: {@code csv.delimiter}. */
    public SourceAddress with(Map<String, String> further) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        further.forEach((path, value) -> put(all, path, value));
        return new SourceAddress(connector, all, subject);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> into, String path, String value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            into.put(path, value);
            return;
        }
        Object below = into.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<String, Object>());
        if (!(below instanceof Map)) {
            throw MillraceException.user("--with " + path + ": '" + path.substring(0, dot) + "' has a value already");
        }
        put((Map<String, Object>) below, path.substring(dot + 1), value);
    }
}
