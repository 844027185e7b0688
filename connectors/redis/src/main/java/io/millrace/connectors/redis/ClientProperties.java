package io.millrace.connectors.redis;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Suggestion;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLParameters;

/** The further properties of the connection that a pipeline file may set, all of which are known here. */
record ClientProperties(Map<String, String> values) {
    private static final String CLIENT_NAME = "client_name";
    private static final String TLS_PROTOCOLS = "tls_protocols";
    private static final String TLS_CIPHERS = "tls_ciphers";
    private static final Set<String> ALLOWED = Set.of(CLIENT_NAME, TLS_PROTOCOLS, TLS_CIPHERS);

    /** Refuses a property that is not known, naming the nearest that is, and a name that the server would refuse. */
    ClientProperties {
        values = Map.copyOf(values);
        for (String name : values.keySet()) {
            if (!ALLOWED.contains(name)) {
                throw new InvalidSetting(
                        "properties",
                        "must not hold '" + name + "'" + Suggestion.didYouMean(name, ALLOWED) + "; allowed are "
                                + String.join(", ", new TreeSet<>(ALLOWED)));
            }
        }
        if (!values.getOrDefault(CLIENT_NAME, "x").matches("[!-~]+")) {
            throw new InvalidSetting("properties", "has a client_name that is not plain ASCII without blanks");
        }
    }

    /** How the server lists our connections. */
    String clientName() {
        return values.getOrDefault(CLIENT_NAME, "millrace");
    }

    /** The lists are separated by commas; absent: what the JDK allows. */
    SSLParameters sslParameters() {
        SSLParameters parameters = new SSLParameters();
        if (values.containsKey(TLS_PROTOCOLS)) {
            parameters.setProtocols(values.get(TLS_PROTOCOLS).split("\\s*,\\s*"));
        }
        if (values.containsKey(TLS_CIPHERS)) {
            parameters.setCipherSuites(values.get(TLS_CIPHERS).split("\\s*,\\s*"));
        }
        return parameters;
    }
}
