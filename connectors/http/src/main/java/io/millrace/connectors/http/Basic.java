package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;

/** {@code Authorization: Basic …}. */
record Basic(@Setting("The user's name, without a colon.") String user, @Setting("The password.") Secret password)
        implements Auth {
    Basic {
        if (user.isEmpty() || user.contains(":")) {
            throw new InvalidSetting("user", "must be a name without a colon");
        }
    }
}
