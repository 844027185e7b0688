package io.millrace.core.config;

import java.util.regex.Pattern;

/** Passwords inside URLs, which are ordinary text to everybody else. */
final class UrlSecrets {
    private static final Pattern USER_INFO = Pattern.compile("(://[^/?#\\s:@]*):[^/?#\\s@]+@");
    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&](?:password|token|secret)=)[^&\\s]+");

    private UrlSecrets() {}

    static String hide(String text) {
        return PARAMETER
                .matcher(USER_INFO.matcher(text).replaceAll("$1:******@"))
                .replaceAll("$1******");
    }

    /** True where a URL within this text carries a password. */
    static boolean within(String text) {
        return !hide(text).equals(text);
    }
}
