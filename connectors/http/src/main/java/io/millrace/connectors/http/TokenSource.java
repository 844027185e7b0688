package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.formats.json.InvalidJson;
import io.millrace.formats.json.JsonLimits;
import io.millrace.formats.json.JsonPage;
import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Access tokens of the OAuth 2.0 client credentials grant (RFC 6749, section 4.4). One is used until it nears its end. */
final class TokenSource {
    private static final int MAX_ANSWER = 1 << 20;
    private static final List<JsonPath> WANTED =
            List.of(JsonPath.of("access_token"), JsonPath.of("token_type"), JsonPath.of("expires_in"));

    private final Oauth2 settings;
    private final URI uri;
    private final Transport transport;
    private final Secrets secrets;
    private String token;
    private long goodUntil;

    TokenSource(Oauth2 settings, Duration timeout, Secrets secrets, NameService names) {
        this.settings = settings;
        this.uri = URI.create(settings.tokenUrl());
        this.transport = new Transport(timeout, MAX_ANSWER, Origin.of(uri), names);
        this.secrets = secrets;
    }

    /** A token that is good for some time; asks for one where there is none. */
    synchronized String token(Stop stop, Duration remaining) throws Failed {
        if (token == null || System.nanoTime() - goodUntil >= 0) {
            token = null;
            fetch(stop, remaining);
        }
        return token;
    }

    /** Forgets the token of a refused request, unless another thread has replaced it already. */
    synchronized void refused(String authorization) {
        if (authorization.equals("Bearer " + token)) {
            token = null;
        }
    }

    private void fetch(Stop stop, Duration remaining) throws Failed {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        settings.scope().ifPresent(scope -> form.put("scope", scope));
        form.putAll(settings.params());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        switch (settings.clientAuth()) {
            case BASIC -> request.header(
                    "Authorization",
                    Credentials.basic(
                            encoded(settings.clientId()),
                            encoded(settings.clientSecret().reveal())));
            case BODY -> {
                form.put("client_id", settings.clientId());
                form.put("client_secret", settings.clientSecret().reveal());
            }
        }
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        long asked = System.nanoTime();
        Answer answer;
        try {
            answer = transport.send(
                    request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), stop, remaining);
        } catch (Failed failed) {
            String problem = "no token from " + secrets.shown(uri) + ": " + failed.getMessage();
            throw failed.mayBeTriedAgain()
                    ? Failed.forNow(failed.kind(), problem, failed)
                    : Failed.finallyWith(failed.kind(), problem);
        }
        take(answer, asked);
    }

    private void take(Answer answer, long asked) throws Failed {
        String from = "the token server " + secrets.shown(uri);
        if (answer.status() == 429 || answer.status() >= 500) {
            throw Failed.forNow(
                    from + " answered " + answer.status(), RetryAfter.of(answer.headers(), Clock.systemUTC()));
        }
        if (answer.status() != 200) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    from + " answered " + answer.status() + ": " + secrets.scrubbed(answer.excerpt())
                            + "; check client_id, client_secret, scope and client_auth");
        }
        JsonPage page;
        try {
            page = JsonPage.values(answer.body(), WANTED, JsonLimits.DEFAULT);
        } catch (InvalidJson e) {
            throw Failed.forNow(ErrorKind.DENIED, from + " answered with what is not JSON", null);
        }
        Optional<String> given = page.value(0);
        boolean bearer = page.value(1).orElse("bearer").equalsIgnoreCase("bearer");
        if (given.isEmpty() || !bearer || !given.get().matches("[\\x21-\\x7e]+")) {
            throw Failed.finallyWith(ErrorKind.DENIED, from + " answered without a bearer token in access_token");
        }
        token = given.get();
        secrets.add(token);
        // Renewed when a tenth of its time is left, at most half a minute; without a time it is used until it is
        // refused.
        long seconds = page.value(2).map(TokenSource::seconds).orElse(Long.MAX_VALUE / 4_000_000_000L);
        goodUntil =
                asked + Duration.ofSeconds(seconds - Math.min(30, seconds / 10)).toNanos();
    }

    private static long seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return seconds >= 0 ? (long) Math.min(seconds, 1e9) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
