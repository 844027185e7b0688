package io.millrace.connectors.http;

import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.util.Map;
import java.util.Optional;

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
    Oauth2 {
        params = Map.copyOf(params);
        Origin.checkUrl("token_url", tokenUrl);
    }
}
