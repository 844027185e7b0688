package io.millrace.storage;

import java.util.Comparator;

/** What may be a key, and the order of keys. */
final class Keys {
    /** The order of the keys' UTF-8 bytes, which is that of their code points. */
    static final Comparator<String> ORDER = Keys::compare;

    private Keys() {}

    static String require(String key) {
        for (String part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("'" + key + "' is not a key: it has a part '" + part + "'");
            }
        }
        return key;
    }

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                // A surrogate stands for a code point above all others.
                boolean surrogates = Character.isSurrogate(left) != Character.isSurrogate(right);
                return surrogates ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
