package io.millrace.core.expression.function;

import java.util.List;
import java.util.Locale;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * A user agent by the rules of uap-core.
 *
 * @param browser its family, such as {@code Chrome Mobile}
 * @param system the operating system's family, such as {@code Android}
 * @param device the device's family, such as {@code iPhone}
 * @param deviceClass bot, tv, tablet, mobile, desktop or other
 */
record UserAgent(String browser, String system, String device, String deviceClass) {
    /** Longer ones are made up, and the rules are regular expressions that may take long. */
    private static final int MAX_LENGTH = 1_024;

    private static final List<String> TELEVISIONS = List.of(
            "smart-tv",
            "smarttv",
            "smart tv",
            "appletv",
            "apple tv",
            "googletv",
            "android tv",
            "hbbtv",
            "netcast",
            "bravia",
            "roku");
    private static final List<String> DESKTOPS =
            List.of("windows", "mac os x", "linux", "ubuntu", "fedora", "debian", "chrome os", "freebsd", "openbsd");

    /** The rules, read from the library's resource when the first user agent is. */
    private static final class Rules {
        static final Parser PARSER = new Parser();
    }

    static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }

    static UserAgent of(String text) {
        Client client = Rules.PARSER.parse(text);
        return new UserAgent(
                client.userAgent.family,
                client.os.family,
                client.device.family,
                deviceClass(text.toLowerCase(Locale.ROOT), client));
    }

    private static String deviceClass(String text, Client client) {
        String system = client.os.family.toLowerCase(Locale.ROOT);
        if (client.device.family.equals("Spider")) {
            return "bot";
        } else if (TELEVISIONS.stream().anyMatch(text::contains)) {
            return "tv";
        } else if (text.contains("ipad")
                || text.contains("tablet")
                || text.contains("kindle")
                || system.equals("android") && !text.contains("mobile")) {
            return "tablet";
        } else if (text.contains("mobi") || system.equals("android") || system.equals("ios")) {
            return "mobile";
        }
        return DESKTOPS.stream().anyMatch(system::startsWith) ? "desktop" : "other";
    }
}
