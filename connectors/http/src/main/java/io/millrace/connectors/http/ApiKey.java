package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.util.Optional;

/** A key in a header or a query parameter. */
record ApiKey(
        @Setting(value = "The header that takes the key.", example = "X-Key") Optional<String> header,
        @Setting(value = "Or the query parameter that takes it.", example = "api_key") Optional<String> param,
        @Setting("The key.") Secret value)
        implements Auth {
    ApiKey {
        if (header.isPresent() == param.isPresent()) {
            throw new InvalidSetting("value", "needs one place: give header or param");
        }
        if (header.isPresent() && !header.get().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new InvalidSetting("header", "is not the name of a header");
        }
        if (param.isPresent() && param.get().isBlank()) {
            throw new InvalidSetting("param", "must not be empty");
        }
        if (header.isPresent()) {
            Auth.requireHeaderText("value", value);
        }
    }
}
