package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.util.Map;
import java.util.Optional;

/** How requests show who asks. */
sealed interface Auth {
    /** {@code Authorization: Bearer …}. */
    record Bearer(@Setting(value = "The token.", inline = true, example = "${env:TOKEN}") Secret token)
            implements Auth {
        public Bearer {
            requireHeaderText("bearer", token);
        }
    }

    /** {@code Authorization: Basic …}. */
    record Basic(@Setting("The user's name, without a colon.") String user, @Setting("The password.") Secret password)
            implements Auth {
        public Basic {
            if (user.isEmpty() || user.contains(":")) {
                throw new InvalidSetting("user", "must be a name without a colon");
            }
        }
    }

    /** A key in a header or a query parameter. */
    record ApiKey(
            @Setting(value = "The header that takes the key.", example = "X-Key") Optional<String> header,
            @Setting(value = "Or the query parameter that takes it.", example = "api_key") Optional<String> param,
            @Setting("The key.") Secret value)
            implements Auth {
        public ApiKey {
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
                requireHeaderText("value", value);
            }
        }
    }

    /** A token of the OAuth 2.0 client credentials grant, fetched when needed and again before it runs out. */
    record Oauth2(
            @Setting(value = "Where tokens are given out.", example = "https://login.example.com/oauth2/token")
                    String tokenUrl,
            @Setting("The client's id.") String clientId,
            @Setting("The client's secret.") Secret clientSecret,
            @Setting(value = "What to ask for, separated by spaces.", example = "events.read") Optional<String> scope,
            @Setting(value = "Further fields of the token request.", example = "{audience: https://api.example.com}")
                    Map<String, String> params,
            @Setting(value = "Where id and secret stand in the token request.", defaultValue = "basic")
                    ClientAuth clientAuth)
            implements Auth {
        public Oauth2 {
            params = Map.copyOf(params);
            Origin.checkUrl("token_url", tokenUrl);
        }
    }

    /** Where an OAuth client's id and secret stand. */
    enum ClientAuth {
        /** In a Basic authorization header, as the standard prefers. */
        BASIC,
        /** In the form that is sent. */
        BODY
    }

    private static void requireHeaderText(String key, Secret secret) {
        if (secret.reveal().isBlank() || secret.reveal().chars().anyMatch(c -> c < ' ' || c > 126)) {
            throw new InvalidSetting(key, "must be printable ASCII text on one line, and not empty");
        }
    }
}
