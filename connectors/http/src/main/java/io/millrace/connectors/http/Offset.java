package io.millrace.connectors.http;

import io.millrace.api.Setting;
import java.util.Optional;

/** Records are counted; an empty page is behind the last. */
record Offset(
        @Setting(value = "The parameter that takes the number of records before the page.", defaultValue = "offset")
                String param,
        @Setting(
                        "Records of a full page, where the API never cuts one short before the last: saves asking for one more.")
                Optional<Integer> size)
        implements Pagination {
    Offset {
        Pagination.requireParameter(param);
        Pagination.requireSize(size);
    }

    @Override
    public Optional<String> parameter() {
        return Optional.of(param);
    }
}
