package io.millrace.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whom a {@link ScriptedApi} answers, if not everybody: values of the header Authorization, of X-Key, or of api_key. */
final class ApiKeys {
    private final Set<String> authorizations = new HashSet<>();
    private Optional<String> key = Optional.empty();
    private Optional<String> client = Optional.empty();
    private int tokens;

    synchronized void bearer(String token) {
        authorizations.add("Bearer " + token);
    }

    synchronized void basic(String user, String password) {
        authorizations.add("Basic " + base64(user + ":" + password));
    }

    synchronized void key(String value) {
        key = Optional.of(value);
    }

    synchronized void client(String id, String secret) {
        client = Optional.of(id + ":" + secret);
    }

    synchronized boolean admits(ApiRequest request) {
        if (authorizations.isEmpty() && key.isEmpty() && client.isEmpty()) {
            return true;
        }
        return request.header("authorization").filter(authorizations::contains).isPresent()
                || key.isPresent()
                        && (request.header("x-key").equals(key)
                                || Optional.ofNullable(request.parameters().get("api_key"))
                                        .equals(key));
    }

    /** A new token for the client that the header names, or whose id and secret are given; it replaces those before. */
    synchronized Optional<String> token(Optional<String> authorization, String id, String secret) {
        Optional<String> asking = authorization
                .map(header -> new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8))
                .or(() -> Optional.of(id + ":" + secret));
        if (!asking.equals(client)) {
            return Optional.empty();
        }
        authorizations.clear();
        String token = "token-" + ++tokens;
        bearer(token);
        return Optional.of(token);
    }

    /** Forgets all tokens: who has one gets 401 until it asks for another. */
    synchronized void forgetTokens() {
        authorizations.clear();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
