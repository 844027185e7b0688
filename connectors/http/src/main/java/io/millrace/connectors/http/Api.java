package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.formats.json.InvalidJson;
import io.millrace.formats.json.JsonLimits;
import io.millrace.formats.json.JsonPage;
import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks for pages until each has been answered, or it is clear that none will be. Thread-safe. */
final class Api {
    private static final int MAX_REDIRECTS = 5;
    private static final int NO_CONTENT = 204;
    private static final byte[] NO_RECORDS = {'[', ']'};
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Answers that may be others in a moment. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529);

    private final Origin origin;
    private final Transport transport;
    private final Credentials credentials;
    private final Pace pace;
    private final Secrets secrets;
    private final RetryPolicy retry;
    private final Map<String, String> headers;
    private final Optional<JsonPath> records;
    private final JsonLimits limits;
    private final Clock clock;

    Api(HttpSourceSettings settings, Secrets secrets, RetryPolicy retry, Clock clock, NameService names) {
        this.origin = Origin.of(URI.create(settings.url()));
        this.secrets = secrets;
        this.transport =
                new Transport(settings.timeout(), settings.limits().response().bytes(), origin, names);
        Optional<TokenSource> tokens = settings.auth()
                .filter(Oauth2.class::isInstance)
                .map(Oauth2.class::cast)
                .map(oauth -> new TokenSource(oauth, settings.timeout(), secrets, names));
        this.credentials = new Credentials(settings.auth(), tokens);
        this.pace = new Pace(settings.rateLimit());
        this.retry = retry;
        this.headers = settings.headers();
        this.records = settings.recordsPath();
        this.limits = settings.limits().json();
        this.clock = clock;
    }

    /** A page, and the name of the one behind it. */
    record Fetched(PageAnswer answer, Optional<String> next) {}

    /** Asks for the page of a name, and reads and checks it whole. */
    Fetched page(Pager pager, URI first, Optional<String> name, Stop stop, Budget budget) {
        URI uri = pager.uri(first, name);
        int number = budget.pages() + 1;
        for (int attempt = 1; ; attempt++) {
            String asking = "GET " + secrets.shown(uri) + " (page " + number + ", attempt " + attempt + " of "
                    + retry.attempts() + ")";
            budget.checkNext(asking);
            try {
                Answer answer = answer(uri, stop, budget, asking);
                JsonPage read = read(answer, pager.values());
                PageAnswer page = new PageAnswer(name, uri, answer.headers(), answer.body(), read);
                Fetched fetched = new Fetched(page, pager.next(page));
                budget.read(answer.body().length);
                return fetched;
            } catch (Failed failed) {
                String problem = asking + ": " + failed.getMessage();
                if (!failed.mayBeTriedAgain() || attempt >= retry.attempts()) {
                    throw new MillraceException(kind(failed, number), problem, failed.getCause());
                }
                Duration own = retry.delay(attempt);
                Duration wait = failed.wait(own).orElse(own);
                if (wait.compareTo(budget.remaining(asking)) >= 0) {
                    throw new MillraceException(
                            failed.kind(),
                            problem + "; waiting " + wait.toSeconds() + "s as the server asks would exceed limits.time",
                            failed.getCause());
                }
                if (failed.wait(own).isPresent()) {
                    pace.hold(wait);
                } else {
                    stop.pause(wait);
                }
            }
        }
    }

    /** What the pipeline file names does not exist only where nothing has been read yet. */
    private static ErrorKind kind(Failed failed, int page) {
        return failed.kind() == ErrorKind.USER && page > 1 ? ErrorKind.DENIED : failed.kind();
    }

    private Answer answer(URI first, Stop stop, Budget budget, String asking) throws Failed {
        URI uri = first;
        boolean renewed = false;
        for (int redirects = 0; ; ) {
            pace.await(stop);
            Duration remaining = budget.remaining(asking);
            HttpRequest.Builder builder =
                    HttpRequest.newBuilder(credentials.uri(uri)).GET();
            builder.header("Accept", "application/json").header("Accept-Encoding", "gzip");
            headers.forEach(builder::setHeader);
            credentials.addTo(builder, stop, remaining);
            HttpRequest request = builder.build();
            Answer answer = transport.send(request, stop, remaining);
            if (answer.status() == 401 && !renewed && credentials.renew(request)) {
                renewed = true;
            } else if (REDIRECTS.contains(answer.status())) {
                if (++redirects > MAX_REDIRECTS) {
                    throw Failed.finallyWith(ErrorKind.DENIED, "more than " + MAX_REDIRECTS + " redirects");
                }
                uri = redirected(uri, answer);
            } else {
                return checked(answer);
            }
        }
    }

    private URI redirected(URI from, Answer answer) throws Failed {
        String location = answer.headers().firstValue("location").orElse("");
        URI to;
        try {
            to = from.resolve(new URI(location.strip()));
        } catch (URISyntaxException e) {
            throw Failed.finallyWith(ErrorKind.DENIED, "the server redirects to what is no URL");
        }
        if (location.isBlank() || !origin.owns(to)) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the server redirects to " + secrets.scrubbed(UrlPager.foreign(to)) + ", which is not " + origin
                            + ", and was not followed; set url to where the API is");
        }
        return secrets.stripped(to);
    }

    private Answer checked(Answer answer) throws Failed {
        int status = answer.status();
        if (status == 200 || status == NO_CONTENT) {
            return answer;
        }
        String problem = "the server answered " + status
                + (answer.excerpt().isEmpty() ? "" : ": " + secrets.scrubbed(answer.excerpt()));
        if (PASSING.contains(status)) {
            throw Failed.forNow(problem, RetryAfter.of(answer.headers(), clock));
        }
        if (status == 401 || status == 403 || status == 407) {
            throw Failed.finallyWith(ErrorKind.DENIED, problem + "; check auth, and what it may read");
        }
        if (status >= 400 && status < 500) {
            throw Failed.finallyWith(ErrorKind.USER, problem + "; check url, params and pagination");
        }
        throw Failed.finallyWith(ErrorKind.DENIED, problem);
    }

    private JsonPage read(Answer answer, List<JsonPath> values) throws Failed {
        JsonPage page;
        try {
            page = answer.status() == NO_CONTENT
                    ? JsonPage.read(NO_RECORDS, 0, NO_RECORDS.length, Optional.empty(), values, limits)
                    : JsonPage.read(answer.body(), 0, answer.body().length, records, values, limits);
        } catch (InvalidJson e) {
            // Cut off, or a proxy's page of the moment: another attempt may get the real one.
            throw Failed.forNow(
                    ErrorKind.DENIED,
                    "the answer cannot be read: " + e.getMessage() + "; it is " + answer.contentType() + ", "
                            + answer.body().length + " bytes: " + secrets.scrubbed(answer.excerpt()),
                    null);
        }
        if (!page.hasRecords()) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the answer has nothing at "
                            + records.map(JsonPath::toString).orElse("its top") + " (records): "
                            + secrets.scrubbed(answer.excerpt()));
        }
        return page;
    }
}
