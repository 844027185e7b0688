package io.millrace.core.config;

/**
 * A value that was bound, for comparing definitions.
 *
 * @param shown for people: the value, or the reference it came from; never a secret
 * @param value what is compared
 */
public record Leaf(String shown, String value) {
    static Leaf of(String value) {
        return new Leaf(UrlSecrets.hide(value), value);
    }
}
