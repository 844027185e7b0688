package io.millrace.connectors.http;

import io.millrace.formats.json.JsonPath;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** All records in one answer. */
final class SinglePage implements Pager {
    @Override
    public URI uri(URI first, Optional<String> page) {
        return first;
    }

    @Override
    public List<JsonPath> values() {
        return List.of();
    }

    @Override
    public Optional<String> next(PageAnswer answered) {
        return Optional.empty();
    }
}
