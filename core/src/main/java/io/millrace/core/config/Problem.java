package io.millrace.core.config;

/**
 * Something wrong, or worth a warning, at a place.
 *
 * @param path the keys that lead there, joined by dots; empty for the file as a whole
 * @param text what is wrong and what would be right; never a secret
 */
public record Problem(Place place, String path, String text) {
    /** {@code file:line:column: key.path: text}. */
    @Override
    public String toString() {
        String at = place.toString();
        return (at.isEmpty() ? "" : at + ": ") + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
