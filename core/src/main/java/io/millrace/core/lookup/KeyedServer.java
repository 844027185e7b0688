package io.millrace.core.lookup;

import io.millrace.api.Lookup;
import java.util.List;
import java.util.Locale;

/** A server that is asked by key while the run goes on. Thread-safe. */
final class KeyedServer implements PreparedSource {
    private final LookupRequest request;
    private final LookupSource.ByKey source;
    private final AnswerCache cache;
    private final LookupCounter counter = new LookupCounter();
    private KeyedSchema schema;

    KeyedServer(LookupRequest request, LookupSource.ByKey source) {
        this.request = request;
        this.source = source;
        this.cache = new AnswerCache(request.cache(), System::nanoTime);
    }

    @Override
    public PreparedLookup open() {
        return new CachedLookup(this::connect, schema(), cache, counter);
    }

    private Lookup connect() {
        return source.open(request.requireContext());
    }

    private synchronized KeyedSchema schema() {
        if (schema == null) {
            try (Lookup lookup = connect()) {
                schema = KeyedSchema.of(request, lookup.schema());
            }
        }
        return schema;
    }

    @Override
    public LookupCounter counter() {
        return counter;
    }

    @Override
    public List<String> warnings() {
        return counter.missed() == 0 || request.existenceOnly()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "step '%s': %,d of %,d rows found nothing in %s",
                        request.name(),
                        counter.missed(),
                        counter.asked(),
                        schema().description()));
    }
}
