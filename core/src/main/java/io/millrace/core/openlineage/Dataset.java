package io.millrace.core.openlineage;

import java.net.URI;
import java.nio.file.Path;

/**
 * A data set as OpenLineage names it, told from how a source or target describes itself.
 *
 * @param namespace where it lies: {@code postgres://host:5432}, {@code kafka://host:9092}, {@code s3://bucket}, {@code file}
 * @param name within it: {@code database.schema.table}, a topic, a path
 */
record Dataset(String namespace, String name) {
    private static final String FILE = "file";

    /** Of a description such as {@code postgresql://host:5432/shop public.events} or {@code parquet /lake/events}. */
    static Dataset of(String description) {
        int space = description.indexOf(' ');
        String first = space < 0 ? description : description.substring(0, space);
        String rest = space < 0 ? "" : description.substring(space + 1);
        if (first.equals("parquet") || first.equals("delta")) {
            return stored(rest.replaceFirst(" (version|as of) .*$", ""));
        }
        if (first.startsWith("postgresql://")) {
            String address = first.substring("postgresql://".length());
            int slash = address.indexOf('/');
            return new Dataset("postgres://" + address.substring(0, slash), address.substring(slash + 1) + "." + rest);
        }
        if (first.matches("(rediss?|kafka)://.*")) {
            int slash = first.indexOf('/', first.indexOf("://") + 3);
            String inside = first.substring(slash + 1);
            return new Dataset(first.substring(0, slash), rest.isEmpty() ? inside : inside + "/" + rest);
        }
        if (first.matches("https?://.*")) {
            URI uri = URI.create(first);
            return new Dataset(uri.getScheme() + "://" + uri.getRawAuthority(), uri.getRawPath());
        }
        return stored(description);
    }

    private static Dataset stored(String place) {
        if (place.startsWith("s3://")) {
            int slash = place.indexOf('/', 5);
            return slash < 0
                    ? new Dataset(place, "/")
                    : new Dataset(place.substring(0, slash), place.substring(slash + 1));
        }
        return new Dataset(
                FILE,
                place.startsWith("/") ? place : Path.of(place).toAbsolutePath().toString());
    }
}
