package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** The answer, or its header Link, holds the next page's URL, which must be of the configured origin. */
final class UrlPager implements Pager {
    private final Optional<JsonPath> path;
    private final Origin origin;
    private final Secrets secrets;
    private final SeenPages seen = new SeenPages();

    /** @param path of the URL in answers; empty: the header Link */
    UrlPager(Optional<JsonPath> path, Origin origin, Secrets secrets) {
        this.path = path;
        this.origin = origin;
        this.secrets = secrets;
    }

    @Override
    public URI uri(URI first, Optional<String> page) {
        return page.map(URI::create).orElse(first);
    }

    @Override
    public List<JsonPath> values() {
        return path.map(List::of).orElse(List.of());
    }

    @Override
    public Optional<String> next(PageAnswer answered) throws Failed {
        Optional<String> link = path.isPresent() ? answered.page().value(0) : LinkHeaders.next(answered.headers());
        if (link.filter(text -> !text.isBlank() && !text.equals("false")).isEmpty()) {
            return Optional.empty();
        }
        URI next;
        try {
            next = answered.request().resolve(new URI(link.get().strip()));
        } catch (URISyntaxException e) {
            throw Failed.finallyWith(ErrorKind.DENIED, "the next page's URL is none: " + e.getReason());
        }
        if (!origin.owns(next)) {
            throw Failed.finallyWith(
                    ErrorKind.DENIED,
                    "the next page's URL leads to " + secrets.scrubbed(foreign(next)) + " instead of " + origin
                            + ", and was not followed; set url to where the pages are, if that is right");
        }
        URI stripped = secrets.stripped(next);
        seen.add(answered.request().toString());
        seen.check(stripped.toString(), secrets.shown(stripped));
        return Optional.of(stripped.toString());
    }

    static String foreign(URI uri) {
        return uri.getScheme() + "://" + (uri.getHost() == null ? "…" : uri.getHost())
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
