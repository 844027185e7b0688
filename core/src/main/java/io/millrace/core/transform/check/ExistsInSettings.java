package io.millrace.core.transform.check;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.lookup.CacheSettings;
import io.millrace.core.lookup.LookupRequest;
import io.millrace.core.lookup.LookupSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rule {@code exists_in} says below a column. */
record ExistsInSettings(
        @Setting(
                        value =
                                "The table that must hold the value: a source, which is read whole once per run, or a server that"
                                        + " is asked by key: redis, or keyed with a connector that can be asked so.",
                        example = "{files: {path: items.parquet, format: parquet}}")
                LookupSource from,
        @Setting(value = "The table's column; absent: the one of the same name.", example = "id") Optional<String> on,
        @Setting(
                        value = "Further columns of the key: ours, then the table's that it must be equal to.",
                        example = "{region: region}")
                Map<String, String> with,
        @Setting(
                        value = "Whether a row with a null in the key keeps the rule (pass) or breaks it (break).",
                        defaultValue = "pass")
                Nulls nulls,
        @Setting(
                        value =
                                "The most memory that a table read whole may take; absent: a quarter of the heap for all such tables"
                                        + " of the pipeline.",
                        example = "512MB")
                Optional<ByteSize> memory,
        @Setting(value = "Of a server asked by key: which answers are kept, and how long.", example = "{ttl: 1m}")
                Optional<CacheSettings> cache) {
    /** What a null in the key means. */
    enum Nulls {
        PASS,
        BREAK
    }

    ExistsInSettings {
        Set<String> theirs = new HashSet<>();
        with.values().forEach(name -> {
            if (!theirs.add(name) || on.filter(name::equals).isPresent()) {
                throw new InvalidSetting("with", "names their column '" + name + "' twice");
            }
        });
        from.refuseForeign(memory, cache);
    }

    /** Of a rule below this column. */
    LookupRequest request(String column) {
        List<String> keys = new ArrayList<>(List.of(on.orElse(column)));
        keys.addAll(with.values());
        return new LookupRequest(
                CheckFactory.NAME,
                from,
                keys,
                Optional.empty(),
                List.of(),
                true,
                memory,
                cache.orElse(CacheSettings.DEFAULT),
                Optional.empty());
    }
}
