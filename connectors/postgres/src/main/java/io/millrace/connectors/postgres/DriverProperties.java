package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Suggestion;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The driver properties that a pipeline file may set. Others are refused: among them are some that load classes, write
 * files or run programs by name, and some that reading here relies on.
 */
final class DriverProperties {
    private static final Set<String> ALLOWED = Set.of(
            "ApplicationName",
            "channelBinding",
            "gssEncMode",
            "gssResponseTimeout",
            "jaasApplicationName",
            "kerberosServerName",
            "receiveBufferSize",
            "requireAuth",
            "sendBufferSize",
            "sslcert",
            "sslkey",
            "sslNegotiation",
            "sslResponseTimeout",
            "tcpNoDelay");

    private DriverProperties() {}

    /** Refuses a property that is not on the list, naming the nearest that is. */
    static void check(Map<String, String> properties) {
        for (String name : properties.keySet()) {
            if (!ALLOWED.contains(name)) {
                throw new InvalidSetting(
                        "properties",
                        "must not hold '" + name + "'" + Suggestion.didYouMean(name, ALLOWED) + "; allowed are "
                                + String.join(", ", new TreeSet<>(ALLOWED)));
            }
        }
    }
}
