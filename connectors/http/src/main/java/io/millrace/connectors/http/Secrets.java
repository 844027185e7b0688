package io.millrace.connectors.http;

import io.millrace.api.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of requests and answers may be shown and stored. Thread-safe. */
final class Secrets {
    private static final String HIDDEN = "******";
    private static final Pattern TELLING = Pattern.compile(
            "key|token|secret|passw|pwd|auth|sig|credential|session|jwt|code", Pattern.CASE_INSENSITIVE);
    private static final int SHORTEST = 4;

    private final List<String> values;
    private final Optional<String> parameter;
    private final Set<String> plainParameters;

    /**
     * @param parameter the query parameter that takes a key, if one does
     * @param plainParameters names of parameters that hold no secret, whatever they are called
     */
    Secrets(List<Secret> secrets, Optional<String> parameter, Set<String> plainParameters) {
        this.values =
                new CopyOnWriteArrayList<>(secrets.stream().map(Secret::reveal).toList());
        this.parameter = parameter;
        this.plainParameters = plainParameters;
    }

    static Secrets of(HttpSourceSettings settings) {
        Set<String> plain = settings.pagination()
                .flatMap(Pagination::parameter)
                .map(Set::of)
                .orElse(Set.of());
        Optional<Auth> auth = settings.auth();
        if (auth.isEmpty()) {
            return new Secrets(List.of(), Optional.empty(), plain);
        }
        if (auth.get() instanceof ApiKey key) {
            return new Secrets(List.of(key.value()), key.param(), plain);
        }
        Secret secret = auth.get() instanceof Bearer bearer
                ? bearer.token()
                : auth.get() instanceof Basic basic ? basic.password() : ((Oauth2) auth.get()).clientSecret();
        return new Secrets(List.of(secret), Optional.empty(), plain);
    }

    /** Hides one more value from now on: a token that was handed out. */
    void add(String value) {
        values.add(value);
    }

    /** The URI without our own key and without parameters that repeat a secret: the form to keep, and to send with a key. */
    URI stripped(URI uri) {
        return Query.without(uri, this::isOurs);
    }

    private boolean isOurs(Query.Parameter query) {
        return parameter.filter(query.name()::equals).isPresent()
                || !query.value().isEmpty() && values.contains(query.value());
    }

    /** The URI for messages: values of parameters that may be secret are hidden. */
    String shown(URI uri) {
        String text = uri.toString();
        int mark = text.indexOf('?');
        if (mark < 0) {
            return scrubbed(text);
        }
        List<String> shown = new ArrayList<>();
        for (Query.Parameter query : Query.of(uri)) {
            boolean hidden = isOurs(query)
                    || !plainParameters.contains(query.name())
                            && TELLING.matcher(query.name().toLowerCase(Locale.ROOT))
                                    .find();
            shown.add(hidden ? query.name() + '=' + HIDDEN : query.toString());
        }
        return scrubbed(text.substring(0, mark)) + '?' + shown.stream().collect(Collectors.joining("&"));
    }

    /** A text from outside, without our secrets. */
    String scrubbed(String text) {
        String clean = text;
        for (String value : values) {
            clean = value.length() < SHORTEST ? clean : clean.replace(value, HIDDEN);
        }
        return clean;
    }
}
