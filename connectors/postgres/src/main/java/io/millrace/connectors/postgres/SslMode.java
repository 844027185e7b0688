package io.millrace.connectors.postgres;

import java.util.Locale;

/** How a connection is encrypted, by PostgreSQL's names with '_' for '-'. */
enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** The name that the driver and libpq know. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads either spelling. IllegalArgumentException where it is not a mode. */
    static SslMode parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
