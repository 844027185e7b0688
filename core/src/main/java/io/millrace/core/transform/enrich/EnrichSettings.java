package io.millrace.core.transform.enrich;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.core.lookup.CacheSettings;
import io.millrace.core.lookup.LookupRequest;
import io.millrace.core.lookup.LookupSource;
import io.millrace.core.lookup.Validity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code enrich} adds to which rows. Maps keep the order of the file. */
public record EnrichSettings(
        @Setting(
                        value =
                                "The table to look up in: a source, which is read whole once per run, or a server that is asked by"
                                        + " key: redis, or keyed with a connector that can be asked so.",
                        example = "{files: {path: items.parquet, format: parquet}}")
                LookupSource from,
        @Setting(
                        value = "The key: our column, then the column of the table it must be equal to.",
                        example = "{item_id: id}")
                Map<String, String> on,
        @Setting(
                        value =
                                "The columns to add: the new name, then the table's column; absent: all that are neither key nor"
                                        + " validity, under their own names.",
                        example = "{item_title: title, price: price}")
                Map<String, String> add,
        @Setting(value = "What happens to a row whose key is not in the table.", defaultValue = "set_null")
                Missing missing,
        @Setting(
                        value =
                                "Where the table holds versions of each key: takes the one that was valid at an event's time.",
                        example = "{time: ts, valid_from: updated_at}")
                Optional<AsOf> asOf,
        @Setting(
                        value =
                                "The most memory that a table read whole may take; absent: a quarter of the heap for all such tables"
                                        + " of the pipeline.",
                        example = "512MB")
                Optional<ByteSize> memory,
        @Setting(value = "Of a server asked by key: which answers are kept, and how long.", example = "{ttl: 1m}")
                Optional<CacheSettings> cache) {
    public EnrichSettings {
        if (on.isEmpty()) {
            throw new InvalidSetting("on", "is missing; write {our_column: their_column}");
        }
        Set<String> theirs = new HashSet<>();
        for (String key : on.values()) {
            if (!theirs.add(key)) {
                throw new InvalidSetting("on", "names their column '" + key + "' twice");
            }
        }
        if (missing instanceof Missing.Default defaults && !add.isEmpty()) {
            for (String name : defaults.values().keySet()) {
                if (!add.containsKey(name)) {
                    throw new InvalidSetting(
                            "missing", "has a default for '" + name + "', which is not among the new names under add");
                }
            }
        }
        if (from instanceof LookupSource.ByKey && asOf.isPresent()) {
            throw new InvalidSetting(
                    "as_of",
                    "needs all versions of a key, and a server asked by key answers one; read the table whole");
        }
        from.refuseForeign(memory, cache);
    }

    LookupRequest request(String step) {
        List<String> wanted = new ArrayList<>(new LinkedHashSet<>(add.values()));
        return new LookupRequest(
                step,
                from,
                List.copyOf(on.values()),
                asOf.map(known -> new Validity(known.validFrom(), known.validTo(), known.tolerance())),
                wanted,
                false,
                memory,
                cache.orElse(CacheSettings.DEFAULT),
                Optional.empty());
    }
}
