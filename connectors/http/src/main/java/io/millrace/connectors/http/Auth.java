package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;

/** How requests show who asks. */
sealed interface Auth permits Bearer, Basic, ApiKey, Oauth2 {
    /** Refuses what cannot stand in a header. */
    static void requireHeaderText(String key, Secret secret) {
        if (secret.reveal().isBlank() || secret.reveal().chars().anyMatch(c -> c < ' ' || c > 126)) {
            throw new InvalidSetting(key, "must be printable ASCII text on one line, and not empty");
        }
    }
}
