package io.millrace.connectors.http;

import io.millrace.api.Secret;
import io.millrace.api.Setting;

/** {@code Authorization: Bearer …}. */
record Bearer(@Setting(value = "The token.", inline = true, example = "${env:TOKEN}") Secret token) implements Auth {
    Bearer {
        Auth.requireHeaderText("bearer", token);
    }
}
