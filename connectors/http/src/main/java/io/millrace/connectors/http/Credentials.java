package io.millrace.connectors.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Puts on requests what shows who asks. Only for requests to the configured origin. Thread-safe. */
final class Credentials {
    private final Optional<Auth> auth;
    private final Optional<TokenSource> tokens;

    Credentials(Optional<Auth> auth, Optional<TokenSource> tokens) {
        this.auth = auth;
        this.tokens = tokens;
    }

    /** The URI with the key that belongs into it. */
    URI uri(URI uri) {
        return auth.isPresent()
                        && auth.get() instanceof ApiKey key
                        && key.param().isPresent()
                ? Query.with(uri, key.param().get(), key.value().reveal())
                : uri;
    }

    /** Adds the header; may ask for a token first. */
    void addTo(HttpRequest.Builder request, Stop stop, Duration remaining) throws Failed {
        if (auth.isEmpty()) {
            return;
        }
        if (auth.get() instanceof Bearer bearer) {
            request.setHeader("Authorization", "Bearer " + bearer.token().reveal());
        } else if (auth.get() instanceof Basic basic) {
            request.setHeader(
                    "Authorization", basic(basic.user(), basic.password().reveal()));
        } else if (auth.get() instanceof ApiKey key) {
            key.header().ifPresent(name -> request.setHeader(name, key.value().reveal()));
        } else if (tokens.isPresent()) {
            request.setHeader("Authorization", "Bearer " + tokens.get().token(stop, remaining));
        }
    }

    /** After a refusal: true where a new token may help. */
    boolean renew(HttpRequest refused) {
        tokens.ifPresent(source ->
                source.refused(refused.headers().firstValue("Authorization").orElse("")));
        return tokens.isPresent();
    }

    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
