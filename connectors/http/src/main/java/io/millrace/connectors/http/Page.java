package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.util.Optional;

/** Pages are counted; an empty one is behind the last. */
record Page(
        @Setting(value = "The parameter that takes the page's number.", defaultValue = "page") String param,
        @Setting(value = "The first page's number.", defaultValue = "1") int start,
        @Setting(
                        "Records of a full page, where the API never cuts one short before the last: saves asking for one more.")
                Optional<Integer> size)
        implements Pagination {
    Page {
        Pagination.requireParameter(param);
        Pagination.requireSize(size);
        if (start < 0) {
            throw new InvalidSetting("start", "must not be negative");
        }
    }

    @Override
    public Optional<String> parameter() {
        return Optional.of(param);
    }
}
